"""Websockets, imported with the first stream; sync and async code differ, this is by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack

from websockets.exceptions import ConcurrencyError, ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection
from websockets.sync.client import connect as open_connection

from daytona_httpx.answers import no_answer
from daytona_httpx.closing import ABNORMAL, Closing
from daytona_httpx.deadline import Deadline
from daytona_httpx.errors import DaytonaError, DaytonaTimeoutError
from daytona_httpx.handshake import FAILURES, lost, options, refused


def connect(
    url: str, headers: Mapping[str, str], open_s: float | None, subprotocols: Sequence[str]
) -> WebSocket:
    """Open a websocket; arguments as for ``handshake.options``.

    Raises:
        DaytonaError: The server refused, or no answer came.
    """
    stack = ExitStack()
    try:
        connection = stack.enter_context(open_connection(**options(url, headers, open_s, subprotocols)))
    except InvalidStatus as error:
        raise refused(error, url) from error
    except FAILURES as error:
        cause = lost(error)
        raise no_answer(cause, url) from cause
    return WebSocket(connection, stack)


class WebSocket:
    """Send and receive the messages of one websocket; the ``stack`` closes it."""

    def __init__(self, connection: ClientConnection, stack: ExitStack) -> None:
        self._connection = connection
        self._stack = stack

    @property
    def closing(self) -> Closing:
        """Return how it was closed, once ``receive`` has returned None."""
        connection = self._connection
        return Closing(connection.close_code or ABNORMAL, connection.close_reason or "")

    def receive(self, deadline: Deadline) -> str | bytes | None:
        """Return the next message, None when the websocket is closed, well or badly.

        Raises:
            DaytonaTimeoutError: The time ran out first; the next message is not lost.
            DaytonaError: Another thread is receiving.
        """
        if deadline.is_over:
            raise _late(deadline)
        try:
            return self._connection.recv(timeout=deadline.left_s)
        except TimeoutError as error:
            raise _late(deadline) from error
        except ConcurrencyError as error:
            raise DaytonaError("another thread receives this stream already") from error
        except ConnectionClosed:
            return None

    def send(self, data: bytes | str) -> bool:
        """Send a message, and tell whether the websocket was open."""
        try:
            self._connection.send(data)
        except ConnectionClosed:
            return False
        return True

    def close(self) -> None:
        """Close it; a closed one stays closed."""
        self._stack.close()


def _late(deadline: Deadline) -> DaytonaTimeoutError:
    return DaytonaTimeoutError(f"it took longer than {deadline.timeout} seconds")
