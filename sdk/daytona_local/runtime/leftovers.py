"""End what a killed server has left running.

The kernel ends its sandboxes with it, but for one that is caught in the midst of its start: bubblewrap's
inner process then waits for ever for the outer one. So all that is started bears a mark in its command line.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

END_S = 5.0


def owner_of(data_dir: Path) -> str:
    """Return what is told apart by whose data folder it is for."""
    return sha256(str(data_dir).encode()).hexdigest()[:16]


def mark_of(data_dir: Path) -> str:
    """Return the word that is in the command line of all that is started for a data folder."""
    return f"daytona-local={owner_of(data_dir)}"


def end(mark: str) -> None:
    """Kill every process that bears a mark, and wait until they have ended."""
    with contextlib.ExitStack() as held:
        found = list(_processes(mark.encode(), held))
        for process in found:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(process, signal.SIGKILL)
        for process in found:
            ending = select.poll()
            ending.register(process, select.POLLIN)
            ending.poll(END_S * 1000)


def _processes(mark: bytes, held: contextlib.ExitStack) -> Iterator[int]:
    """Yield descriptors of processes; opened first, since what has a number may be another in a moment."""
    for pid in map(int, filter(str.isdigit, os.listdir("/proc"))):
        try:
            process = os.pidfd_open(pid)
            held.callback(os.close, process)
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            continue  # it has just ended, or is none of ours
        if mark in words and pid != os.getpid():
            yield process
