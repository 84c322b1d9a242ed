"""Connections on plain asyncio: what a request sends leaves as one; written by hand, as its sync twin."""

from __future__ import annotations

import asyncio
import select
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import httpcore
from httpcore import SOCKET_OPTION

__all__ = ["AsyncNetwork"]

_TOGETHER_BYTES = 64 * 1024
"""So much is kept until more comes or an answer is awaited: a head and its body wake the server once."""

_READ_AHEAD_BYTES = 256 * 1024
_NEXT_ADDRESS_S = 0.25


@contextmanager
def _as_httpcore(late: type[Exception], failed: type[Exception]) -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise late(error) from error
    except OSError as error:
        raise failed(error) from error


class AsyncStream(httpcore.AsyncNetworkStream):
    """Be one connection.

    Args:
        reader: What comes.
        writer: What goes.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._unsent: list[bytes] = []
        self._unsent_bytes = 0

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Send what was kept, and return what comes first; nothing at the end."""
        with suppress(httpcore.WriteError):  # it may have been answered before it was read to its end
            await self._send(timeout)
        with _as_httpcore(httpcore.ReadTimeout, httpcore.ReadError):
            async with asyncio.timeout(timeout):
                return await self._reader.read(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Keep a little, send a lot."""
        self._unsent.append(buffer)
        self._unsent_bytes += len(buffer)
        if self._unsent_bytes > _TOGETHER_BYTES:
            await self._send(timeout)

    async def aclose(self) -> None:
        """Close the connection."""
        if self._writer.get_extra_info("ssl_object"):
            self._writer.transport.abort()  # else it waits for the server's farewell
        self._writer.close()
        await asyncio.sleep(0)

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> AsyncStream:
        """Go on encrypted."""
        with _as_httpcore(httpcore.ConnectTimeout, httpcore.ConnectError):
            async with asyncio.timeout(timeout):
                await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        return self

    def get_extra_info(self, info: str) -> Any:
        """Return what the pool asks for."""
        if info == "is_readable":
            return self._reader.at_eof() or _is_readable(self._writer.get_extra_info("socket"))
        names = {"client_addr": "sockname", "server_addr": "peername"}
        return self._writer.get_extra_info(names.get(info, info))

    async def _send(self, timeout: float | None) -> None:
        if not self._unsent:
            return
        unsent, self._unsent, self._unsent_bytes = self._unsent, [], 0
        with _as_httpcore(httpcore.WriteTimeout, httpcore.WriteError):
            self._writer.writelines(unsent)
            if self._writer.transport.get_write_buffer_size():
                async with asyncio.timeout(timeout):
                    await self._writer.drain()


class AsyncNetwork(httpcore.AsyncNetworkBackend):
    """Open connections."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncStream:
        """Open a connection to a host."""
        here = None if local_address is None else (local_address, 0)
        with _as_httpcore(httpcore.ConnectTimeout, httpcore.ConnectError):
            async with asyncio.timeout(timeout):
                reader, writer = await asyncio.open_connection(
                    host,
                    port,
                    limit=_READ_AHEAD_BYTES,
                    local_addr=here,
                    happy_eyeballs_delay=_NEXT_ADDRESS_S,
                )
        for option in socket_options or ():
            writer.get_extra_info("socket").setsockopt(*option)
        return AsyncStream(reader, writer)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)


def _is_readable(socket: Any) -> bool:
    if socket is None or socket.fileno() < 0:
        return True
    poll = select.poll()
    poll.register(socket.fileno(), select.POLLIN)
    return bool(poll.poll(0))
