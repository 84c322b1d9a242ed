"""Secrets: made, listed, changed and deleted; their values are never answered."""

from __future__ import annotations

import base64
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from daytona_local.api import bodies
from daytona_local.api.fields import read
from daytona_local.api.secret_variables import refresh
from daytona_local.api.wire import moment
from daytona_local.errors import InvalidError
from daytona_local.services import services
from daytona_local.vault import Secret, Secrets, check

SORTS = {"name": "name", "createdAt": "created_at", "updatedAt": "updated_at"}


def secret_json(secret: Secret) -> dict[str, Any]:
    """Return a secret without its value."""
    body = {
        "id": secret.id,
        "name": secret.name,
        "placeholder": secret.placeholder,
        "hosts": secret.hosts,
        "createdAt": moment(secret.created_at),
        "updatedAt": moment(secret.updated_at),
    }
    return body | ({} if secret.description is None else {"description": secret.description})


def _secrets(request: Request) -> Secrets:
    return services(request).account.secrets


async def create(request: Request) -> JSONResponse:
    """Make a secret."""
    with await read(request) as fields:
        secret = Secret(
            name=fields.text("name"),
            value=fields.text("value"),
            description=fields.maybe_text("description"),
            hosts=fields.texts("hosts", default=()),
        )
    services(request).account.quotas.admit_one(len(_secrets(request).all()), "secret")
    return JSONResponse(secret_json(_secrets(request).create(secret)), 201)


async def list_all(request: Request) -> JSONResponse:
    """Return every secret."""
    return JSONResponse([secret_json(secret) for secret in _secrets(request).all()])


async def list_pages(request: Request) -> JSONResponse:
    """Return a piece of the list, and where the next begins."""
    limit = bodies.query_integer(request, "limit", 100, 1, 200)
    chosen, sort, is_descending = _chosen(request)
    left = _after(request.query_params.get("cursor"), chosen, sort, is_descending)
    return JSONResponse({
        "items": [secret_json(secret) for secret in left[:limit]],
        "total": len(chosen),
        "nextCursor": _cursor(left[limit - 1], sort) if len(left) > limit else None,
    })  # fmt: skip


async def get(request: Request) -> JSONResponse:
    """Return a secret."""
    return JSONResponse(secret_json(_secrets(request).get(request.path_params["secret_id"])))


async def update(request: Request) -> JSONResponse:
    """Change a secret; the sandboxes that have it get its new value for what they start from now on."""
    secret = _secrets(request).get(request.path_params["secret_id"])
    with await read(request) as fields:
        value, description = fields.maybe_text("value"), fields.maybe_text("description")
        hosts = fields.texts("hosts", default=secret.hosts)
    check(value or "", hosts)
    changes = {} if value is None else {"value": value}
    changes |= {} if description is None else {"description": description}
    _secrets(request).change(secret, hosts=hosts, **changes)
    if value is not None:
        await refresh(services(request), secret)
    return JSONResponse(secret_json(secret))


async def delete(request: Request) -> Response:
    """Delete a secret; a sandbox that runs keeps what it was given until it stops."""
    secrets = _secrets(request)
    secrets.remove(secrets.get(request.path_params["secret_id"]))
    return Response(status_code=204)


def _chosen(request: Request) -> tuple[list[Secret], str, bool]:
    query = request.query_params
    sort, order = query.get("sort") or "createdAt", query.get("order") or "desc"
    if sort not in SORTS:
        raise InvalidError(f"sort must be one of the following values: {', '.join(SORTS)}")
    if order not in ("asc", "desc"):
        raise InvalidError("order must be one of the following values: asc, desc")
    found = [secret for secret in _secrets(request).all() if query.get("name", "") in secret.name]
    is_descending = order == "desc"
    return sorted(found, key=lambda secret: _place(secret, sort), reverse=is_descending), sort, is_descending


def _place(secret: Secret, sort: str) -> tuple[Any, str]:
    return getattr(secret, SORTS[sort]), secret.id


def _cursor(secret: Secret, sort: str) -> str:
    return base64.urlsafe_b64encode(json.dumps(_place(secret, sort)).encode()).decode()


def _after(cursor: str | None, chosen: list[Secret], sort: str, is_descending: bool) -> list[Secret]:
    """Return what comes after a cursor; the secret that it was made from may be gone by now."""
    if not cursor:
        return chosen
    try:
        value, secret_id = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        last = (value, secret_id)
        return [one for one in chosen if (_place(one, sort) < last) == is_descending and one.id != secret_id]
    except (ValueError, TypeError):
        raise InvalidError(f"Invalid cursor provided: {cursor}") from None


routes = [
    Route("/secret", create, methods=["POST"]),
    Route("/secret", list_all, methods=["GET"]),
    Route("/secret/paginated", list_pages, methods=["GET"]),
    Route("/secret/{secret_id}", get, methods=["GET"]),
    Route("/secret/{secret_id}", update, methods=["PATCH"]),
    Route("/secret/{secret_id}", delete, methods=["DELETE"]),
]
