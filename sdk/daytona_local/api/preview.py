"""Preview URLs, the keys that sign links, and what a proxy asks about both."""

from __future__ import annotations

import hmac
import re
import secrets

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from daytona_local.api import bodies
from daytona_local.api.sandboxes import found
from daytona_local.errors import InvalidError, NotFoundError
from daytona_local.records import Sandbox
from daytona_local.services import services

LONGEST_S = 24 * 60 * 60


async def preview_url(request: Request) -> JSONResponse:
    """Return the URL of a port, and the token that it needs; in every state of the sandbox."""
    sandbox, port = found(request), _port(request)
    url = await services(request).previews.url(sandbox, port)
    return JSONResponse({"sandboxId": sandbox.id, "url": url, "token": sandbox.auth_token})


async def signed_preview_url(request: Request) -> JSONResponse:
    """Return a new URL of a port that needs no token, for some time."""
    sandbox, port = found(request), _port(request)
    seconds = bodies.query_integer(request, "expiresInSeconds", 60, -bodies.INT32, bodies.INT32)
    if not 1 <= seconds <= LONGEST_S:
        raise InvalidError("expiresInSeconds must be between 1 second and 24 hours")
    token, url = await services(request).previews.signed_url(sandbox, port, seconds)
    return JSONResponse({"sandboxId": sandbox.id, "port": port, "token": token, "url": url})


async def expire_signed_preview_url(request: Request) -> Response:
    """End a signed URL; again is fine."""
    sandbox, port = found(request), _port(request)
    await services(request).previews.expire(sandbox, port, request.path_params["token"])
    return Response(status_code=201)


async def toolbox_proxy_url(request: Request) -> JSONResponse:
    """Return what the toolbox paths of a sandbox come after, with the sandbox's id between."""
    found(request)
    return JSONResponse({"url": f"{services(request).base_url}/toolbox"})


async def signing_key(request: Request) -> JSONResponse:
    """Return the key that signs a sandbox's links."""
    return JSONResponse(found(request).signing_key)


async def rotate_signing_key(request: Request) -> JSONResponse:
    """Replace the key: links that were signed with the old one end."""
    sandbox = found(request)
    services(request).sandboxes.change(sandbox, signing_key=secrets.token_urlsafe(32))
    return JSONResponse(sandbox.signing_key)


async def is_public(request: Request) -> JSONResponse:
    """Tell whether everyone may see a sandbox."""
    return _yes(request, _asked(request).public)


async def is_valid_auth_token(request: Request) -> JSONResponse:
    """Tell whether a token lets one see a sandbox."""
    given, token = request.path_params["token"], _asked(request).auth_token
    return _yes(request, hmac.compare_digest(given.encode(), token.encode()))


async def has_access(request: Request) -> JSONResponse:
    """Tell whether the caller may see a sandbox; whoever has the key may."""
    _asked(request)
    return JSONResponse(True)


async def sandbox_of_signed_url(request: Request) -> JSONResponse:
    """Return the sandbox of a signed URL's token."""
    token = request.path_params["token"]
    return JSONResponse(services(request).previews.sandbox_id(token, _port(request)))


async def signing_key_for_proxy(request: Request) -> JSONResponse:
    """Return the key that signs a sandbox's links."""
    return JSONResponse(_asked(request).signing_key)


async def preview_warning(request: Request) -> JSONResponse:
    """Tell whether a warning comes before a preview: never here."""
    return JSONResponse({"enabled": False})


def _port(request: Request) -> int:
    raw = str(request.path_params["port"])
    if re.fullmatch(r"[0-9]{1,5}", raw) is None or not 1 <= int(raw) <= 65535:
        raise InvalidError("Invalid port")
    return int(raw)


def _asked(request: Request) -> Sandbox:
    try:
        return found(request)
    except NotFoundError:
        raise _not_found(request) from None


def _yes(request: Request, answer: bool) -> JSONResponse:
    """Answer yes, or as if the sandbox weren't there: nobody learns from a no which ones there are."""
    if not answer:
        raise _not_found(request)
    return JSONResponse(True)


def _not_found(request: Request) -> NotFoundError:
    return NotFoundError(f"Sandbox with ID {request.path_params['sandbox']} not found")


_PORT = "/sandbox/{sandbox}/ports/{port}"

routes = [
    Route(f"{_PORT}/preview-url", preview_url, methods=["GET"]),
    Route(f"{_PORT}/signed-preview-url", signed_preview_url, methods=["GET"]),
    Route(f"{_PORT}/signed-preview-url/{{token}}/expire", expire_signed_preview_url, methods=["POST"]),
    Route("/sandbox/{sandbox}/toolbox-proxy-url", toolbox_proxy_url, methods=["GET"]),
    Route("/sandbox/{sandbox}/signing-key", signing_key, methods=["GET"]),
    Route("/sandbox/{sandbox}/signing-key/rotate", rotate_signing_key, methods=["POST"]),
    Route("/preview/{sandbox}/public", is_public, methods=["GET"]),
    Route("/preview/{sandbox}/validate/{token}", is_valid_auth_token, methods=["GET"]),
    Route("/preview/{sandbox}/access", has_access, methods=["GET"]),
    Route("/preview/{sandbox}/signing-key", signing_key_for_proxy, methods=["GET"]),
    Route("/preview/{sandbox}/preview-warning", preview_warning, methods=["GET"]),
    Route("/preview/{token}/{port}/sandbox-id", sandbox_of_signed_url, methods=["GET"]),
]
