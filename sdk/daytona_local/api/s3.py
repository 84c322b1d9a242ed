"""What all requests to the object store have in common: signatures, bodies, and how they are refused."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response

from daytona_local.errors import ForbiddenError, InvalidError, NotFoundError, RefusedError, ThrottledError
from daytona_local.services import services
from daytona_local.settings import ORGANIZATION_ID
from daytona_local.upload_keys import SignedRequest

BUCKET = "contexts"
Handler = Callable[[Request], Awaitable[Response]]

_SHA256 = re.compile(r"[0-9a-f]{64}")
_CODES: dict[type[RefusedError], tuple[int, str]] = {
    ForbiddenError: (403, "AccessDenied"),
    NotFoundError: (404, "NoSuchKey"),
    InvalidError: (400, "InvalidRequest"),
    ThrottledError: (503, "SlowDown"),
}


def signed(handler: Handler) -> Handler:
    """Return a handler that is reached by signed requests only, and refuses in the store's own way."""

    async def handle(request: Request) -> Response:
        try:
            _check(request)
            return await handler(request)
        except RefusedError as error:
            return _refused(error)

    return handle


def content_hash(request: Request) -> str:
    """Return the hash that a request says its body has.

    Raises:
        InvalidError: It says none: what is not signed is not taken in.
    """
    expected = request.headers["x-amz-content-sha256"]
    if not _SHA256.fullmatch(expected):
        raise InvalidError("x-amz-content-sha256 must be the hash of the body")
    return expected


async def pieces(request: Request) -> AsyncIterator[bytes]:
    """Yield a request's body.

    Raises:
        InvalidError: It was not what was signed, which shows at its end only.
    """
    expected, digest = content_hash(request), hashlib.sha256()
    async for piece in request.stream():
        digest.update(piece)
        yield piece
    if digest.hexdigest() != expected:
        raise InvalidError("the body is not what was signed", "XAmzContentSHA256Mismatch")


def xml(name: str, **fields: str) -> Response:
    """Return an answer: an element with others in it."""
    inner = "".join(f"<{field}>{escape(value)}</{field}>" for field, value in fields.items())
    return _xml(f'<{name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{inner}</{name}>', 200)


def _check(request: Request) -> None:
    raw_path = request.scope.get("raw_path") or request.url.path.encode()
    headers = {name.lower(): value for name, value in request.headers.items()}
    sent = SignedRequest(request.method, raw_path.decode("latin-1"), request.url.query, headers)
    services(request).upload_keys.check(sent)
    place = request.path_params
    if (place["bucket"], place["organization_id"]) != (BUCKET, ORGANIZATION_ID):
        raise ForbiddenError("the keys are for another place")


def _refused(error: RefusedError) -> Response:
    status, code = _CODES[type(error)]
    message = escape(error.message)
    return _xml(f"<Error><Code>{error.code or code}</Code><Message>{message}</Message></Error>", status)


def _xml(text: str, status: int) -> Response:
    return Response(f'<?xml version="1.0" encoding="UTF-8"?>{text}', status, media_type="application/xml")
