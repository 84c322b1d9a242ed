"""Pack a local file or folder into a tar, piece by piece: the same bytes for the same names and contents.

Times, owners and the order on the disk are no part of it, so its hash tells whether a store has it.
"""

from __future__ import annotations

import os
import stat
import tarfile
from collections.abc import Iterator

from daytona_httpx.errors import DaytonaError, DaytonaFileNotFoundError, DaytonaValidationError
from daytona_httpx.image_context import ImageContext
from daytona_httpx.transfers import opened

PIECE = 256 * 1024
"""How many bytes are held in memory at once, and given out in one piece."""


def tar_of(context: ImageContext) -> Iterator[bytes]:
    """Yield the tar of a context.

    Raises:
        DaytonaFileNotFoundError: A file is not there, or can't be read.
        DaytonaValidationError: A link leads outside, or something is neither file nor folder.
        DaytonaError: A file changed meanwhile.
    """
    waiting = bytearray()
    for block in _blocks(context):
        waiting += block
        if len(waiting) >= PIECE:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting)


def _blocks(context: ImageContext) -> Iterator[bytes]:
    root = os.path.realpath(context.source_path)
    name = "" if context.archive_path == "." else context.archive_path
    for path, info in _members(root, name, root):
        yield info.tobuf(tarfile.PAX_FORMAT)
        if info.isreg():
            yield from _content(path, info.size)
            yield bytes(-info.size % tarfile.BLOCKSIZE)
    yield bytes(2 * tarfile.BLOCKSIZE)


def _members(path: str, name: str, root: str) -> Iterator[tuple[str, tarfile.TarInfo]]:
    """Yield what is at a path and below it, each under its name in the archive."""
    info = _info(path, name, root)
    if name:
        yield path, info
    if info.isdir():
        for entry in sorted(_listed(path)):
            yield from _members(os.path.join(path, entry), f"{name}/{entry}" if name else entry, root)


def _info(path: str, name: str, root: str) -> tarfile.TarInfo:
    status = _status(path)
    info = tarfile.TarInfo(name)
    if stat.S_ISLNK(status.st_mode):
        info.type, info.linkname, info.mode = tarfile.SYMTYPE, _target(path, root), 0o777
    elif stat.S_ISDIR(status.st_mode):
        info.type, info.mode = tarfile.DIRTYPE, 0o755
    elif stat.S_ISREG(status.st_mode):
        info.size, info.mode = status.st_size, 0o755 if status.st_mode & stat.S_IXUSR else 0o644
    else:
        raise DaytonaValidationError(f"{path} is neither a file nor a folder; leave it out of what is copied")
    return info


def _target(link: str, root: str) -> str:
    """Return what a link points to, from where it is: an absolute path would mean nothing in the image."""
    target = os.path.realpath(link)
    if target != root and not target.startswith(root.rstrip(os.sep) + os.sep):
        raise DaytonaValidationError(
            f"link {link} leads outside of what is copied, to {target}; copy what it points to"
        )
    return os.path.relpath(target, os.path.dirname(link)).replace(os.sep, "/")


def _content(path: str, size: int) -> Iterator[bytes]:
    left = size
    with opened(path) as file:
        while left:
            piece = file.read(min(left, PIECE))
            if not piece:
                raise DaytonaError(f"local file {path} became shorter while it was read; try again")
            left -= len(piece)
            yield piece


def _status(path: str) -> os.stat_result:
    try:
        return os.lstat(path)
    except OSError as error:
        raise DaytonaFileNotFoundError(f"local file {path}: {error.strerror}") from error


def _listed(path: str) -> list[str]:
    try:
        return os.listdir(path)
    except OSError as error:
        raise DaytonaFileNotFoundError(f"local folder {path}: {error.strerror}") from error
