"""The local files and folders that an image copies, and the names under which they are sent."""

from __future__ import annotations

import glob
import hashlib
import ntpath
import os
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from daytona_httpx.dockerfile import copied
from daytona_httpx.errors import DaytonaNotFoundError, DaytonaValidationError


@dataclass(frozen=True)
class ImageContext:
    """Hold what is sent for an image.

    Attributes:
        source_path: The local file or folder.
        archive_path: Its name in the archive, which the Dockerfile copies from.
    """

    source_path: str
    archive_path: str


def archive_path_of(path: str | os.PathLike[str]) -> str:
    """Return the name of a local file or folder in an archive: a short hash of its place, and its own name.

    It doesn't tell where it lies on this machine, and is the same wherever the working directory is laid
    out alike. What Docker would take for a pattern is no part of it.
    """
    absolute = os.path.abspath(path)
    try:
        place = os.path.relpath(absolute)
    except ValueError:  # it is on another drive than the working directory
        place = absolute
    digest = hashlib.sha256(Path(place).as_posix().encode(errors="surrogateescape")).hexdigest()[:12]
    name = re.sub(r"[^\w.-]", "_", os.path.basename(absolute), flags=re.ASCII)
    return f"{digest}/{name or 'root'}"


def context_of(path: str | os.PathLike[str]) -> ImageContext:
    """Return the context of a local file or folder that is sent by itself."""
    return ImageContext(os.path.abspath(path), archive_path_of(path))


def copied_contexts(lines: Iterable[str], folder: Path, strict: bool) -> Iterator[ImageContext]:
    """Yield the contexts of what the lines of a Dockerfile copy from a folder.

    As for Docker, all lies in the folder: a leading ``/`` means its top.

    Args:
        lines: The lines.
        folder: The folder.
        strict: Whether a source must not look like the path of another place at all.

    Raises:
        DaytonaNotFoundError: The folder doesn't have it.
        DaytonaValidationError: It lies outside, or leads outside through a link.
    """
    for source in copied(lines):
        pattern = _inside(source, strict)
        found = sorted(glob.glob(pattern, root_dir=folder, include_hidden=True))
        if not found:
            raise DaytonaNotFoundError(
                f"COPY source {source} does not exist in {folder}; add_local_file and add_local_dir take "
                "what lies elsewhere"
            )
        for name in found:
            if not Path(os.path.realpath(folder / name)).is_relative_to(os.path.realpath(folder)):
                raise _forbidden(name)
            yield ImageContext(os.path.abspath(folder / name), Path(name).as_posix())


def existing(path: str | os.PathLike[str], kind: str) -> Path:
    """Return a local path without ``~``; it must be there.

    Args:
        path: The path.
        kind: What it is, for the message.

    Raises:
        DaytonaNotFoundError: There is nothing.
    """
    found = Path(path).expanduser()
    if not found.exists():
        raise DaytonaNotFoundError(f"{kind} {found} does not exist")
    return found


def existing_file(path: str | os.PathLike[str], kind: str) -> Path:
    """Return the path of a local file; raises as ``existing``, DaytonaValidationError for what is none."""
    found = existing(path, kind)
    if not found.is_file():
        raise DaytonaValidationError(f"{kind} {found} exists but is not a file")
    return found


def existing_folder(path: str | os.PathLike[str], kind: str) -> Path:
    """Return the path of a local folder; raises as ``existing``, DaytonaValidationError for what is none."""
    found = existing(path, kind)
    if not found.is_dir():
        raise DaytonaValidationError(f"{kind} {found} exists but is not a directory")
    return found


def _inside(source: str, strict: bool) -> str:
    """Return a source relative to the folder; judged by how it is written, before anything is read."""
    slashed = source.replace("\\", "/")
    is_elsewhere = posixpath.isabs(slashed) or bool(ntpath.splitdrive(source)[0])
    relative = posixpath.normpath(slashed.lstrip("/") or ".")
    if relative == ".." or relative.startswith("../") or (strict and is_elsewhere):
        raise _forbidden(source)
    return relative


def _forbidden(source: str) -> DaytonaValidationError:
    return DaytonaValidationError(f"forbidden path outside the build context: {source}")
