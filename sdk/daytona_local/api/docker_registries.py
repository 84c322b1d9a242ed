"""Docker registries; their passwords are never answered."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from daytona_local.api.fields import read
from daytona_local.api.wire import moment
from daytona_local.registries import Registries, Registry
from daytona_local.services import services


def registry_json(registry: Registry) -> dict[str, Any]:
    """Return a registry without its password."""
    return {
        "id": registry.id,
        "name": registry.name,
        "url": registry.url,
        "username": registry.username,
        "project": registry.project,
        "registryType": "organization",
        "createdAt": moment(registry.created_at),
        "updatedAt": moment(registry.updated_at),
    }


def _registries(request: Request) -> Registries:
    return services(request).account.registries


def _named(request: Request) -> Registry:
    return _registries(request).get(request.path_params["registry_id"])


async def list_all(request: Request) -> JSONResponse:
    """Return every registry."""
    return JSONResponse([registry_json(registry) for registry in _registries(request).all()])


async def create(request: Request) -> JSONResponse:
    """Make a registry; there may be others of its name."""
    with await read(request) as fields:
        registry = Registry(
            name=fields.text("name"),
            url=fields.url("url"),
            username=fields.text("username"),
            password=fields.text("password"),
            project=fields.maybe_text("project") or "",
        )
    return JSONResponse(registry_json(_registries(request).add(registry)), 201)


async def get(request: Request) -> JSONResponse:
    """Return a registry."""
    return JSONResponse(registry_json(_named(request)))


async def update(request: Request) -> JSONResponse:
    """Replace what a registry is; a password that isn't sent stays, a project is dropped."""
    registry = _named(request)
    with await read(request) as fields:
        changes = {
            "name": fields.text("name"),
            "url": fields.url("url"),
            "username": fields.text("username"),
            "password": fields.maybe_text("password") or registry.password,
            "project": fields.maybe_text("project") or "",
        }
    return JSONResponse(registry_json(_registries(request).change(registry, **changes)))


async def delete(request: Request) -> Response:
    """Delete a registry."""
    _registries(request).remove(_named(request))
    return Response(status_code=204)


routes = [
    Route("/docker-registry", list_all, methods=["GET"]),
    Route("/docker-registry", create, methods=["POST"]),
    Route("/docker-registry/{registry_id}", get, methods=["GET"]),
    Route("/docker-registry/{registry_id}", update, methods=["PATCH"]),
    Route("/docker-registry/{registry_id}", delete, methods=["DELETE"]),
]
