"""A process in a sandbox for a session by SSH: a shell, a command or SFTP, on a terminal or on pipes."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from daytona_local.errors import UnavailableError
from daytona_local.runtime import Agent, NotRunningError, Process
from daytona_local.toolbox.commands import environment, find_program
from daytona_local.toolbox.pipes import PipeReader, PipeWriter
from daytona_local.toolbox.process import SHELLS
from daytona_local.toolbox.pty import KILLED, SHELL, TERM, Keyboard
from daytona_local.toolbox.running import Running

LAST_WORDS_S = 0.5
"""How long the last output is waited for, when something that was left behind holds the pipe."""
MOST_CHARACTERS = 1000
SFTP = "sftp"
_SFTP_SERVERS = (
    "/usr/lib/openssh/sftp-server",
    "/usr/libexec/openssh/sftp-server",
    "/usr/lib/ssh/sftp-server",
)


@dataclass
class Wanted:
    """Say what a client asks for.

    Args:
        command: What the shell is given; none for a login shell.
        subsystem: The name of what is asked for instead.
        terminal: The kind of the client's terminal; none for pipes.
        rows: Its height in characters.
        cols: Its width in characters.
        env: Variables that the client sends.
    """

    command: str | None = None
    subsystem: str | None = None
    terminal: str | None = None
    rows: int = 24
    cols: int = 80
    env: Mapping[str, str] = field(default_factory=dict)

    def resize(self, rows: int, cols: int) -> None:
        """Take note of a size, as far as it can be one."""
        self.rows, self.cols = (
            min(given, MOST_CHARACTERS) or default for given, default in ((rows, 24), (cols, 80))
        )


@dataclass(frozen=True)
class Outlets:
    """Say who gets what the process writes, and who is told that all its input was taken."""

    stdout: Callable[[bytes], None]
    stderr: Callable[[bytes], None]
    drained: Callable[[], None]


class SshProcess:
    """Hold a process and our ends of its streams.

    Args:
        agent: The sandbox's.
        process: The process.
        stdin: What writes to it.
        outputs: Each reads one of its streams; made with what it calls at the end.
    """

    def __init__(
        self,
        agent: Agent,
        process: Process,
        stdin: PipeWriter,
        outputs: Sequence[Callable[[Callable[[], None]], PipeReader]],
    ) -> None:
        self._agent = agent
        self._process = process
        self.stdin = stdin
        self._open = len(outputs)
        self._silent = asyncio.Event()
        self._readers = [make(self._closed) for make in outputs]

    def pause(self) -> None:
        """Let the process wait with what it writes."""
        for reader in self._readers:
            reader.pause()

    def resume(self) -> None:
        """Let it go on."""
        for reader in self._readers:
            reader.resume()

    async def signal(self, number: int) -> None:
        """Signal it and its group; one that has ended is fine."""
        with contextlib.suppress(NotRunningError):
            if not self._process.ended.done():
                await self._agent.kill(self._process.pid, number)

    async def hang_up(self) -> None:
        """Tell it that nobody is there any more; what takes no notice of that goes on."""
        if not self._process.ended.done():
            await self.signal(signal.SIGHUP)
            self._let_go()

    async def ended(self) -> int:
        """Wait for its end and for all that it wrote; return its exit code."""
        try:
            code = await asyncio.shield(self._process.ended)
        except NotRunningError:
            code = KILLED
        for reader in self._readers:
            reader.drain()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._silent.wait(), LAST_WORDS_S)
        self._let_go()
        return code

    def _closed(self) -> None:
        self._open -= 1
        if not self._open:
            self._silent.set()

    def _let_go(self) -> None:
        """Close its input and its terminal; pipes are read on, since one that breaks ends who writes."""
        self.stdin.close()
        for reader in self._readers:
            reader.resume()
            if isinstance(self.stdin, Keyboard):
                reader.close()


async def start(box: Running, wanted: Wanted, outlets: Outlets) -> SshProcess:
    """Start what a client asks for.

    Raises:
        AgentError: It can't be started.
        NotRunningError: The sandbox has ended.
        UnavailableError: The sandbox hasn't what is asked for.
    """
    argv = await _argv(box, wanted)
    if wanted.terminal is None:
        return await _on_pipes(box, argv, environment(box, wanted.env), outlets)
    env = environment(box, {**TERM, **wanted.env, "TERM": wanted.terminal or TERM["TERM"]})
    process, fd = await box.agent.terminal(argv, env, None, wanted.rows, wanted.cols)
    keyboard = Keyboard(os.dup(fd), outlets.drained)
    return SshProcess(box.agent, process, keyboard, [lambda ended: PipeReader(fd, outlets.stdout, ended)])


async def _on_pipes(
    box: Running, argv: Sequence[str], env: Mapping[str, str], outlets: Outlets
) -> SshProcess:
    with contextlib.ExitStack() as theirs, contextlib.ExitStack() as ours:
        (stdin, to), (out, stdout), (err, stderr) = os.pipe(), os.pipe(), os.pipe()
        for fd in (stdin, stdout, stderr):
            theirs.callback(os.close, fd)
        for fd in (to, out, err):
            ours.callback(os.close, fd)
        process = await box.agent.spawn(argv, env, None, (stdin, stdout, stderr))
        ours.pop_all()
    return SshProcess(
        box.agent,
        process,
        PipeWriter(to, outlets.drained),
        [
            lambda ended: PipeReader(out, outlets.stdout, ended),
            lambda ended: PipeReader(err, outlets.stderr, ended),
        ],
    )


async def _argv(box: Running, wanted: Wanted) -> Sequence[str]:
    if wanted.subsystem is not None:
        server = await find_program(box, *_SFTP_SERVERS)
        if server is None:
            raise UnavailableError(
                "the sandbox has no sftp-server; install openssh-sftp-server on this machine"
            )
        return [server]
    if wanted.command is None:
        return SHELL
    return [await find_program(box, *SHELLS) or "/bin/sh", "-c", wanted.command]
