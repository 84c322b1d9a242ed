"""Unpack a data folder that someone packed: nothing in it may lead out, or be what a server doesn't make."""

from __future__ import annotations

import os
import stat
import tarfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from daytona_local.bounded_tar import BoundedMember
from daytona_local.cli.output import CommandError, progress
from daytona_local.cli.saving import MANIFEST
from daytona_local.data_dir import DATABASE, KEY

FILES = (MANIFEST, DATABASE, KEY)
FOLDERS = {"ssh": None, "contexts": None, "sandboxes": 3, "snapshots": 3, "volumes": 2}
"""What a data folder has, and how deep the part of a folder is that only the server has changed."""

MODES = 0o1777
"""What is kept of a mode: no program in a sandbox can become another user, so none need try."""

_DAMAGED = (tarfile.TarError, EOFError, zlib.error, ValueError, OverflowError, RecursionError)


def unpack(file: Path, folder: Path) -> None:
    """Unpack a data folder into a new one; all that is in it belongs to this user then.

    Args:
        file: A tar, packed by gzip.
        folder: Where to; nobody else has it.

    Raises:
        CommandError: It is damaged, or has something in it that no data folder has.
        OSError: The file can't be read, or the disk is full, say.
    """
    size = file.stat().st_size
    with file.open("rb") as source, progress(f"Restoring {file}", size, is_bytes=True) as advance:
        try:
            with tarfile.open(fileobj=source, mode="r|gz", errorlevel=2, tarinfo=BoundedMember) as archive:
                # Each member is looked at when all before it are laid: no filter of tarfile's own is needed.
                archive.extraction_filter = lambda member, _: member
                members = _told(_admitted(archive, folder.resolve()), source, advance)
                archive.extractall(folder, members, numeric_owner=True)  # noqa: S202 - see above
        except _DAMAGED as error:
            raise CommandError(f"{file} is damaged, or no snapshot of a data folder: {error}") from error


def _told(
    members: Iterator[tarfile.TarInfo], source: IO[bytes], advance: Callable[[int], None]
) -> Iterator[tarfile.TarInfo]:
    """Tell how much of the file has been read, with each member."""
    before = 0
    for member in members:
        yield member
        advance(source.tell() - before)
        before = source.tell()


def _admitted(archive: tarfile.TarFile, folder: Path) -> Iterator[tarfile.TarInfo]:
    """Yield what may be laid, each as it may be; the rest is refused."""
    for member in archive:
        reason = _refusal(member, folder)
        if reason:
            raise CommandError(f"{member.name!r} in the snapshot {reason}; nothing was changed")
        parts = PurePosixPath(member.name).parts
        if len(parts) < (_depth(parts) or len(parts) + 1):
            member.mode = 0o700 if member.isdir() else 0o600
        member.mode &= MODES
        member.uid, member.gid, member.uname, member.gname = os.geteuid(), os.getegid(), "", ""
        yield member


def _refusal(member: tarfile.TarInfo, folder: Path) -> str | None:
    """Return why a member may not be laid, None if it may."""
    parts, place = PurePosixPath(member.name).parts, folder / member.name
    if member.name.startswith("/") or ".." in parts or not parts:
        return "leads out of the data folder"
    if parts[0] not in (FOLDERS if len(parts) > 1 or member.isdir() else FILES):
        return "is nothing that a data folder has"
    if member.uid or member.gid:
        return "belongs to another user"
    if place.parent.resolve() != place.parent:
        return "lies behind a link"
    if os.path.lexists(place) and not (member.isdir() and stat.S_ISDIR(place.lstat().st_mode)):
        return "comes twice"
    if member.isreg() or member.isdir():
        return None
    depth = _depth(parts)
    if depth is None or len(parts) <= depth or not (member.issym() or member.islnk() or member.isfifo()):
        return "is no file or folder"
    return _link_refusal(member, parts[:depth], folder) if member.islnk() else None


def _link_refusal(member: tarfile.TarInfo, tree: tuple[str, ...], folder: Path) -> str | None:
    """Return why a second name for a file may not be laid: the file is of another sandbox, or none."""
    target, place = PurePosixPath(member.linkname), folder / member.linkname
    if target.is_absolute() or ".." in target.parts or target.parts[: len(tree)] != tree:
        return "is a link to another sandbox's file"
    if place.parent.resolve() != place.parent or not os.path.lexists(place) or place.is_symlink():
        return "is a link to no file"
    return None


def _depth(parts: tuple[str, ...]) -> int | None:
    return FOLDERS.get(parts[0])
