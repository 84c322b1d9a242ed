"""Copy files into the image that is being built, as the COPY and ADD of a Dockerfile do."""

from __future__ import annotations

import errno
import fnmatch
import os
import posixpath
import shutil
import stat
import tarfile

from .channel import Answer, Message

MOST_MEMBERS = 200_000


def copy(message: Message, _: list[int]) -> Answer:
    """Copy what a context has at some paths, or under patterns, to a place; archives get some room only."""
    room = message["room"]
    top, target, mode = message["context"], message["destination"], message["mode"]
    sources = [path for source in message["sources"] for path in _matches(top, source)]
    into = target.endswith("/") or len(sources) > 1 or os.path.isdir(target)
    for source in sources:
        if os.path.isdir(source):
            _copy_folder(source, target, mode)
            continue
        place = os.path.join(target, os.path.basename(source)) if into else target
        os.makedirs(os.path.dirname(place), exist_ok=True)
        if message["unpack"] and tarfile.is_tarfile(source):
            room -= _unpack(source, target, room)
        else:
            _copy_file(source, place, mode)
    return {"copied": len(sources), "room": room}, ()


def _matches(top: str, source: str) -> list[str]:
    """Return what a context has at a path, each part of which may be a pattern."""
    found = [top]
    for part in posixpath.normpath(f"/{source}").strip("/").split("/"):
        found = [path for folder in found for path in _named(folder, part)] if part else found
    if not found:
        raise FileNotFoundError(errno.ENOENT, "the build context doesn't have it", source)
    for path in found:
        _check(top, path)
    return found


def _named(folder: str, part: str) -> list[str]:
    if not os.path.isdir(folder):
        return []
    if not any(char in part for char in "*?["):
        path = os.path.join(folder, part)
        return [path] if os.path.lexists(path) else []
    pattern = part.replace("[^", "[!")
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if _fits(name, pattern)]


def _fits(name: str, pattern: str) -> bool:
    return fnmatch.fnmatchcase(name, pattern)


def _check(top: str, path: str) -> None:
    """Refuse a link that leads out of the context."""
    real, inside = os.path.realpath(path), os.path.realpath(top)
    if real != inside and not real.startswith(inside + "/"):
        raise OSError(errno.EINVAL, "it leads out of the build context", path[len(top) + 1 :])


def _copy_folder(source: str, target: str, mode: int | None) -> None:
    os.makedirs(target, exist_ok=True)
    with os.scandir(source) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            place = os.path.join(target, entry.name)
            if entry.is_symlink():
                _make_room(place)
                os.symlink(os.readlink(entry.path), place)
            elif entry.is_dir():
                _copy_folder(entry.path, place, mode)
            else:
                _copy_file(entry.path, place, mode)
    os.chmod(target, mode if mode is not None else stat.S_IMODE(os.stat(source).st_mode))


def _copy_file(source: str, place: str, mode: int | None) -> None:
    _make_room(place)
    shutil.copy(source, place)
    if mode is not None:
        os.chmod(place, mode)


def _make_room(place: str) -> None:
    """Remove what a file or link replaces; a folder stays, and is an error then."""
    if os.path.lexists(place) and not (os.path.isdir(place) and not os.path.islink(place)):
        os.unlink(place)


def _unpack(source: str, target: str, room: int) -> int:
    """Unpack an archive, and return how many bytes it has: a small one may become a large one."""
    os.makedirs(target, exist_ok=True)
    used = 0
    with tarfile.open(source) as archive:
        for number, member in enumerate(archive):
            used += member.size
            if used > room or number >= MOST_MEMBERS:
                name = os.path.basename(source)
                raise OSError(errno.EFBIG, "the archive has too much in it; leave files out", name)
            member.uid, member.gid, member.uname, member.gname = os.getuid(), os.getgid(), "", ""
            archive.extract(member, target)
    return used


OPERATIONS = {"copy": copy}
