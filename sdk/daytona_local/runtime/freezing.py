"""Stop the processes of a sandbox where they stand, and let them go on: their memory stays as it is."""

from __future__ import annotations

import contextlib
import os
import signal

from daytona_local.runtime.agent_program.processes import descendants

MOST_ROUNDS = 100


def freeze(root: int) -> list[int]:
    """Stop a process with all that it has started; return those that were not stopped already.

    Parents come first, so that none sees its children stop.
    """
    seen, stopped = set[int](), list[int]()
    for _round in range(MOST_ROUNDS):  # what is about to stop may have started more meanwhile
        news = sorted(descendants(root) - seen)
        for pid in news:
            if not _is_stopped(pid):
                _signal(pid, signal.SIGSTOP)
                stopped.append(pid)
        seen |= set(news)
        if not news:
            break
    return stopped


def thaw(stopped: list[int]) -> None:
    """Let processes go on; children first."""
    for pid in reversed(stopped):
        _signal(pid, signal.SIGCONT)


def _is_stopped(pid: int) -> bool:
    with contextlib.suppress(OSError), open(f"/proc/{pid}/stat", "rb") as file:
        return file.read().rpartition(b")")[2].split()[0] == b"T"
    return False


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
