"""A sandbox with a server inside, as previews see it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from daytona_local.clock import ManualClock
from daytona_local.errors import InvalidError, NotFoundError
from daytona_local.lifecycle import Lifecycle
from daytona_local.previews import Previews
from daytona_local.records import Sandbox
from daytona_local.runtime import Agent
from daytona_local.settings import Settings
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local import preview_server


class OneSandbox(Lifecycle):
    """Stand in for the lifecycle: there is one sandbox, and its state is what the record says."""

    def __init__(self, box: Running, clock: ManualClock) -> None:
        self._box = box
        self._clock = clock
        self.before_stop = []

    def find(self, id_or_name: str) -> Sandbox:
        """Return the sandbox."""
        sandbox = self._box.sandbox
        if id_or_name not in (sandbox.id, sandbox.name) or sandbox.is_hidden:
            raise NotFoundError(f"Sandbox with ID or name {id_or_name} not found")
        return sandbox

    async def use(self, id_or_name: str) -> tuple[Sandbox, Agent]:
        """Return the sandbox and its agent."""
        sandbox = self.find(id_or_name)
        if sandbox.state != "started":
            raise InvalidError("not started")
        self.touch(sandbox)
        return sandbox, self._box.agent

    def touch(self, sandbox: Sandbox) -> None:
        """Take note of activity."""
        sandbox.last_activity_at = self._clock.now()


SERVER = Path(preview_server.__file__).read_text()


async def server_inside(agent: Agent) -> int:
    """Start the server inside, and return its port."""
    said, say = os.pipe()
    nothing = os.open(os.devnull, os.O_RDWR)
    try:
        await agent.spawn(["python3", "-c", SERVER], {}, None, (nothing, say, nothing))
        os.close(say)
        return int(await asyncio.to_thread(os.read, said, 16))
    finally:
        os.close(said)
        os.close(nothing)


@dataclass
class Parts:
    """Hold what the tests work with."""

    sandbox: Sandbox
    port: int
    previews: Previews
    clock: ManualClock
    settings: Settings

    @property
    def token(self) -> dict[str, str]:
        """Return the header that lets one in."""
        return {"x-daytona-preview-token": self.sandbox.auth_token}

    async def url(self) -> str:
        """Return the plain URL of the server inside."""
        return await self.previews.url(self.sandbox, self.port)

    async def signed(self, seconds: int = 60) -> tuple[str, str]:
        """Return a new token of the server inside, and its URL."""
        return await self.previews.signed_url(self.sandbox, self.port, seconds)


@asynccontextmanager
async def previewed(box: Running, folder: Path) -> AsyncIterator[Parts]:
    """Start a server in a sandbox, and close its previews at the end."""
    box.sandbox.state = "started"
    clock = ManualClock()
    settings = Settings(folder, clock=clock)
    made = Previews(OneSandbox(box, clock), settings)
    yield Parts(box.sandbox, await server_inside(box.agent), made, clock, settings)
    await made.close()


class Wire:
    """Speak to a URL byte by byte."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def send(self, data: bytes) -> None:
        """Send some bytes."""
        self.writer.write(data)
        await self.writer.drain()

    async def leave_http(self, path: str) -> Wire:
        """Speak no HTTP any more with what the server inside has at a path."""
        head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: raw\r\n\r\n"
        await self.send(head.encode())
        await self.reader.readuntil(b"\r\n\r\n")
        return self

    async def rest(self) -> bytes:
        """Return all that still comes."""
        return await asyncio.wait_for(self.reader.read(-1), 30)


@asynccontextmanager
async def wires() -> AsyncIterator[Callable[[str], Awaitable[Wire]]]:
    """Yield what opens a connection to a URL; all are closed at the end."""
    opened: list[Wire] = []

    async def open_wire(url: str) -> Wire:
        found = urlsplit(url)
        opened.append(Wire(*await asyncio.open_connection(found.hostname, found.port)))
        return opened[-1]

    yield open_wire
    for one in opened:
        one.writer.close()
        await asyncio.gather(one.writer.wait_closed(), return_exceptions=True)
