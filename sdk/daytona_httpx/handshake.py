"""Open websockets: how, and what it means when that fails. Imported with the first stream."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

import httpx
from websockets.exceptions import InvalidStatus, WebSocketException

from daytona_httpx.answers import error_of
from daytona_httpx.errors import DaytonaError

OPEN_S = 30.0
"""How long one attempt to open a websocket may take."""

CLOSE_S = 1.0
PING_S = 20.0
LONGEST_MESSAGE = 64 * 1024 * 1024

FAILURES = (OSError, ImportError, WebSocketException)
"""What goes wrong while a websocket is opened; ImportError where a proxy needs one more package."""

_SENT = (ConnectionResetError, ConnectionAbortedError, BrokenPipeError)
_NOT_FOR_WEBSOCKETS = frozenset({"accept", "accept-encoding", "connection"})

# The library's own log would show the key among the headers.
_log = logging.getLogger("daytona_httpx.websocket")
_log.setLevel(logging.WARNING)


def options(
    url: str, headers: Mapping[str, str], open_s: float | None, subprotocols: Sequence[str]
) -> dict[str, Any]:
    """Return what the library's ``connect`` takes, async or sync.

    Args:
        url: The URL, beginning with http.
        headers: The headers of the client's requests.
        open_s: Seconds until it must be open.
        subprotocols: What to offer.
    """
    given = {
        "uri": "ws" + url.removeprefix("http"),
        "additional_headers": {
            name: value for name, value in headers.items() if name not in _NOT_FOR_WEBSOCKETS
        },
        "user_agent_header": None,
        "subprotocols": list(subprotocols) or None,
        "compression": None,
        "open_timeout": open_s,
        "close_timeout": CLOSE_S,
        "ping_interval": PING_S,
        "ping_timeout": PING_S,
        "max_size": LONGEST_MESSAGE,
        "logger": _log,
    }
    return {**given, "ssl": httpx.create_ssl_context()} if url.startswith("https:") else given


def refused(error: InvalidStatus, url: str) -> DaytonaError:
    """Turn the answer to a request for a websocket into the error that any request would have met."""
    response = error.response
    headers, body = list(response.headers.raw_items()), bytes(response.body or b"")
    request = httpx.Request("GET", url)
    return error_of(httpx.Response(response.status_code, headers=headers, content=body, request=request))


def lost(error: Exception) -> httpx.RequestError:
    """Turn a missing answer into httpx's error: it tells what was never sent from what may have arrived."""
    words = str(error) or type(error).__name__
    if isinstance(error, TimeoutError):
        return httpx.ReadTimeout(words)
    if isinstance(error, ImportError) or (isinstance(error, OSError) and not isinstance(error, _SENT)):
        return httpx.ConnectError(words)
    return httpx.ReadError(words)
