"""Measure what the sandbox uses: processor time, memory and disk."""

from __future__ import annotations

import contextlib
import os
import re

from .channel import Answer, Message
from .processes import descendants
from .walking import walk

_RSS = re.compile(rb"^Rss(Anon|File|Shmem):\s+(\d+) kB", re.MULTILINE)


def measure(message: Message, _: list[int]) -> Answer:
    """Measure all processes; the disk only when that is asked for, since it takes long."""
    ticks, memory, cache = 0, 0, 0
    alone = _is_alone()
    pids = filter(str.isdigit, os.listdir("/proc")) if alone else map(str, descendants(os.getpid()))
    for pid in pids:
        try:
            ticks += _ticks(pid)
            rss = _resident(pid)
        except OSError:
            continue  # it has just ended
        memory += rss.get(b"Anon", 0) + rss.get(b"Shmem", 0)
        cache += rss.get(b"File", 0)
    answer = {"cpu_s": ticks / os.sysconf("SC_CLK_TCK"), "memory": memory, "cache": cache}
    if message["disk"]:
        answer |= {"disk": _used_disk("/" if alone else os.getcwd())}
    return answer, ()


def _is_alone() -> bool:
    """Tell whether all that is in sight is the sandbox's, since bubblewrap has started this program."""
    with open(f"/proc/{os.getppid()}/comm", "rb") as file:
        return file.read() == b"bwrap\n"


def _ticks(pid: str) -> int:
    """Return the processor time of a process, and of its ended children."""
    with open(f"/proc/{pid}/stat", "rb") as file:
        fields = file.read().rpartition(b")")[2].split()
    return sum(int(field) for field in fields[11:15])


def _resident(pid: str) -> dict[bytes, int]:
    with open(f"/proc/{pid}/status", "rb") as file:
        return {kind: int(kib) * 1024 for kind, kib in _RSS.findall(file.read())}


def _used_disk(top: str) -> int:
    """Return the bytes of the sandbox's own files: not of what is mounted into it."""
    with open("/proc/self/mountinfo") as file:
        mounted = {line.split()[4] for line in file} - {"/"}
    used = 0
    for entry in walk(top, mounted):
        with contextlib.suppress(OSError):  # it has just gone
            used += entry.stat(follow_symlinks=False).st_blocks * 512 if entry.path not in mounted else 0
    return used


OPERATIONS = {"measure": measure}
