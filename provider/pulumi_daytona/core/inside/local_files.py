"""Files of this machine that go into a sandbox, in the forms that Pulumi's assets and archives take.

A file is ``{"path": ...}`` or ``{"text": ...}``. A folder is ``{"archive": ...}``, the path of a folder, a
tar or a zip file, or ``{"assets": {name: file or folder}}``. Each front end writes the engine's kinds so.
"""

from __future__ import annotations

import fnmatch
import hashlib
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from daytona_httpx import DaytonaValidationError

from pulumi_daytona.core.inside.paths import inner_path

PLAIN, PROGRAM = "644", "755"
_OWNER_RUNS = 0o100
_BROKEN = (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError)

Found = TypeVar("Found")


@dataclass(frozen=True)
class LocalFile:
    """Hold a file that is about to be uploaded.

    Args:
        content: Its bytes, or where it is.
        mode: The mode that it gets in a sandbox.
    """

    content: bytes | Path
    mode: str = PLAIN

    @property
    def sha256(self) -> str:
        """Return the hash of the content, in hexadecimal digits."""
        if isinstance(self.content, bytes):
            return hashlib.sha256(self.content).hexdigest()
        with self.content.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def file_of(source: Mapping[str, Any]) -> LocalFile:
    """Return the file that a source names.

    Raises:
        ValueError: It names none that can be read.
    """
    if isinstance(text := source.get("text"), str):
        return LocalFile(text.encode())
    path = _path_of(source, "path", "a file's path, a FileAsset or a StringAsset")
    if not path.is_file():
        kind = "a folder: use SandboxFolder" if path.is_dir() else "not there; a text belongs into content"
        raise ValueError(f"the local file {str(path)!r} is {kind}")
    if not os.access(path, os.R_OK):
        raise ValueError(f"the local file {str(path)!r} can't be read; give it other permissions")
    return LocalFile(path)


def tree_of(source: Mapping[str, Any], exclude: Sequence[str] = ()) -> dict[str, LocalFile]:
    """Return the files that a source names, by their path below the folder, in order.

    Args:
        source: The source.
        exclude: Patterns of names, such as ``*.pyc``, or of paths, such as ``docs/*.md``, to leave out.

    Raises:
        ValueError: It has something else than files and folders, or a path that leaves the folder.
    """
    found: dict[str, LocalFile] = {}
    for name, file in _entries(source, exclude):
        path = inner_path(name)
        if not _is_excluded(path, exclude):
            found[path] = file
    return dict(sorted(found.items()))


def as_checked(read: Callable[[Mapping[str, Any]], Found], source: Mapping[str, Any]) -> Found:
    """Read a source that was checked before; it may have changed in the meantime.

    Raises:
        DaytonaValidationError: It is no longer what it was.
    """
    try:
        return read(source)
    except (ValueError, OSError) as error:
        raise DaytonaValidationError(f"{error}; it was there before: run pulumi up again") from None


def same_as_checked(file: LocalFile, sha256: str, name: str) -> None:
    """Refuse a file that has another content than when it was checked.

    Raises:
        DaytonaValidationError: It has.
    """
    if file.sha256 != sha256:
        raise DaytonaValidationError(f"the local file {name!r} was changed meanwhile; run pulumi up again")


def _entries(source: Mapping[str, Any], exclude: Sequence[str]) -> Iterator[tuple[str, LocalFile]]:
    if isinstance(assets := source.get("assets"), Mapping):
        for name, inner in assets.items():
            yield from _asset(name, inner, exclude)
        return
    path = _path_of(source, "archive", "a folder's path, a FileArchive or an AssetArchive")
    if path.is_dir():
        yield from _walk(path, "", exclude)
    elif path.is_file():
        yield from _packed(path)
    else:
        raise ValueError(f"the local folder {str(path)!r} is not there")


def _asset(name: str, inner: object, exclude: Sequence[str]) -> Iterator[tuple[str, LocalFile]]:
    if not isinstance(inner, Mapping):
        raise ValueError(f"{name!r} of the archive must be an asset or an archive")
    if "assets" in inner or "archive" in inner:
        for below, file in _entries(inner, exclude):
            yield f"{name}/{below}", file
    else:
        yield name, file_of(inner)


def _walk(folder: Path, prefix: str, exclude: Sequence[str]) -> Iterator[tuple[str, LocalFile]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise ValueError(f"the local folder {str(folder)!r} can't be read: {error.strerror}") from None
    for entry in entries:
        name = f"{prefix}{entry.name}"
        if _is_excluded(name, exclude):
            continue
        if entry.is_symlink():
            raise ValueError(
                f"{name!r} is a symbolic link; put what it points to in its place, or exclude it"
            )
        if entry.is_dir():
            yield from _walk(Path(entry.path), f"{name}/", exclude)
        elif entry.is_file():
            yield name, LocalFile(Path(entry.path), _mode_of(entry.stat().st_mode))
        else:
            raise ValueError(f"{name!r} is no regular file; exclude it")


def _packed(path: Path) -> Iterator[tuple[str, LocalFile]]:
    try:
        if zipfile.is_zipfile(path):
            yield from _zip(path)
        elif tarfile.is_tarfile(path):
            yield from _tar(path)
        else:
            raise ValueError(f"{str(path)!r} is neither a folder nor a tar or zip file")
    except _BROKEN as error:
        raise ValueError(f"{str(path)!r} can't be unpacked: {error}") from None


def _tar(path: Path) -> Iterator[tuple[str, LocalFile]]:
    with tarfile.open(path) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isreg() else None
            if content is not None:
                yield member.name, LocalFile(content.read(), _mode_of(member.mode))
            elif not member.isdir():
                raise ValueError(f"{member.name!r} in {str(path)!r} is no regular file; leave it out")


def _zip(path: Path) -> Iterator[tuple[str, LocalFile]]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            bits = member.external_attr >> 16
            if stat.S_ISLNK(bits):
                raise ValueError(f"{member.filename!r} in {str(path)!r} is no regular file; leave it out")
            if not member.is_dir():
                yield member.filename, LocalFile(archive.read(member), _mode_of(bits))


def _mode_of(bits: int) -> str:
    return PROGRAM if bits & _OWNER_RUNS else PLAIN


def _path_of(source: Mapping[str, Any], key: str, allowed: str) -> Path:
    if "uri" in source:
        raise ValueError("remote assets are not fetched; download it in the sandbox with a SandboxCommand")
    path = source.get(key)
    if not isinstance(path, str) or not path:
        raise ValueError(f"needs {allowed}")
    return Path(path)


def _is_excluded(path: str, exclude: Sequence[str]) -> bool:
    parts = PurePosixPath(path).parts
    steps = ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]
    return any(fnmatch.fnmatchcase(name, pattern) for name in (*parts, *steps) for pattern in exclude)
