"""A loopback port that hands each connection to one coroutine, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

logger = logging.getLogger(__name__)

HOST = "127.0.0.1"
MOST_CONNECTIONS = 256
BACKLOG = 256
AGAIN_S = 1.0
"""When to accept again after the system had no more descriptors."""

Serve = Callable[[socket.socket], Coroutine[Any, Any, None]]


class Listener:
    """Listen on a free port; connections beyond the bound wait until one has ended.

    Args:
        serve: Talks to one client; its socket is closed when this has returned.

    Raises:
        OSError: No port could be opened.
    """

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self._loop = asyncio.get_running_loop()
        self._connections: set[asyncio.Task[None]] = set()
        self._socket = socket.create_server((HOST, 0), backlog=BACKLOG)
        self._socket.setblocking(False)
        self.url = f"http://{HOST}:{self._socket.getsockname()[1]}"
        self._listen()

    async def drain(self) -> None:
        """Take no more connections, and return when those that there are have ended."""
        self._stop_listening()
        if self._connections:
            await asyncio.wait(self._connections)

    async def close(self) -> None:
        """Take no more connections, and end those that there are."""
        self._stop_listening()
        connections = list(self._connections)
        for connection in connections:
            connection.cancel()
        await asyncio.gather(*connections, return_exceptions=True)

    def _listen(self) -> None:
        if self._socket.fileno() >= 0 and len(self._connections) < MOST_CONNECTIONS:
            self._loop.add_reader(self._socket, self._accept)

    def _stop_listening(self) -> None:
        if self._socket.fileno() >= 0:
            self._loop.remove_reader(self._socket)
            self._socket.close()

    def _accept(self) -> None:
        try:
            client, _ = self._socket.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return
        except OSError as error:
            logger.warning("accept a connection to %s: %s; trying again", self.url, error.strerror)
            self._loop.remove_reader(self._socket)
            self._loop.call_later(AGAIN_S, self._listen)
            return
        connection = self._loop.create_task(self._serve(client))
        self._connections.add(connection)
        connection.add_done_callback(partial(self._ended, client))
        if len(self._connections) >= MOST_CONNECTIONS:
            self._loop.remove_reader(self._socket)

    def _ended(self, client: socket.socket, connection: asyncio.Task[None]) -> None:
        client.close()  # also of a connection that was ended before it began
        self._connections.discard(connection)
        self._listen()
        if not connection.cancelled() and (error := connection.exception()) is not None:
            logger.error("connection to %s: %s: %s", self.url, type(error).__name__, error)
