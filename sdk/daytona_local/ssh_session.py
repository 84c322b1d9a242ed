"""One session of an SSH connection: what the client asks for, and the process that it gets."""

from __future__ import annotations

import signal
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

import asyncssh

from daytona_local.errors import RefusedError
from daytona_local.runtime import AgentError, NotRunningError, RuntimeFailedError
from daytona_local.ssh_process import SFTP, Outlets, SshProcess, Wanted, start
from daytona_local.toolbox.pty import Keyboard
from daytona_local.toolbox.running import Running

PAUSE_BYTES = 1024 * 1024
"""When what the process has not read yet makes the client wait."""
NOT_STARTED = 255

Begin = Callable[[Coroutine[Any, Any, None]], None]


class Session(asyncssh.SSHServerSession[bytes]):
    """Lead a channel's data to a process in a sandbox and back.

    Args:
        box: Finds the sandbox, which has to run.
        touch: Takes note that the sandbox is in use.
        begin: Runs something in the background, at most for as long as the gateway is there.
    """

    def __init__(
        self, box: Callable[[], Awaitable[Running]], touch: Callable[[], None], begin: Begin
    ) -> None:
        self._box = box
        self._touch = touch
        self._begin = begin
        self._wanted = Wanted()
        self._process: SshProcess | None = None
        self._early = bytearray()
        self._ended = self._lost = False

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        """Take the channel."""
        self._channel = chan

    def pty_requested(
        self, term_type: str, term_size: tuple[int, int, int, int], term_modes: Mapping[int, int]
    ) -> bool:
        """Use a terminal."""
        self._wanted.terminal = term_type
        self._wanted.resize(term_size[1], term_size[0])
        return True

    def shell_requested(self) -> bool:
        """Use a login shell."""
        return True

    def exec_requested(self, command: str) -> bool:
        """Use a command."""
        self._wanted.command = command
        return True

    def subsystem_requested(self, subsystem: str) -> bool:
        """Use SFTP; there is no other."""
        self._wanted.subsystem = subsystem
        return subsystem == SFTP

    def session_started(self) -> None:
        """Start what was asked for."""
        self._begin(self._run())

    def data_received(self, data: bytes, datatype: asyncssh.DataType) -> None:
        """Give the process its input."""
        self._touch()
        if self._process is None:
            self._early += data  # the client can't send more than its window meanwhile
            return
        self._process.stdin.write(data)
        if self._process.stdin.waiting_bytes > PAUSE_BYTES:
            self._channel.pause_reading()

    def eof_received(self) -> bool:
        """End the process's input, and go on with its output."""
        self._ended = True
        if self._process is not None and self._wanted.terminal is None:
            self._process.stdin.finish()
        return True

    def pause_writing(self) -> None:
        """Let the process wait: the client is slow."""
        if self._process is not None:
            self._process.pause()

    def resume_writing(self) -> None:
        """Let it go on."""
        if self._process is not None:
            self._process.resume()

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        """Tell the programs on the terminal of another size."""
        self._wanted.resize(height, width)
        if self._process is not None and isinstance(self._process.stdin, Keyboard):
            self._process.stdin.resize(self._wanted.rows, self._wanted.cols)

    def signal_received(self, signal: str) -> None:
        """Signal the process."""
        number = _number(signal)
        if self._process is not None and number is not None:
            self._begin(self._process.signal(number))

    def connection_lost(self, exc: Exception | None) -> None:
        """Hang up."""
        self._lost = True
        if self._process is not None:
            self._begin(self._process.hang_up())

    async def _run(self) -> None:
        try:
            self._wanted.env = self._channel.get_environment()
            outlets = Outlets(self._write, self._write_error, self._resume_reading)
            self._process = await start(await self._box(), self._wanted, outlets)
        except (RefusedError, AgentError, NotRunningError, RuntimeFailedError) as error:
            self._write_error(f"daytona-local: {_reason(error)}\r\n".encode())
            self._exit(NOT_STARTED)
            return
        self._catch_up(self._process)
        if self._lost:
            await self._process.hang_up()
        self._exit(await self._process.ended())

    def _catch_up(self, process: SshProcess) -> None:
        """Hand on what came while the process was started."""
        process.stdin.write(bytes(self._early))
        self._early.clear()
        if self._ended:
            self.eof_received()

    def _write(self, data: bytes) -> None:
        self._touch()
        if not self._lost:
            self._channel.write(data)

    def _write_error(self, data: bytes) -> None:
        self._touch()
        if not self._lost:
            self._channel.write_stderr(data)

    def _resume_reading(self) -> None:
        if not self._lost:
            self._channel.resume_reading()

    def _exit(self, code: int) -> None:
        if not self._lost:
            self._lost = True  # nothing more is to be told
            self._channel.exit(code)


def _number(name: str) -> int | None:
    found = getattr(signal, f"SIG{name}", None)
    return int(found) if isinstance(found, signal.Signals) else None


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
