"""The websockets of a toolbox: real ones, on loopback, that do what a test says."""

from __future__ import annotations

import asyncio
import json
import selectors
import threading
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from http import HTTPStatus
from typing import Any

from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from tests.unit.daytona_httpx.virtual_time import JumpingSelector, VirtualLoop

CONNECTED = json.dumps({"type": "control", "status": "connected"})
EXIT_CONTROL = Subprotocol("X-Daytona-Pty-Exit-Control")

Script = Callable[[ServerConnection], Awaitable[None]]
Refusal = tuple[int, dict[str, Any] | str]


def exited(code: int | None, reason: str | None = None) -> str:
    """Return the message that a terminal has ended."""
    said = {"type": "control", "status": "exited", "exitCode": code, "exitReason": reason}
    return json.dumps({name: value for name, value in said.items() if value is not None})


def says(*messages: str | bytes, code: int = 1000, reason: str = "") -> Script:
    """Send messages, then close."""

    async def script(connection: ServerConnection) -> None:
        for message in messages:
            await connection.send(message)
        await connection.close(code, reason)

    return script


def breaks_off(*messages: str | bytes) -> Script:
    """Send messages, then end the connection without a word."""

    async def script(connection: ServerConnection) -> None:
        for message in messages:
            await connection.send(message)
        connection.transport.close()

    return script


def stays_open(*messages: str | bytes) -> Script:
    """Send messages, then wait for the client to go."""

    async def script(connection: ServerConnection) -> None:
        for message in messages:
            await connection.send(message)
        await connection.wait_closed()

    return script


class ToolboxServer:
    """Answer websockets, and keep what they asked for and sent.

    Attributes:
        url: The toolbox's URL, once it serves.
        requests: The requests to open a websocket.
        closed: The codes that clients closed with.
    """

    def __init__(self) -> None:
        self.url = ""
        self.requests: list[Request] = []
        self.closed: list[int | None] = []
        self._scripts: dict[str, deque[Script | Refusal]] = {}

    def on(self, path: str, *scripts: Script | Refusal) -> None:
        """Say what happens at a path of the sandbox s1, one after the other; the last one for ever."""
        self._scripts[f"/toolbox/s1{path}"] = deque(scripts)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[ToolboxServer]:
        """Serve in this loop."""
        async with serve(
            self._run,
            "127.0.0.1",
            0,
            process_request=self._open,
            select_subprotocol=lambda _, offered: EXIT_CONTROL if EXIT_CONTROL in offered else None,
            close_timeout=1,
        ) as server:
            self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/toolbox"
            yield self

    @contextmanager
    def in_a_thread(self) -> Iterator[ToolboxServer]:
        """Serve in a loop of a thread's own."""
        serves, ends = threading.Event(), asyncio.Event()

        async def run() -> None:
            loops.append(asyncio.get_running_loop())
            async with self.serving():
                serves.set()
                await ends.wait()

        loops: list[asyncio.AbstractEventLoop] = []
        thread = threading.Thread(target=lambda: asyncio.run(run()))
        thread.start()
        assert serves.wait(10)
        try:
            yield self
        finally:
            loops[0].call_soon_threadsafe(ends.set)
            thread.join()

    def _open(self, connection: ServerConnection, request: Request) -> Response | None:
        self.requests.append(request)
        scripts = self._scripts.get(request.path.partition("?")[0], deque([(404, "no such path")]))
        script = scripts[0] if len(scripts) == 1 else scripts.popleft()
        if isinstance(script, tuple):
            status, body = script
            text = body if isinstance(body, str) else json.dumps({"statusCode": status, **body})
            return connection.respond(HTTPStatus(status), text)
        vars(connection)["script"] = script
        return None

    async def _run(self, connection: ServerConnection) -> None:
        await vars(connection)["script"](connection)
        await connection.wait_closed()
        self.closed.append(connection.close_code)


class PatientSelector(JumpingSelector):
    """Give sockets a moment before time jumps."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return the events that are there, or come in that moment."""
        if timeout:
            events = selectors.DefaultSelector.select(self, min(timeout, 0.05))
            if events:
                return events
        return super().select(timeout)


class PatientLoop(VirtualLoop):
    """Run timers in virtual time beside real sockets."""

    def __init__(self) -> None:
        self.passed_s = 0.0
        selector = PatientSelector()
        selector.jump = self.jump
        asyncio.SelectorEventLoop.__init__(self, selector)
