"""Connections of the sync client: what a request sends leaves as one; written by hand, as its async twin."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import httpcore
from httpcore import SOCKET_OPTION

__all__ = ["Network"]

_TOGETHER_BYTES = 64 * 1024
"""So much is kept until more comes or an answer is awaited: a head and its body wake the server once."""


class Stream(httpcore.NetworkStream):
    """Be one connection.

    Args:
        stream: The connection as httpcore opens it.
    """

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream
        self._unsent = bytearray()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Send what was kept, and return what comes first; nothing at the end."""
        with suppress(httpcore.WriteError):  # it may have been answered before it was read to its end
            self._send(timeout)
        return self._stream.read(max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Keep a little, send a lot."""
        self._unsent += buffer
        if len(self._unsent) > _TOGETHER_BYTES:
            self._send(timeout)

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> Stream:
        """Go on encrypted."""
        return Stream(self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        """Return what the pool asks for."""
        return self._stream.get_extra_info(info)

    def _send(self, timeout: float | None) -> None:
        if self._unsent:
            unsent, self._unsent = bytes(self._unsent), bytearray()
            self._stream.write(unsent, timeout)


class Network(httpcore.NetworkBackend):
    """Open connections."""

    def __init__(self) -> None:
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> Stream:
        """Open a connection to a host."""
        return Stream(self._sockets.connect_tcp(host, port, timeout, local_address, socket_options))

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._sockets.sleep(seconds)
