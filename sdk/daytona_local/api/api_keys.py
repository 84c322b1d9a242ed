"""API keys: made with the server's own, which stands for the user's token; their values are answered once."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from daytona_local.api.fields import read
from daytona_local.api.guard import identity_of
from daytona_local.api.wire import moment
from daytona_local.api_keys import PERMISSIONS, ApiKey, Keys
from daytona_local.services import services
from daytona_local.users import USER_ID


def key_json(key: ApiKey) -> dict[str, Any]:
    """Return a key; of its value only the ends."""
    return {
        "name": key.name,
        "value": key.masked,
        "createdAt": moment(key.created_at),
        "permissions": key.permissions,
        "lastUsedAt": moment(key.last_used_at),
        "expiresAt": moment(key.expires_at),
        "userId": key.user_id,
        "organizationId": key.organization_id,
    }


def _keys(request: Request) -> Keys:
    return services(request).account.keys


async def list_all(request: Request) -> JSONResponse:
    """Return every key that was made."""
    return JSONResponse([key_json(key) for key in _keys(request).all()])


async def create(request: Request) -> JSONResponse:
    """Make a key."""
    with await read(request) as fields:
        name, permissions = fields.text("name"), fields.choices("permissions", PERMISSIONS)
        expires_at = fields.moment("expiresAt")
    key, value = _keys(request).create(name, permissions, expires_at)
    return JSONResponse({
        "name": key.name,
        "value": value,
        "createdAt": moment(key.created_at),
        "permissions": key.permissions,
        "expiresAt": moment(key.expires_at),
    }, 201)  # fmt: skip


async def get_current(request: Request) -> JSONResponse:
    """Return the key in use."""
    identity = identity_of(request)
    assert identity is not None
    return JSONResponse(key_json(identity.key))


async def get(request: Request) -> JSONResponse:
    """Return a key."""
    return JSONResponse(key_json(_keys(request).named(request.path_params["name"])))


async def delete(request: Request) -> Response:
    """Delete a key; it ends at once."""
    keys, path = _keys(request), request.path_params
    keys.remove(keys.named(path["name"], path.get("user_id", USER_ID)))
    return Response(status_code=204)


routes = [
    Route("/api-keys", list_all, methods=["GET"]),
    Route("/api-keys", create, methods=["POST"]),
    Route("/api-keys/current", get_current, methods=["GET"]),
    Route("/api-keys/{name}", get, methods=["GET"]),
    Route("/api-keys/{name}", delete, methods=["DELETE"]),
    Route("/api-keys/{user_id}/{name}", delete, methods=["DELETE"]),
]
