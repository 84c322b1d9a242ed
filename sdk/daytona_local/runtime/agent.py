"""The server's side of a sandbox's agent: many calls at once over one socket pair."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
import stat
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from daytona_local.runtime.agent_program import Message, receive, send
from daytona_local.shortages import shortage


class NotRunningError(Exception):
    """Say that a sandbox has no agent: it isn't started, or it has just ended."""


class AgentError(OSError):
    """Say why the agent could not do something: ``errno``, ``strerror`` and ``filename`` as inside."""


@dataclass(frozen=True)
class Process:
    """Hold a process inside a sandbox.

    Args:
        pid: Its id inside.
        ended: Becomes its exit code; 128 plus the signal for one that was killed.
    """

    pid: int
    ended: asyncio.Future[int]


class Agent:
    """Ask a sandbox's agent for processes and files.

    Args:
        channel: The server's end of the socket pair.
        home: The user's home, as seen inside.
        workdir: The folder that relative paths start from; the home by default.

    Attributes:
        on_use: Waited for before a program is started inside.
    """

    def __init__(self, channel: socket.socket, home: str, workdir: str | None = None) -> None:
        self.home = home
        self.workdir = workdir or home
        self.on_use: Callable[[], Awaitable[None]] | None = None
        self._channel = channel
        self._loop = asyncio.get_running_loop()
        self.ready: asyncio.Future[None] = self._loop.create_future()
        self.closed: asyncio.Future[None] = self._loop.create_future()
        self._calls: dict[int, asyncio.Future[tuple[Message, list[int]]]] = {}
        self._exits: dict[int, asyncio.Future[int]] = {}
        self._next = 0
        channel.setblocking(False)
        self._loop.add_reader(channel, self._readable)

    async def spawn(
        self, argv: Sequence[str], env: Mapping[str, str], cwd: str | None, stdio: tuple[int, int, int]
    ) -> Process:
        """Start a process with these descriptors as its input, output and errors.

        Raises:
            AgentError: It could not be started.
            NotRunningError: The sandbox has ended.
        """
        given = {"argv": list(argv), "env": dict(env), "cwd": cwd or self.workdir}
        await self._prepare()
        answer, _ = await self._call("spawn", given, stdio)
        return self._started(int(answer["pid"]))

    async def terminal(
        self, argv: Sequence[str], env: Mapping[str, str], cwd: str | None, rows: int, cols: int
    ) -> tuple[Process, int]:
        """Start a process on a new terminal; return also the other end, which the caller closes.

        Raises:
            AgentError: It could not be started.
            NotRunningError: The sandbox has ended.
        """
        given = {"argv": list(argv), "env": dict(env), "cwd": cwd or self.workdir, "rows": rows, "cols": cols}
        await self._prepare()
        answer, fds = await self._call("terminal", given)
        return self._started(int(answer["pid"])), fds[0]

    async def kill(self, pid: int, number: int = signal.SIGKILL) -> None:
        """Signal a process and its group; one that has ended is fine."""
        try:
            await self._call("signal", {"pid": pid, "signal": int(number)})
        except AgentError as error:
            if error.errno != errno.ESRCH:
                raise

    async def end(self, pid: int) -> None:
        """Kill a process with all that it started, also what has left its group."""
        await self._call("end", {"pid": pid})

    async def open(self, path: str, flags: int, mode: int = 0o644) -> tuple[int, int]:
        """Open a regular file; return its descriptor, which the caller closes, and its size in bytes."""
        answer, fds = await self._call("open", {"path": path, "flags": flags, "mode": mode})
        return _regular(fds[0]), int(answer["size"])

    async def upload(self, path: str) -> tuple[int, str]:
        """Make a file beside a path; return its descriptor, which the caller closes, and its own path.

        It takes the path's place with ``ask("uploaded", temporary=..., path=...)``, or goes with ``abandon``.
        """
        answer, fds = await self._call("upload", {"path": path})
        return _regular(fds[0]), str(answer["temporary"])

    async def pipe(self, path: str, flags: int) -> int:
        """Make a named pipe inside; return the end that the flags ask for, which the caller closes."""
        _, fds = await self._call("pipe", {"path": path, "flags": flags})
        return fds[0]

    async def connect(self, port: int, *, own: bool = True) -> socket.socket:
        """Connect to a port inside.

        Args:
            port: The port.
            own: Whether only a server of this very sandbox will do.
        """
        _, fds = await self._call("connect", {"port": port, "own": own})
        return socket.socket(fileno=fds[0])

    async def ask(self, do: str, **arguments: Any) -> Message:
        """Do one of the operations of the agent's program that bring no descriptors."""
        answer, _ = await self._call(do, arguments)
        return answer

    def close(self) -> None:
        """Let go of the agent; it ends, and with it all that it started."""
        if self.closed.done():
            return
        self._loop.remove_reader(self._channel)
        self._channel.close()
        self.closed.set_result(None)
        gone = NotRunningError("the sandbox has ended")
        waited_for: list[asyncio.Future[Any]] = [*self._calls.values(), *self._exits.values(), self.ready]
        for future in waited_for:
            if not future.done():
                future.set_exception(gone)
                future.exception()  # nobody may be waiting for it

    async def _prepare(self) -> None:
        if self.on_use is not None:
            await self.on_use()

    def _started(self, pid: int) -> Process:
        ended = self._exits.pop(pid, None)
        if ended is None:
            ended = self._exits[pid] = self._loop.create_future()
        return Process(pid, ended)

    def _ended(self, pid: int, code: int) -> None:
        ended = self._exits.pop(pid, None)
        if ended is None:  # it was faster than the answer that tells of its start
            ended = self._exits[pid] = self._loop.create_future()
        if not ended.done():
            ended.set_result(code)

    async def _call(self, do: str, arguments: Message, fds: Sequence[int] = ()) -> tuple[Message, list[int]]:
        if self.closed.done():
            raise NotRunningError("the sandbox has ended")
        self._next += 1
        number, future = self._next, self._loop.create_future()
        self._calls[number] = future
        try:
            await self._send({"id": number, "do": do, **arguments}, tuple(fds))
            answer, received = await future
        finally:
            self._calls.pop(number, None)
        if "errno" in answer:
            raise AgentError(int(answer["errno"] or 0), str(answer["error"]), answer.get("path"))
        return answer, received

    async def _send(self, message: Message, fds: tuple[int, ...]) -> None:
        while True:
            try:
                return send(self._channel, message, fds)
            except BlockingIOError:
                await asyncio.sleep(0.001)
            except OSError as error:
                if shortage(error):
                    raise
                raise NotRunningError("the sandbox has ended") from error

    def _readable(self) -> None:
        try:
            received = receive(self._channel)
        except BlockingIOError:
            return
        except (OSError, ValueError):
            received = None  # what is inside is not trusted: who talks nonsense is ended
        if received is None:
            self.close()
            return
        self._take(*received)

    def _take(self, message: Message, fds: list[int]) -> None:
        if "ready" in message and not self.ready.done():
            self.ready.set_result(None)
        elif isinstance(message.get("exit"), int):
            self._ended(message["exit"], int(message.get("code") or 0))
        elif message.get("id") in self._calls and not self._calls[message["id"]].done():
            self._calls[message["id"]].set_result((message, fds))
            return
        for fd in fds:
            os.close(fd)


def _regular(fd: int) -> int:
    """Return a descriptor of a regular file; what is inside is not trusted: reading another could block."""
    if stat.S_ISREG(os.fstat(fd).st_mode):
        return fd
    os.close(fd)
    raise AgentError(errno.EINVAL, "it is not a regular file")
