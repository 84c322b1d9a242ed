"""What a machine can run out of, how that is recognised, and what its owner can do about it."""

from __future__ import annotations

import errno
import os

_ROOM = "make room on the disk, then try again"
_FILES = "close what isn't needed, or raise the limit of open files (ulimit -n)"
_PROCESSES = "end what isn't needed, or raise the limit of processes (ulimit -u)"

_ADVICE = {
    os.strerror(errno.ENOSPC): _ROOM,
    os.strerror(errno.EDQUOT): _ROOM,
    os.strerror(errno.EMFILE): _FILES,
    os.strerror(errno.ENFILE): _FILES,
    os.strerror(errno.EAGAIN): _PROCESSES,
    "can't start new thread": _PROCESSES,
    os.strerror(errno.ENOMEM): "end what isn't needed, or add memory",
}


def shortage(error: Exception) -> str | None:
    """Return what the machine lacks and what to do, in one line; None where an error has another reason.

    The words decide, since the system's reach us in several ways: as an error of our own process, as the last
    words of a program that we ran, and as a thread that could not begin.

    Args:
        error: What happened.
    """
    said = str(error)
    return next((f"{words}; {advice}" for words, advice in _ADVICE.items() if words in said), None)
