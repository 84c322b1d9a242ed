"""Take a file in: into a file beside its destination, which then takes its place as a whole."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile

from .channel import Answer, Message

PREFIX = ".daytona-upload-"
MODE = 0o644


def begin(message: Message, _: list[int]) -> Answer:
    """Make the destination's parents, and a file beside it; the server gets its descriptor."""
    path = message["path"]
    if not os.path.basename(path):
        raise OSError(errno.EISDIR, "it names a folder; name a file", path)
    folder = os.path.dirname(os.path.realpath(path))
    try:
        os.makedirs(folder, exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path) from None
    if os.path.isdir(path):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    fd, temporary = tempfile.mkstemp(prefix=PREFIX, dir=folder)
    return {"temporary": temporary}, (fd,)


def finish(message: Message, _: list[int]) -> Answer:
    """Put the file in its place; the mode of what was there before stays."""
    temporary, destination = message["temporary"], os.path.realpath(message["path"])
    mode = MODE
    with contextlib.suppress(FileNotFoundError):
        found = os.stat(destination)
        mode = stat.S_IMODE(found.st_mode) if stat.S_ISREG(found.st_mode) else MODE
    os.chmod(temporary, mode)
    os.rename(temporary, destination)
    return {}, ()


def abandon(message: Message, _: list[int]) -> Answer:
    """Remove the file again."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(message["temporary"])
    return {}, ()


OPERATIONS = {"upload": begin, "uploaded": finish, "abandon": abandon}
