"""Contexts: the files that Dockerfiles copy, sent beforehand, one tar for each content."""

from __future__ import annotations

import asyncio
import contextlib
import os
import posixpath
import re
import shutil
import tarfile
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from daytona_local.bounded_tar import BoundedMember
from daytona_local.build_words import BuildFailedError
from daytona_local.errors import InvalidError
from daytona_local.settings import Settings

KEPT_S = 7 * 24 * 3600
"""How long a context is kept that nobody asks for: clients look whether one is there before they build."""

MOST_MEMBERS = 200_000
DEEPEST = 200
"""How many folders a member may lie in: those who walk through them go as deep."""
MOST_SHARED_HEADERS = 100
PIECE_BYTES = 1024 * 1024
_HASH = re.compile(r"[0-9a-f]{32,128}")


class Contexts:
    """Keep contexts.

    Args:
        settings: The server's.
    """

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.data_dir / "contexts"
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._largest = settings.largest_context_bytes

    def tidy(self) -> None:
        """Remove what is left of broken uploads, and contexts that nobody has asked for lately."""
        for file in self._folder.iterdir():
            if file.is_dir():
                shutil.rmtree(file)
            elif file.name.startswith(".") or time.time() - file.stat().st_mtime > KEPT_S:
                file.unlink()

    def file(self, digest: str) -> Path | None:
        """Return the file of a context, None where there is none; it is kept from now on anew."""
        file = self._place(digest)
        if file is None or not file.exists():
            return None
        os.utime(file)
        return file

    @contextlib.contextmanager
    def coming(self, digest: str) -> Iterator[BinaryIO]:
        """Give a file for a context that comes in; it is kept if all goes well, and gone if not.

        Raises:
            InvalidError: That can't be a context's hash.
        """
        place = self._new_place(digest)
        fd, name = tempfile.mkstemp(dir=self._folder, prefix=".")
        try:
            with os.fdopen(fd, "wb") as file:
                yield file
            os.replace(name, place)
        except BaseException:
            os.unlink(name)
            raise

    def folder_for_parts(self, digest: str) -> Path:
        """Return a new folder for the parts that a context comes in; raises as ``coming``."""
        self._new_place(digest)
        return Path(tempfile.mkdtemp(dir=self._folder, prefix=".parts-"))

    def admit(self, size: int) -> None:
        """Refuse contexts of more bytes than may be.

        Raises:
            InvalidError: It has more.
        """
        if size > self._largest:
            raise InvalidError(
                f"a context has at most {self._largest} bytes here; leave files out", "EntityTooLarge"
            )

    async def unpack(self, digests: Sequence[str], folder: Path) -> None:
        """Unpack contexts into one new folder.

        Raises:
            BuildFailedError: One is missing, or has in it what can't be.
        """
        files = [self._sent(digest) for digest in digests]
        os.mkdir(folder, 0o700)
        room = self._largest
        for file in files:
            room -= await asyncio.to_thread(unpack, file, folder, room)

    def clear(self) -> None:
        """Remove every context that has come whole."""
        for file in self._folder.glob("*.tar"):
            file.unlink()

    def _sent(self, digest: str) -> Path:
        file = self.file(digest)
        if file is None:
            raise BuildFailedError(f"the context {digest} was not uploaded; upload it and build again")
        return file

    def _new_place(self, digest: str) -> Path:
        place = self._place(digest)
        if place is None:
            raise InvalidError(f"{digest!r} is no hash")
        return place

    def _place(self, digest: str) -> Path | None:
        return self._folder / f"{digest}.tar" if _HASH.fullmatch(digest) else None


def unpack(packed: Path, folder: Path, room: int) -> int:
    """Unpack a tar of someone else's; return how many bytes its files have.

    Links are laid last, so that no file is ever written through one, and only where they lead to what is
    unpacked too.

    Args:
        packed: The tar.
        folder: Where to; nobody else has it.
        room: How many bytes are too many.

    Raises:
        BuildFailedError: It isn't a tar, has too much in it, or what leads out.
    """
    try:
        with tarfile.open(packed, "r:", tarinfo=BoundedMember) as archive:
            return _unpack(archive, folder.resolve(), room)
    except RecursionError as error:
        raise BuildFailedError("the context has too many headers in a row; pack it anew") from error
    except OSError as error:  # its path would be one of this machine
        raise BuildFailedError(f"the context can't be unpacked: {error.strerror or error}") from error
    except (tarfile.TarError, UnicodeError, ValueError) as error:
        raise BuildFailedError(f"the context can't be unpacked: {error}") from error


def _unpack(archive: tarfile.TarFile, folder: Path, room: int) -> int:
    links: list[tuple[str, str]] = []
    used = 0
    for number, member in enumerate(archive):
        name = _inside(member.name)
        used += member.size if member.isreg() else 0
        archive.members.clear()  # type: ignore[attr-defined]  # it would keep them all
        if number >= MOST_MEMBERS or used > room or len(archive.pax_headers) > MOST_SHARED_HEADERS:
            raise BuildFailedError("the context has too much in it; leave files out")
        if member.issym():
            links.append((name, _target(name, member.linkname)))
        else:
            _lay(archive, member, folder / name)
    for name, target in links:
        _link(folder / name, target)
    return used


def _lay(archive: tarfile.TarFile, member: tarfile.TarInfo, place: Path) -> None:
    if member.isdir():
        place.mkdir(parents=True, exist_ok=True)
        return
    is_plain = member.isreg() and not member.issparse() and member.size >= 0
    content = archive.extractfile(member) if is_plain else None
    if content is None:
        raise BuildFailedError(f"{member.name} in the context is no file, folder or link; leave it out")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    with content, place.open("xb") as file:
        shutil.copyfileobj(content, file, PIECE_BYTES)
    place.chmod(0o755 if member.mode & 0o100 else 0o644)


def _link(place: Path, target: str) -> None:
    if place.parent.resolve() != place.parent:
        raise BuildFailedError(f"{place.name!r} in the context lies behind a link; leave one of them out")
    place.parent.mkdir(parents=True, exist_ok=True)
    if not os.path.lexists(place):
        place.symlink_to(target)


def _inside(name: str) -> str:
    """Return the relative path of a member; what leads out is refused."""
    path = posixpath.normpath(name)
    if posixpath.isabs(path) or path == ".." or path.startswith("../") or "\0" in path:
        raise BuildFailedError(f"{name!r} in the context leads out of it; leave it out")
    if path.count("/") > DEEPEST:
        raise BuildFailedError(f"{name[:50]!r}... in the context lies too deep; leave it out")
    return path


def _target(name: str, target: str) -> str:
    if posixpath.isabs(target):
        raise BuildFailedError(f"the link {name!r} in the context leads out of it; copy what it points to")
    _inside(posixpath.join(posixpath.dirname(name), target))
    return target
