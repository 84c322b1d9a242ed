"""Start processes with the server's descriptors, signal them, and tell when they end."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import shutil
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable

from .channel import Answer, Message

MOST_ROUNDS = 100
ROUND_S = 0.005


def _heed_signals() -> None:
    """Let what is started heed what its server, started in the background of a shell, was told to ignore.

    A handler, other than being ignored, isn't inherited by a program that is started.
    """
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


class Processes:
    """Keep the processes that were started for the server.

    Args:
        tell: Gets the message that a process has ended.
    """

    def __init__(self, tell: Callable[[Message], None]) -> None:
        self._tell = tell
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self._ends = select.epoll()
        self.operations = {
            "spawn": self.spawn,
            "terminal": self.terminal,
            "signal": self.signal,
            "end": self.end,
            "forget": self.forget,
            "which": self.which,
        }
        _heed_signals()
        threading.Thread(target=self._wait, daemon=True).start()

    def spawn(self, message: Message, fds: list[int]) -> Answer:
        """Start a process in a session of its own, with the pipes that the server sent."""
        stdin, stdout, stderr = fds
        process = subprocess.Popen(  # noqa: S603 - running commands is what a sandbox is for
            message["argv"],
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            cwd=message["cwd"],
            env={**os.environ, **message["env"]},
            start_new_session=True,
        )
        try:
            end = os.pidfd_open(process.pid)
        except OSError:
            process.kill()
            process.wait()
            raise
        self._running[end] = process
        self._ends.register(end, select.EPOLLIN)
        return {"pid": process.pid}, ()

    def terminal(self, message: Message, _: list[int]) -> Answer:
        """Start a process on a new terminal; the server gets the other end."""
        ours, theirs = os.openpty()
        try:
            size = struct.pack("HHHH", message["rows"], message["cols"], 0, 0)
            fcntl.ioctl(theirs, termios.TIOCSWINSZ, size)
            # What is first in a session gets the terminal that it opens as its controlling one.
            argv = ["/bin/sh", "-c", 'exec "$@" <>"$0" >&0 2>&0', os.ttyname(theirs), *message["argv"]]
            answer, _none = self.spawn({**message, "argv": argv}, [theirs, theirs, theirs])
        except OSError:
            os.close(ours)
            raise
        finally:
            os.close(theirs)
        return answer, (ours,)

    def signal(self, message: Message, _: list[int]) -> Answer:
        """Signal a process and all of its session's group."""
        os.killpg(message["pid"], message["signal"])
        return {}, ()

    def end(self, message: Message, _: list[int]) -> Answer:
        """Kill a process with all that it started, in whatever group or session that is by now."""
        for _round in range(MOST_ROUNDS):  # what is killed may have started more, and takes its time
            alive = descendants(message["pid"])
            for pid in alive:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            if not alive:
                break
            time.sleep(ROUND_S)
        return {}, ()

    def forget(self, message: Message, _: list[int]) -> Answer:
        """Take variables away, by name or by how their values begin: what starts from now on lacks them."""
        names, prefix = set(message["names"]), message["prefix"]
        if prefix:
            names |= {name for name, value in os.environ.items() if value.startswith(prefix)}
        for name in names:
            os.environ.pop(name, None)
        return {"forgotten": sorted(names)}, ()

    def which(self, message: Message, _: list[int]) -> Answer:
        """Find programs: in some places first, then where they are looked for."""
        usual = message["path"] or os.environ.get("PATH", os.defpath)
        path = os.pathsep.join([*message["places"], usual])
        found = {name: shutil.which(name, path=path) for name in message["names"]}
        return {"paths": {name: place for name, place in found.items() if place is not None}}, ()

    def close(self) -> None:
        """End every process group that is still running."""
        for process in list(self._running.values()):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    def _wait(self) -> None:
        """Tell of each end: one thread for all, since a sandbox may have few."""
        while True:
            for end, _event in self._ends.poll():
                self._ends.unregister(end)
                process = self._running.pop(end)
                os.close(end)
                code = process.wait()
                with contextlib.suppress(OSError):  # the server is gone, and so is this process soon
                    self._tell({"exit": process.pid, "code": code if code >= 0 else 128 - code})


def descendants(root: int) -> set[int]:
    """Return the living processes that descend from one, or are in a session of such a process."""
    parents, sessions = {}, {}
    for pid in map(int, filter(str.isdigit, os.listdir("/proc"))):
        try:
            with open(f"/proc/{pid}/stat", "rb") as file:
                state, parent, _group, session = file.read().rpartition(b")")[2].split()[:4]
        except OSError:
            continue  # it has just ended
        if state not in (b"Z", b"X"):
            parents[pid], sessions[pid] = int(parent), int(session)
    found, grown = {root}, True
    while grown:
        more = {pid for pid in parents if parents[pid] in found or sessions[pid] in found} - found
        found, grown = found | more, bool(more)
    return found & parents.keys()
