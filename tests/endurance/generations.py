"""A server that is killed and started again on one data folder and one port."""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

from daytona_local.runtime.agent_program.processes import descendants

PR_SET_CHILD_SUBREAPER = 36
LIMIT_S = 60
NURSERY = Path(__file__).with_name("nursery.py")


@contextmanager
def heir() -> Iterator[None]:
    """Let this process become the parent of whatever its children leave behind, so that it can be seen."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    assert prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
    try:
        yield
    finally:
        prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                continue


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


class Generations:
    """Start the server's command and kill it, again and again.

    Args:
        folder: Where its data folder is.

    Attributes:
        said: What the newest generation has announced.
        up: Set while one serves.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "data"
        self.complaints = folder / "complaints"
        self.said: dict[str, Any] = {}
        self.up = asyncio.Event()
        self._nursery: Process
        self._before: set[int] = set()

    @asynccontextmanager
    async def begun(self) -> AsyncIterator[None]:
        """Be ready to serve until the block ends."""
        words = ["serve", "--json", "--port", str(free_port()), "--data-dir", str(self.folder)]
        with self.complaints.open("ab") as complaints:
            self._nursery = await asyncio.create_subprocess_exec(
                sys.executable, NURSERY, *words, stdin=PIPE, stdout=PIPE, stderr=complaints
            )
        self._before = descendants(os.getpid())
        try:
            yield
        finally:
            self._nursery.kill()
            await self._nursery.wait()

    @asynccontextmanager
    async def serving(self, how: signal.Signals = signal.SIGKILL) -> AsyncIterator[None]:
        """Serve until the block ends, then end the server by a signal."""
        assert self._nursery.stdin is not None
        self._nursery.stdin.write(b"serve\n")
        self.said = await self._hear()
        assert "pid" in self.said, (self.said, self.complaints.read_text())
        self.up.set()
        try:
            yield
        finally:
            self.up.clear()
            os.kill(self.said["pid"], how)
            assert {"ended": 0 if how == signal.SIGTERM else -how} == await self._hear()

    async def _hear(self) -> dict[str, Any]:
        assert self._nursery.stdout is not None
        heard: dict[str, Any] = json.loads(await asyncio.wait_for(self._nursery.stdout.readline(), LIMIT_S))
        return heard

    def left_behind(self) -> set[int]:
        """Return the processes that dead generations have left, while one serves."""
        return descendants(os.getpid()) - self._before - descendants(self.said["pid"])
