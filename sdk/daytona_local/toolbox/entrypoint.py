"""The entry point of a sandbox: what its image runs when it starts, its output in a session of its own."""

from __future__ import annotations

import contextlib
import os

from daytona_local.runtime import AgentError, NotRunningError
from daytona_local.runtime.agent import Process
from daytona_local.toolbox.commands import environment
from daytona_local.toolbox.pipes import PipeReader
from daytona_local.toolbox.running import Running
from daytona_local.toolbox.session_logs import STDERR, STDOUT
from daytona_local.toolbox.sessions import Sessions


class EntryPoint:
    """Run the entry point of a sandbox that has just started.

    Args:
        running: The sandbox.
    """

    def __init__(self, running: Running) -> None:
        self._running = running
        self._log = running.service(Sessions).entrypoint
        self._process: Process | None = None
        self._readers: list[PipeReader] = []
        self._ended = 0

    async def start(self) -> None:
        """Start it; what can't be started says so in its log."""
        log = self._log
        (stdout, stdout_end), (stderr, stderr_end) = os.pipe(), os.pipe()
        self._readers = [
            PipeReader(stdout, lambda data: log.append(STDOUT, data), self._end),
            PipeReader(stderr, lambda data: log.append(STDERR, data), self._end),
        ]
        argv, env = self._running.sandbox.image.command, environment(self._running)
        try:
            with contextlib.ExitStack() as held:
                nothing = os.open(os.devnull, os.O_RDONLY)
                ends = (nothing, stdout_end, stderr_end)
                for end in ends:
                    held.callback(os.close, end)
                self._process = await self._running.agent.spawn(argv, env, None, ends)
        except (AgentError, NotRunningError) as error:
            log.append(STDERR, f"{argv[0]}: {error}\n".encode(errors="replace"))

    async def close(self) -> None:
        """End it."""
        if self._process is not None:
            with contextlib.suppress(NotRunningError):
                await self._running.agent.end(self._process.pid)
        for reader in self._readers:
            reader.close()

    def _end(self) -> None:
        """Take note that one of the streams is at its end; the log is when both are."""
        self._ended += 1
        if self._ended == len(self._readers):
            self._log.end()


async def start_entry_point(running: Running) -> None:
    """Start a sandbox's entry point, where its image has one."""
    if running.sandbox.image.command:
        await running.service(EntryPoint).start()
