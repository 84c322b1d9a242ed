"""Both ways of a connection, and the bytes that go through it."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
from collections.abc import AsyncIterator, Callable

from daytona_local.preview_head import CHUNKED, LARGEST_HEAD, BadHeadError, Head

CLOSING_S = 30.0
PIECE = 64 * 1024

_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,15})[ \t]*(;.*)?\r\n", re.DOTALL)


class Stream:
    """Hold both ways of one connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def send(self, data: bytes) -> None:
        """Send some bytes, as fast as the other side takes them."""
        self.writer.write(data)
        await self.writer.drain()

    def end(self) -> None:
        """Tell the other side that no more comes; it may still send."""
        self.writer.write_eof()


@contextlib.asynccontextmanager
async def stream(connected: socket.socket) -> AsyncIterator[Stream]:
    """Hold a connection open; what was sent still arrives when the block ends without an error."""
    reader, writer = await asyncio.open_connection(sock=connected, limit=LARGEST_HEAD)
    try:
        yield Stream(reader, writer)
        writer.close()
        async with asyncio.timeout(CLOSING_S):
            await writer.wait_closed()
    finally:
        writer.transport.abort()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


class Flow:
    """Move bytes between a client and a server inside a sandbox.

    Args:
        client: The client's side.
        inside: The server's side.
        moved: Called whenever something is moved.
    """

    def __init__(self, client: Stream, inside: Stream, moved: Callable[[], None]) -> None:
        self.client = client
        self.inside = inside
        self._moved = moved

    async def send_inside(self, data: bytes) -> None:
        """Send bytes to the server inside."""
        self._moved()
        await self.inside.send(data)

    async def all_answers(self) -> None:
        """Move all that the server inside sends, until it ends that."""
        while data := await self.inside.reader.read(PIECE):
            self._moved()
            await self.client.send(data)
        self.client.end()

    async def all_else(self) -> None:
        """Move all that the client still sends, until it ends that."""
        while data := await self.client.reader.read(PIECE):
            await self.send_inside(data)

    async def body(self, head: Head) -> None:
        """Move the body of a request.

        Raises:
            BadHeadError: It is not framed as its head says.
            EOFError: The client broke off.
        """
        if head.body_bytes != CHUNKED:
            await self._bytes(head.body_bytes)
            return
        while size := await self._chunk_size():
            await self._bytes(size + len(b"\r\n"))
        while await self._line() != b"\r\n":
            pass  # a trailer

    async def _chunk_size(self) -> int:
        match = _CHUNK_SIZE.fullmatch(await self._line())
        if match is None:
            raise BadHeadError("the request's body is not chunked as its head says")
        return int(match[1], 16)

    async def _line(self) -> bytes:
        try:
            line = await self.client.reader.readuntil(b"\r\n")
        except asyncio.LimitOverrunError as error:
            raise BadHeadError("the request's body is not chunked as its head says") from error
        await self.send_inside(line)
        return line

    async def _bytes(self, count: int) -> None:
        while count:
            data = await self.client.reader.read(min(count, PIECE))
            if not data:
                raise EOFError("the client broke off within a body")
            count -= len(data)
            await self.send_inside(data)
