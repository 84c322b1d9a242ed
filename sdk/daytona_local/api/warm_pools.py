"""Warm pools: sandboxes of a snapshot that are ready before anyone asks."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from daytona_local.api.fields import Fields, read
from daytona_local.api.wire import moment
from daytona_local.services import services
from daytona_local.warm_pools import MOST, WarmPool


def pool_json(pool: WarmPool, size: int) -> dict[str, Any]:
    """Return a pool, with how many sandboxes are ready."""
    return {
        "id": pool.id,
        "organizationId": pool.organization_id,
        "snapshot": pool.snapshot,
        "target": pool.target,
        "pool": pool.pool,
        "currentSize": size,
        "cpu": pool.cpu,
        "mem": pool.memory,
        "disk": pool.disk,
        "osUser": pool.user,
        "env": {},
        "errorReason": pool.error_reason,
        "createdAt": moment(pool.created_at),
        "updatedAt": moment(pool.updated_at),
    }


def _answer(request: Request, pool: WarmPool, status: int = 200) -> JSONResponse:
    return JSONResponse(pool_json(pool, len(services(request).warm_pools.ready(pool.id))), status)


async def list_all(request: Request) -> JSONResponse:
    """Return every pool."""
    pools = services(request).warm_pools
    return JSONResponse([pool_json(pool, len(pools.ready(pool.id))) for pool in pools.all()])


async def create(request: Request) -> JSONResponse:
    """Make a pool."""
    parts = services(request)
    with await read(request) as fields:
        snapshot, pool = fields.text("snapshot"), _size(fields, 1)
        target = fields.maybe_text("target")
    made = parts.warm_pools.create(snapshot, pool, target or "")
    return _answer(request, made, 201)


async def update(request: Request) -> JSONResponse:
    """Set how many sandboxes are to be ready; 0 empties the pool."""
    pools = services(request).warm_pools
    pool = pools.get(request.path_params["pool_id"])
    with await read(request) as fields:
        size = _size(fields, 0)
    pools.resize(pool, size)
    return _answer(request, pool)


async def delete(request: Request) -> Response:
    """Delete a pool and the sandboxes in it."""
    pools = services(request).warm_pools
    pools.delete(pools.get(request.path_params["pool_id"]))
    return Response(status_code=204)


def _size(fields: Fields, least: int) -> int:
    size = fields.whole("pool", least)
    if size > MOST:
        fields.wrong.append(f"pool must not be greater than {MOST}")
    return size


routes = [
    Route("/warm-pools", list_all, methods=["GET"]),
    Route("/warm-pools", create, methods=["POST"]),
    Route("/warm-pools/{pool_id}", update, methods=["PATCH"]),
    Route("/warm-pools/{pool_id}", delete, methods=["DELETE"]),
]
