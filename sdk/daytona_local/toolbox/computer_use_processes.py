"""The processes of a sandbox's desktop: run in the background, with the end of what they say."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Mapping, Sequence
from contextlib import ExitStack

from daytona_local.runtime import NotRunningError
from daytona_local.runtime.agent import Process
from daytona_local.toolbox.commands import environment
from daytona_local.toolbox.pipes import PipeReader
from daytona_local.toolbox.running import Running

KEPT_BYTES = 64 * 1024
END_S = 3.0


class Words:
    """Keep the end of what a process says on one stream."""

    def __init__(self) -> None:
        self._kept = bytearray()
        self.begun = asyncio.Event()
        """Set at the first line, and at the end of the stream."""

    def take(self, data: bytes) -> None:
        """Take what was said."""
        self._kept += data
        del self._kept[:-KEPT_BYTES]
        if b"\n" in self._kept:
            self.begun.set()

    def __str__(self) -> str:
        return self._kept.decode(errors="replace")


class DesktopProcess:
    """Run one process of the desktop.

    Args:
        running: The sandbox.
        name: How the API calls it.
        priority: Which comes first: the lowest.
    """

    def __init__(self, running: Running, name: str, priority: int = 0) -> None:
        self.name = name
        self.priority = priority
        self.stdout = Words()
        self.stderr = Words()
        self._running = running
        self._process: Process | None = None
        self._held = ExitStack()

    @property
    def alive(self) -> bool:
        """Say whether it runs."""
        return self._process is not None and not self._process.ended.done()

    @property
    def wire(self) -> dict[str, object]:
        """Return its state in the API's form."""
        state: dict[str, object] = {"running": self.alive, "priority": self.priority, "autoRestart": False}
        if self._process is not None and self.alive:
            state["pid"] = self._process.pid
        return state

    async def start(self, argv: Sequence[str], env: Mapping[str, str] | None = None) -> None:
        """Start it.

        Raises:
            AgentError: It can't be started.
        """
        self.stdout, self.stderr = Words(), Words()
        with ExitStack() as theirs:
            stdin = theirs.enter_context(open(os.devnull, "rb"))  # noqa: ASYNC230 - it never blocks
            ends = [stdin.fileno()]
            for words in (self.stdout, self.stderr):
                ours, end = os.pipe()
                theirs.callback(os.close, end)
                self._held.callback(PipeReader(ours, words.take, words.begun.set).close)
                ends.append(end)
            self._process = await self._running.agent.spawn(
                argv, environment(self._running, env), None, (ends[0], ends[1], ends[2])
            )

    async def begun(self, timeout_s: float) -> bool:
        """Wait for its first line; return whether it came while it lives."""
        try:
            await asyncio.wait_for(self.stdout.begun.wait(), timeout_s)
        except TimeoutError:
            return False
        return "\n" in str(self.stdout)

    async def stop(self, number: int = signal.SIGTERM, end_s: float = END_S) -> None:
        """Ask it to end, and after a while make it.

        Args:
            number: The signal to ask with.
            end_s: How long it may take.
        """
        try:
            if self._process is not None and self.alive:
                await self._running.agent.kill(self._process.pid, number)
                await asyncio.wait([self._process.ended], timeout=end_s)
            if self._process is not None and self.alive:
                await self._running.agent.end(self._process.pid)
                await asyncio.wait([self._process.ended], timeout=end_s)
        except NotRunningError:
            pass  # the sandbox ended, and it with it
        self._held.close()
