"""Who may come in: requests to a loopback name, with the key, and of a bounded size."""

from __future__ import annotations

import re

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from daytona_local.api.answers import refusal
from daytona_local.api.bodies import LARGEST_BODY
from daytona_local.api_keys import Identity, Keys
from daytona_local.errors import NotFoundError
from daytona_local.toolbox.signed import signed_access, token_access

OPEN = frozenset(
    f"/api/{path}" for path in ("health", "health/ready", "config", "shared-regions", "audit/scenarios")
)
OWN_CHECK = frozenset({"/api/socket.io", "/api/socket.io/"})
"""The event stream: its clients show the key in their first packet."""

PAGE = re.compile(r"/dashboard(/(?!api/).*)?")
"""The files of the dashboard, which hold no data."""

STORE = "/s3"
"""Where the object store is, whose requests are signed."""

ENCODED = "path_is_encoded"
"""What a request's state says where its path is as it was sent, its parameters still to be decoded."""

NO_SLASH = "an encoded slash in a path of the toolbox names nothing; use a name without slashes"
"""What a real toolbox decodes before it looks for a route: the name is lost, or becomes another operation."""

HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
_HOST = re.compile(r"(\[[^]]*\]|[^:]*)(:\d+)?")


class Access:
    """Let in what may come in.

    Args:
        app: What the rest goes to.
        keys: One of which clients must send; handlers find whose it was in the request's state.
    """

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        scope, headers = _as_sent(scope), Headers(scope=scope)
        identity = self._identity(headers)
        scope.setdefault("state", {})["identity"] = identity
        if not _is_loopback(headers.get("host", "")):
            # A page of a foreign site could have its name lead here: its requests are not ours to answer.
            await _refuse(scope, receive, send, 403, "the Host header must be a loopback name")
        elif scope["type"] == "websocket" and not _is_own_page(headers):
            # A browser lets every page open websockets to here, and says only whose page it is.
            await _refuse(scope, receive, send, 403, "a page of another origin may open no websocket here")
        elif identity is None and not _needs_no_key(scope):
            await _refuse(scope, receive, send, 401, "Invalid credentials")
        elif scope["path"].startswith("/toolbox/") and _has_encoded_slash(scope):
            await _refuse(scope, receive, send, 404, NO_SLASH)
        elif scope["path"].startswith("/api/"):
            await self._bounded(_without_slash(scope), receive, send)
        else:
            await self._app(scope, receive, send)

    def _identity(self, headers: Headers) -> Identity | None:
        kind, _, key = headers.get("authorization", "").partition(" ")
        return self._keys.identify(key.strip()) if kind.lower() == "bearer" else None

    async def _bounded(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a body that is too long as the API does: as if the route weren't there."""
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > LARGEST_BODY:
                raise NotFoundError(f"Cannot {scope['method']} {scope['path']}")
            return message

        await self._app(scope, counted, send)


def _is_loopback(host: str) -> bool:
    match = _HOST.fullmatch(host)
    return match is not None and match[1].lower() in HOSTS


def _is_own_page(headers: Headers) -> bool:
    """Tell whether a websocket is opened by a page of this server, or by what is no browser."""
    origin = headers.get("origin")
    if origin is None:
        return True
    scheme, _, host = origin.partition("://")
    return scheme == "http" and _is_loopback(host) and _port_of(host) == _port_of(headers["host"])


def _port_of(host: str) -> str | None:
    match = _HOST.fullmatch(host)
    return match and match[2]


def _needs_no_key(scope: Scope) -> bool:
    """Tell whether a request needs no key: what is behind it is open, or checks for itself."""
    path = scope["path"]
    if path in OPEN | OWN_CHECK or path.startswith(f"{STORE}/") or PAGE.fullmatch(path):
        return True
    return signed_access(scope) or token_access(scope)


def _as_sent(scope: Scope) -> Scope:
    """Leave a path of the main API encoded where a name in it has a slash: decoded, it would be two names."""
    if not scope["path"].startswith("/api/") or not _has_encoded_slash(scope):
        return scope
    raw = scope["raw_path"].decode("latin-1")
    return {**scope, "path": raw, "state": {**scope.get("state", {}), ENCODED: True}}


def _has_encoded_slash(scope: Scope) -> bool:
    return b"%2f" in (scope.get("raw_path") or b"").lower()


def _without_slash(scope: Scope) -> Scope:
    path = scope["path"].rstrip("/")
    return {**scope, "path": path} if path != scope["path"] else scope


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, message: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 4000 + status, "reason": message})
        return
    request = Request(scope)
    await refusal(request.url.path, request.method, status, message)(scope, receive, send)
