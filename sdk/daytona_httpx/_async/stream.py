"""Open streams of a toolbox: websockets with the client's headers, within a deadline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import httpx

from daytona_httpx._async import clock
from daytona_httpx._async.toolbox import AsyncToolbox
from daytona_httpx._async.websocket import AsyncWebSocket, connect
from daytona_httpx.answers import place_of
from daytona_httpx.errors import DaytonaError
from daytona_httpx.handshake import OPEN_S
from daytona_httpx.retry import pace_of


async def open_stream(
    toolbox: AsyncToolbox,
    path: str,
    params: Mapping[str, str],
    subprotocols: Sequence[str] = (),
    method: str = "GET",
) -> AsyncWebSocket:
    """Open a websocket to a path of a toolbox, again where that is right.

    Args:
        toolbox: The sandbox's toolbox.
        path: The path of the operation.
        params: What its URL says.
        subprotocols: What to offer.
        method: POST for what must not be done twice, though a websocket is always a GET.

    Raises:
        DaytonaError: The toolbox refused, or no answer came.
    """
    transport = toolbox.transport
    deadline = transport.request_deadline(None)
    url = str(httpx.URL(await toolbox.url(deadline) + path, params=dict(params)))
    pace, attempt = pace_of(place_of(url)), 1
    while True:
        await transport.keep(pace, deadline)
        headers = transport.headers
        try:
            return await connect(url, headers, deadline.shorten(OPEN_S), subprotocols)
        except DaytonaError as error:
            error.attempts = attempt
            pause_s = transport.pause_s(method, error, pace)
            if pause_s is None or not deadline.allows(pause_s):
                raise
        await clock.sleep(pause_s)
        attempt += 1
