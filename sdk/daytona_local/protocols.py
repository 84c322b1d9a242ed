"""How bytes become requests: uvicorn's protocols, with a bound on how long a client may keep one waiting."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import h11
from starlette.types import Receive
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

LARGEST_CHUNK = 2**40
"""What nobody sends in one piece; h11 itself lets sizes pass that fill no disk of this world."""


class BoundedHttp(H11Protocol):
    """End requests that don't come in.

    A head must have come whole within the bound, however its bytes drip: it is short. Each piece of a body
    may take as long. Nobody is ended who waits for this server: while it reads no further, or works on the
    answer.
    """

    stall_s = 30.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a request."""
        super().connection_made(transport)
        self._head_is_awaited = True
        self._since = self.loop.time()
        self._watch = self.loop.call_later(self.stall_s, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._watch.cancel()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Leave the connection to the protocol of websockets, which pings its clients."""
        self._watch.cancel()
        super().handle_websocket_upgrade(event)

    def data_received(self, data: bytes) -> None:
        """Take note that the client gets on."""
        super().data_received(data)
        if self._size_of_chunk() > LARGEST_CHUNK:
            self._refuse(400, b"A chunk of the body says that it is larger than can be.")
        if self.conn.their_state is h11.IDLE:
            if not self._head_is_awaited:
                self._head_is_awaited, self._since = True, self.loop.time()
        else:
            self._head_is_awaited = False
            if not self._is_answered():
                self._since = self.loop.time()

    def _look(self) -> None:
        """End the connection if its client has stalled, else look again when it could have."""
        now = self.loop.time()
        if not self._is_waited_for():
            self._since = now
        left = self._since + self.stall_s - now
        if left > 0:
            self._watch = self.loop.call_later(left, self._look)
        else:
            self._refuse(408, f"The request did not come in within {self.stall_s:g} s.".encode())

    def _is_waited_for(self) -> bool:
        if self.conn.their_state is h11.IDLE:
            return self._head_is_awaited
        is_ours = self.flow.read_paused or self.cycle.waiting_for_100_continue
        return self.conn.their_state is h11.SEND_BODY and not is_ours

    def _is_answered(self) -> bool:
        return self.cycle is None or bool(self.cycle.response_complete)

    def _size_of_chunk(self) -> int:
        return int(getattr(self.conn._reader, "_bytes_in_chunk", 0))

    def _refuse(self, status: int, reason: bytes) -> None:
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE) and not self.transport.is_closing():
            fields = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]
            for event in (
                h11.Response(status_code=status, headers=fields),
                h11.Data(data=reason),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


def bounded_http(stall_s: float) -> type[asyncio.Protocol]:
    """Return the protocol whose requests may stand still for some seconds only."""
    return type("BoundedHttp", (BoundedHttp,), {"stall_s": stall_s})


def cut(receive: Receive) -> None:
    """Cut the connection that a request came by; ASGI has no word for that, so it is uvicorn's own.

    Args:
        receive: The request's.

    Raises:
        ConnectionResetError: There is no connection: the app was called in process.
    """
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionResetError("the connection was cut, as asked for")
    transport.abort()


# Heads of requests and paths with their queries would be logged, with the keys and tokens in them.
_log = logging.getLogger("daytona_local.websockets")
_log.setLevel(logging.WARNING)


class Websockets(WebSocketsSansIOProtocol):
    """Take an answer instead of a websocket for the end of its handshake, which uvicorn forgets to do."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.logger = self.conn.logger = _log
        self.conn.debug = False

    async def send(self, message: Any) -> None:
        """Send what the app says."""
        await super().send(message)
        if message["type"] == "websocket.http.response.body" and not message.get("more_body", False):
            self.handshake_complete = True
