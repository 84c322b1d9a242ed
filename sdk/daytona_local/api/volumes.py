"""Volumes: folders that sandboxes mount."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from daytona_local.api import bodies
from daytona_local.api.wire import volume_json
from daytona_local.errors import InvalidError
from daytona_local.services import services


async def list_volumes(request: Request) -> JSONResponse:
    """Return every volume."""
    return JSONResponse([volume_json(volume) for volume in services(request).volumes.all()])


async def create(request: Request) -> JSONResponse:
    """Make a volume."""
    name = bodies.text(await bodies.json_object(request), "name")
    if name is None:
        raise InvalidError("name must be a string")
    parts = services(request)
    parts.account.quotas.admit_one(len(parts.volumes.all()), "volume")
    return JSONResponse(volume_json(parts.volumes.create(name)))


async def get(request: Request) -> JSONResponse:
    """Return a volume."""
    return JSONResponse(volume_json(services(request).volumes.get(request.path_params["volume_id"])))


async def get_by_name(request: Request) -> JSONResponse:
    """Return a volume by its name."""
    return JSONResponse(volume_json(services(request).volumes.named(request.path_params["name"])))


async def delete(request: Request) -> Response:
    """Delete a volume."""
    services(request).volumes.delete(request.path_params["volume_id"])
    return Response(status_code=200)


routes = [
    Route("/volumes", list_volumes, methods=["GET"]),
    Route("/volumes", create, methods=["POST"]),
    Route("/volumes/by-name/{name:path}", get_by_name, methods=["GET"]),
    Route("/volumes/{volume_id}", get, methods=["GET"]),
    Route("/volumes/{volume_id}", delete, methods=["DELETE"]),
]
