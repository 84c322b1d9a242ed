"""The stream that the dashboard is fed from: it stays open, and has a line for whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from daytona_local.api.local import for_own_key
from daytona_local.dashboard.feed import Reader
from daytona_local.dashboard.hello import hello
from daytona_local.dashboard.lines import alive_line
from daytona_local.protocols import cut
from daytona_local.services import Services, services

ALIVE_S = 15.0
"""Seconds of silence after which a reader is told that the server lives."""


class EventStream(StreamingResponse):
    """Send lines until the reader leaves, is too slow, or the server ends: then the connection is cut.

    Args:
        parts: The server.
    """

    media_type = "application/x-ndjson"

    def __init__(self, parts: Services) -> None:
        super().__init__((), headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})
        self._parts = parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them."""
        with self._parts.feed.read() as reader:
            self.body_iterator = _lines(self._parts, reader)
            sending = asyncio.create_task(self.stream_response(send))
            others = [asyncio.create_task(reader.over.wait()), asyncio.create_task(_left(receive))]
            try:
                await asyncio.wait([sending, *others], return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in (sending, *others):
                    task.cancel()
                await asyncio.gather(sending, *others, return_exceptions=True)
        if not sending.cancelled():
            sending.result()
        if reader.over.is_set():
            cut(receive)
            await _left(receive)


async def events(request: Request) -> Response:
    """Begin a stream."""
    if request.method == "HEAD":
        return Response(media_type=EventStream.media_type)
    return EventStream(services(request))


async def _lines(parts: Services, reader: Reader) -> AsyncIterator[bytes]:
    for piece in hello(parts):
        yield piece
        await asyncio.sleep(0)
    while True:
        try:
            yield await asyncio.wait_for(reader.take(), ALIVE_S)
        except TimeoutError:
            yield alive_line(parts.settings.clock.now())


async def _left(receive: Receive) -> None:
    """Wait until the reader has left."""
    while (await receive())["type"] != "http.disconnect":
        continue


routes = [for_own_key(Route("/dashboard/api/events", events, methods=["GET"]))]
