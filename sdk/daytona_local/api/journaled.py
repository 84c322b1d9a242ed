"""Keep the journal: note each request when it has been answered."""

from __future__ import annotations

import re
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from daytona_local.api.local import PREFIX
from daytona_local.journal import Entry, Journal

UNNOTED = (PREFIX, "/dashboard")
"""What looks at the journal is not in it."""

_SOURCE = b"x-daytona-source"
_MARKS = ("/validate/", "/signed-preview-url/", "/by-sandbox-auth-token/", "/sandbox-id")
_TOKEN = re.compile(
    r"(/validate/|/signed-preview-url/|/by-sandbox-auth-token/)[^/]+|(/preview/)[^/]+(?=/[^/]+/sandbox-id)"
)


class Journaled:
    """Note requests in the journal.

    Args:
        app: What they go to.
        journal: The journal.
    """

    def __init__(self, app: ASGIApp, journal: Journal) -> None:
        self._app = app
        self._journal = journal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http" or scope["path"].startswith(UNNOTED):
            await self._app(scope, receive, send)
            return
        at, began, status = time.time(), time.monotonic(), 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            seconds = time.monotonic() - began
            path = without_tokens(scope["path"])
            self._journal.add(Entry(at, scope["method"], path, status, seconds, _source(scope)))


def without_tokens(path: str) -> str:
    """Return a path without the tokens that some operations have in it."""
    if not any(mark in path for mark in _MARKS):
        return path  # most have none, and the search takes longer than all else here
    return _TOKEN.sub(lambda found: f"{found[1] or found[2]}***", path)


def _source(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == _SOURCE:
            return str(value, "latin-1")
    return ""
