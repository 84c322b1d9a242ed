"""Snapshots: what sandboxes are made from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from daytona_local.api import bodies
from daytona_local.api.new_snapshot import new_snapshot
from daytona_local.api.wire import snapshot_json
from daytona_local.errors import InvalidError
from daytona_local.records import Snapshot
from daytona_local.services import services

SORTS: dict[str, Callable[[Snapshot], Any]] = {
    "name": lambda snapshot: snapshot.name,
    "state": lambda snapshot: snapshot.state,
    "lastUsedAt": lambda snapshot: snapshot.last_used_at or 0.0,
    "createdAt": lambda snapshot: snapshot.created_at,
}


async def list_snapshots(request: Request) -> JSONResponse:
    """Return a page of the snapshots."""
    limit = bodies.query_integer(request, "limit", 100, 1, 200)
    page = bodies.query_integer(request, "page", 1, 1, bodies.INT32)
    chosen = _chosen(request)
    return JSONResponse({
        "items": [snapshot_json(snapshot) for snapshot in chosen[(page - 1) * limit : page * limit]],
        "total": len(chosen),
        "page": page,
        "totalPages": -(-len(chosen) // limit),
    })  # fmt: skip


async def create(request: Request) -> JSONResponse:
    """Make a snapshot; it doesn't wait."""
    parts = services(request)
    snapshot = new_snapshot(await bodies.json_object(request), parts)
    parts.snapshot_lifecycle.create(snapshot)
    return JSONResponse(snapshot_json(snapshot))


async def get(request: Request) -> JSONResponse:
    """Return a snapshot by id or name."""
    snapshot = services(request).snapshot_lifecycle.find(request.path_params["snapshot"])
    return JSONResponse(snapshot_json(snapshot))


async def remove(request: Request) -> Response:
    """Remove a snapshot by its id."""
    services(request).snapshot_lifecycle.remove(_by_id(request))
    return Response(status_code=200)


async def activate(request: Request) -> JSONResponse:
    """Switch a snapshot on."""
    snapshot = _by_id(request)
    services(request).snapshot_lifecycle.activate(snapshot)
    return JSONResponse(snapshot_json(snapshot))


async def deactivate(request: Request) -> Response:
    """Switch a snapshot off."""
    services(request).snapshot_lifecycle.deactivate(_by_id(request))
    return Response(status_code=204)


def _by_id(request: Request) -> Snapshot:
    """Return the snapshot that the path names by its id; a name is only good for looking."""
    name = request.path_params["snapshot"]
    snapshot = services(request).snapshot_lifecycle.find(name)
    if snapshot.id != name:
        raise InvalidError("Validation failed (uuid is expected)")
    return snapshot


def _chosen(request: Request) -> list[Snapshot]:
    query = request.query_params
    sort, order = query.get("sort") or "lastUsedAt", query.get("order") or "desc"
    if sort not in SORTS:
        raise InvalidError(f"sort must be one of the following values: {', '.join(SORTS)}")
    found = [
        snapshot
        for snapshot in services(request).snapshots
        if query.get("name", "") in snapshot.name
        and query.get("sourceSandboxId") in (None, snapshot.source_sandbox_id)
    ]
    return sorted(found, key=SORTS[sort], reverse=order == "desc")


routes = [
    Route("/snapshots", list_snapshots, methods=["GET"]),
    Route("/snapshots", create, methods=["POST"]),
    Route("/snapshots/{snapshot:path}/activate", activate, methods=["POST"]),
    Route("/snapshots/{snapshot:path}/deactivate", deactivate, methods=["POST"]),
    Route("/snapshots/{snapshot:path}", get, methods=["GET"]),
    Route("/snapshots/{snapshot:path}", remove, methods=["DELETE"]),
]
