"""Describe, make, move and remove files, and open them for the server."""

from __future__ import annotations

import errno
import grp
import os
import pwd
import shutil
import stat
import subprocess
import time
from typing import Any

from .channel import Answer, Message, shown

MOST_ENTRIES = 100_000


def open_file(message: Message, _: list[int]) -> Answer:
    """Open a regular file; a pipe or a device is refused, and can't block."""
    fd = os.open(message["path"], message["flags"] | os.O_NONBLOCK | os.O_NOCTTY, message["mode"])
    found = os.fstat(fd)
    if not stat.S_ISREG(found.st_mode):
        os.close(fd)
        code = errno.EISDIR if stat.S_ISDIR(found.st_mode) else errno.EINVAL
        raise OSError(code, os.strerror(code), message["path"])
    return {"size": found.st_size}, (fd,)


def pipe(message: Message, _: list[int]) -> Answer:
    """Make a named pipe; the server gets one end."""
    os.mkfifo(message["path"], 0o600)
    return {}, (os.open(message["path"], message["flags"] | os.O_NONBLOCK),)


def describe(message: Message, _: list[int]) -> Answer:
    """Describe a file."""
    os.stat(message["path"])
    return {"info": _info(message["path"])}, ()


def list_folder(message: Message, _: list[int]) -> Answer:
    """Describe what is in a folder, down to a depth; a folder's content comes right after it."""
    found: list[Message] = []
    waiting = [(path, 1) for path in _entries(message["path"])]
    while waiting:
        path, depth = waiting.pop()
        try:
            info = _info(path)
        except OSError:
            continue  # it has just gone
        if len(found) >= MOST_ENTRIES:
            raise ValueError(f"there are more than {MOST_ENTRIES} files; list a smaller folder")
        found.append(info)
        if depth < message["depth"] and info["isDir"] and not os.path.islink(path):
            waiting += [(inner, depth + 1) for inner in _readable_entries(path)]
    return {"files": found}, ()


def mkdir(message: Message, _: list[int]) -> Answer:
    """Make a folder and its parents."""
    path, mode = message["path"], message["mode"]
    existed = os.path.isdir(path)
    os.makedirs(path, exist_ok=True)
    if mode is not None and not existed:
        os.chmod(path, mode)
    return {}, ()


def remove(message: Message, _: list[int]) -> Answer:
    """Remove a file, or a folder with all that is in it; of a link only the link."""
    path = message["path"]
    if not stat.S_ISDIR(os.lstat(path).st_mode):
        os.unlink(path)
    elif not message["recursive"]:
        raise OSError(errno.EISDIR, "it is a folder; ask for recursive", path)
    else:
        _remove_tree(path)
    return {}, ()


def move(message: Message, _: list[int]) -> Answer:
    """Move a file or folder to a place where nothing is yet, in a folder that exists."""
    source, destination = message["source"], message["destination"].rstrip("/")
    os.lstat(source)
    if os.path.lexists(destination or "/"):
        raise OSError(errno.EEXIST, "the destination exists", destination)
    if not os.path.isdir(os.path.dirname(destination) or "."):
        raise OSError(errno.ENOENT, "there is no such folder to move it to", destination)
    shutil.move(source, destination)
    return {}, ()


def permissions(message: Message, _: list[int]) -> Answer:
    """Set mode, owner and group of a file."""
    path, mode = message["path"], message["mode"]
    os.stat(path)
    if message["owner"] or message["group"]:
        _change_owner(path, message["owner"], message["group"])
    if mode is not None:  # last: a change of the owner takes some bits of the mode away
        os.chmod(path, mode)
    return {}, ()


def _info(path: str) -> Message:
    found = os.stat(path) if os.path.exists(path) else os.lstat(path)
    modified = time.gmtime(found.st_mtime)
    fraction = f"{found.st_mtime_ns % 10**9:09d}"
    return {
        "name": shown(os.path.basename(path.rstrip("/"))) or "/",
        "path": shown(os.path.abspath(path)),
        "isDir": stat.S_ISDIR(found.st_mode),
        "size": found.st_size,
        "mode": stat.filemode(found.st_mode),
        "permissions": f"{stat.S_IMODE(found.st_mode):04o}",
        "owner": _name(lambda: pwd.getpwuid(found.st_uid).pw_name, found.st_uid),
        "group": _name(lambda: grp.getgrgid(found.st_gid).gr_name, found.st_gid),
        "modTime": f"{time.strftime('%Y-%m-%d %H:%M:%S', modified)}.{fraction} +0000 UTC",
        "modifiedAt": f"{time.strftime('%Y-%m-%dT%H:%M:%S', modified)}.{fraction}Z",
    }


def _name(look_up: Any, number: int) -> str:
    try:
        return str(look_up())
    except KeyError:
        return str(number)


def _change_owner(path: str, owner: str | None, group: str | None) -> None:
    try:
        shutil.chown(path, _number(owner), _number(group))  # type: ignore[arg-type]
    except OSError as error:
        if error.errno == errno.EINVAL:  # a user that the sandbox's namespace doesn't have
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), path) from error
        raise


def _number(name: str | None) -> str | int | None:
    return int(name) if name and name.isdigit() else name or None


def _entries(folder: str) -> list[str]:
    """Return what is in a folder, the last first."""
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder), reverse=True)]


def _readable_entries(folder: str) -> list[str]:
    try:
        return _entries(folder)
    except OSError:
        return []  # it may not be read, or its path is too long: it is listed, its content isn't


def _remove_tree(path: str) -> None:
    try:
        shutil.rmtree(path)
    except RecursionError:  # deeper than Python goes
        done = subprocess.run(["rm", "-rf", "--", path], capture_output=True, text=True, check=False)  # noqa: S603, S607
        if done.returncode != 0:
            raise OSError(errno.EIO, done.stderr.strip(), path) from None


OPERATIONS = {
    "open": open_file,
    "pipe": pipe,
    "stat": describe,
    "list": list_folder,
    "mkdir": mkdir,
    "remove": remove,
    "move": move,
    "permissions": permissions,
}
