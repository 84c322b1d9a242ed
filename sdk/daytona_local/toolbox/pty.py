"""Terminals: a login shell on a real pseudo-terminal each, which outlives the sockets that show it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import termios
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from daytona_local.errors import ConflictError, GoneError, NotFoundError
from daytona_local.runtime import Agent, NotRunningError
from daytona_local.toolbox.commands import environment
from daytona_local.toolbox.pipes import PipeWriter
from daytona_local.toolbox.pty_screen import Screen
from daytona_local.toolbox.running import Running

SHELL = ("/bin/sh", "-c", "command -v bash >/dev/null && exec bash --login; exec sh -l")
TERM = {"TERM": "xterm-256color"}
KILLED = 128 + signal.SIGKILL
HANG_UP_S = 0.5
"""How long a shell that is hung up on may take to end its jobs before it is killed."""
LAST_WORDS_S = 0.5
"""How long the last output is waited for, when something that the shell left behind holds the terminal."""


@dataclass
class TerminalSpec:
    """Say what a terminal is like: its size in characters, its folder, what its environment has more."""

    id: str
    cwd: str | None = None
    envs: Mapping[str, str] = field(default_factory=dict)
    cols: int = 80
    rows: int = 24
    lazy_start: bool = False


class Keyboard(PipeWriter):
    """Type into a terminal, and say how large its window is."""

    def resize(self, rows: int, cols: int) -> None:
        """Tell the programs on the terminal of another size."""
        if self._fd is not None:
            termios.tcsetwinsize(self._fd, (rows, cols))


class Terminal:
    """Hold a terminal and the shell on it.

    Args:
        spec: What it is like; its size follows the resizes.
        agent: The sandbox's.
        ended: Is called when the shell has ended.
    """

    def __init__(self, spec: TerminalSpec, agent: Agent, ended: Callable[[Terminal], None]) -> None:
        self.spec = spec
        self.created_at = datetime.now(UTC)
        self.exit_code: int | None = None
        self._agent = agent
        self._report = ended
        self._killed = False
        self._starting = asyncio.Lock()
        self._watching: asyncio.Task[None] | None = None

    @property
    def active(self) -> bool:
        """Tell whether the shell is running."""
        return self._watching is not None and self.exit_code is None

    async def start(self, env: Mapping[str, str]) -> None:
        """Start the shell, unless that was done before.

        Raises:
            AgentError: It can't be started: the folder isn't there, say.
        """
        async with self._starting:
            if self._watching is not None:
                return
            spec = self.spec
            self._process, fd = await self._agent.terminal(SHELL, env, spec.cwd, spec.rows, spec.cols)
            self._keyboard = Keyboard(os.dup(fd))
            self._screen = Screen(fd)
            self._watching = asyncio.create_task(self._watch())

    def type(self, data: bytes) -> None:
        """Give the programs on the terminal some input."""
        self._keyboard.write(data)

    def resize(self, rows: int, cols: int) -> None:
        """Change the size, in characters."""
        self.spec.rows, self.spec.cols = rows, cols
        if self.active:
            self._keyboard.resize(rows, cols)

    def view(self) -> AsyncGenerator[bytes, None]:
        """Yield what was shown lately, and what is shown until the shell ends."""
        return self._screen.view()

    async def kill(self) -> None:
        """Hang up, so that the shell ends its jobs, and kill it when it doesn't end."""
        self._killed = True
        async with self._starting:
            watching = self._watching
        if watching is None:
            self._end(KILLED)
            return
        with contextlib.suppress(NotRunningError):
            await self._agent.kill(self._process.pid, signal.SIGHUP)
            await asyncio.wait([self._process.ended], timeout=HANG_UP_S)
            await self._agent.end(self._process.pid)
        await watching

    async def _watch(self) -> None:
        try:
            code = await self._process.ended
        except NotRunningError:
            code = KILLED
        self._keyboard.close()
        self._end(KILLED if self._killed else code)
        await self._screen.end(LAST_WORDS_S)

    def _end(self, code: int) -> None:
        self.exit_code = code
        self._report(self)


class Terminals:
    """Keep the terminals of a running sandbox, each until its shell ends."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._terminals: dict[str, Terminal] = {}

    def __iter__(self) -> Iterator[Terminal]:
        return iter(self._terminals.values())

    async def create(self, spec: TerminalSpec) -> Terminal:
        """Make a terminal, and start its shell unless that is left to the first who connects.

        Raises:
            AgentError: The shell can't be started.
            ConflictError: There is one of that name.
        """
        if spec.id in self._terminals:
            raise ConflictError(f"PTY session {spec.id!r} already exists; choose another id")
        spec.cwd = spec.cwd or self._running.agent.workdir
        spec.envs = {**TERM, **spec.envs}
        terminal = self._terminals[spec.id] = Terminal(spec, self._running.agent, self._forget)
        if not spec.lazy_start:
            await self._start(terminal)
        return terminal

    async def open(self, terminal_id: str) -> Terminal:
        """Return a terminal to look at, started.

        Raises:
            AgentError: Its shell can't be started.
            NotFoundError: There is none, or its shell has ended.
        """
        terminal = self.get(terminal_id)
        await self._start(terminal)
        return terminal

    def get(self, terminal_id: str) -> Terminal:
        """Return a terminal, or raise NotFoundError."""
        try:
            return self._terminals[terminal_id]
        except KeyError:
            message = f"there is no PTY session {terminal_id!r}, or it has ended"
            raise NotFoundError(message, "PROCESS_NOT_FOUND") from None

    def resize(self, terminal_id: str, rows: int, cols: int) -> Terminal:
        """Change the size of a terminal, in characters.

        Raises:
            GoneError: There is none, or its shell has ended.
        """
        if terminal_id not in self._terminals:
            message = f"PTY session {terminal_id!r} has ended and can't be resized; create another"
            raise GoneError(message, "SESSION_ENDED")
        terminal = self._terminals[terminal_id]
        terminal.resize(rows, cols)
        return terminal

    async def delete(self, terminal_id: str) -> None:
        """Kill a terminal's shell and forget it; raises as ``get``."""
        terminal = self.get(terminal_id)
        self._forget(terminal)
        await terminal.kill()

    async def close(self) -> None:
        """Kill all shells."""
        await asyncio.gather(*(terminal.kill() for terminal in list(self)))

    async def _start(self, terminal: Terminal) -> None:
        try:
            await terminal.start(environment(self._running, terminal.spec.envs))
        except BaseException:
            self._forget(terminal)
            raise

    def _forget(self, terminal: Terminal) -> None:
        if self._terminals.get(terminal.spec.id) is terminal:
            del self._terminals[terminal.spec.id]
