"""Websockets, imported with the first stream; async code and its sync twin differ, both are by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as open_connection
from websockets.exceptions import ConcurrencyError, ConnectionClosed, InvalidStatus

from daytona_httpx.answers import no_answer
from daytona_httpx.closing import ABNORMAL, Closing
from daytona_httpx.deadline import Deadline
from daytona_httpx.errors import DaytonaError, DaytonaTimeoutError
from daytona_httpx.handshake import FAILURES, lost, options, refused


async def connect(
    url: str, headers: Mapping[str, str], open_s: float | None, subprotocols: Sequence[str]
) -> AsyncWebSocket:
    """Open a websocket; arguments as for ``handshake.options``.

    Raises:
        DaytonaError: The server refused, or no answer came.
    """
    try:
        return AsyncWebSocket(await open_connection(**options(url, headers, open_s, subprotocols)))
    except InvalidStatus as error:
        raise refused(error, url) from error
    except FAILURES as error:
        cause = lost(error)
        raise no_answer(cause, url) from cause


class AsyncWebSocket:
    """Send and receive the messages of one websocket."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    @property
    def closing(self) -> Closing:
        """Return how it was closed, once ``receive`` has returned None."""
        connection = self._connection
        return Closing(connection.close_code or ABNORMAL, connection.close_reason or "")

    async def receive(self, deadline: Deadline) -> str | bytes | None:
        """Return the next message, None when the websocket is closed, well or badly.

        Raises:
            DaytonaTimeoutError: The time ran out first; the next message is not lost.
            DaytonaError: Another task is receiving.
        """
        if deadline.is_over:
            raise _late(deadline)
        try:
            async with asyncio.timeout(deadline.left_s):
                return await self._connection.recv()
        except TimeoutError as error:
            raise _late(deadline) from error
        except ConcurrencyError as error:
            raise DaytonaError("another task receives this stream already") from error
        except ConnectionClosed:
            return None

    async def send(self, data: bytes | str) -> bool:
        """Send a message, and tell whether the websocket was open."""
        try:
            await self._connection.send(data)
        except ConnectionClosed:
            return False
        return True

    async def aclose(self) -> None:
        """Close it; a closed one stays closed."""
        await self._connection.close()


def _late(deadline: Deadline) -> DaytonaTimeoutError:
    return DaytonaTimeoutError(f"it took longer than {deadline.timeout} seconds")
