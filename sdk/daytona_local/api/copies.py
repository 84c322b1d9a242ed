"""Copies of a sandbox: forks, snapshots and backups; and pauses, which keep what runs in memory."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from daytona_local.api import bodies
from daytona_local.api.new_sandbox import sandbox_name
from daytona_local.api.new_snapshot import admit_one, snapshot_name
from daytona_local.api.sandboxes import answer, found
from daytona_local.api.wire import sandbox_json
from daytona_local.errors import NotFoundError
from daytona_local.records import Sandbox
from daytona_local.services import services


async def fork(request: Request) -> JSONResponse:
    """Make a sandbox with the same files; it doesn't wait."""
    sandbox = found(request)
    name = sandbox_name(await bodies.json_object(request))
    return answer(request, services(request).copying.fork(sandbox, name or ""))


async def forks(request: Request) -> JSONResponse:
    """Return the forks of a sandbox."""
    with_destroyed = request.query_params.get("includeDestroyed") == "true"
    return _list(request, services(request).copying.forks(found(request), with_destroyed=with_destroyed))


async def parent(request: Request) -> JSONResponse:
    """Return what a sandbox is a fork of."""
    sandbox = found(request)
    forked = services(request).copying.parent(sandbox)
    if forked is None:
        raise NotFoundError(f"Sandbox {sandbox.id} has no parent")
    return answer(request, forked)


async def ancestors(request: Request) -> JSONResponse:
    """Return what a sandbox is a fork of, and what that is a fork of, and so on."""
    copying, chain = services(request).copying, [found(request)]
    while (older := copying.parent(chain[-1])) is not None:
        chain.append(older)
    return _list(request, chain[1:])


async def snapshot(request: Request) -> JSONResponse:
    """Make a snapshot of a sandbox; it doesn't wait."""
    sandbox = found(request)
    body = await bodies.json_object(request)
    with_memory = bodies.flag(body, "includeMemory") or False
    name = snapshot_name(body)
    admit_one(services(request))
    services(request).copying.snapshot(sandbox, name, with_memory=with_memory)
    return answer(request, sandbox)


async def back_up(request: Request) -> JSONResponse:
    """Back a sandbox up; it doesn't wait."""
    sandbox = found(request)
    services(request).copying.back_up(sandbox)
    return answer(request, sandbox, 201)


async def pause(request: Request) -> JSONResponse:
    """Pause a sandbox; it doesn't wait."""
    sandbox = found(request)
    services(request).lifecycle.pause(sandbox)
    return answer(request, sandbox)


def _list(request: Request, sandboxes: list[Sandbox]) -> JSONResponse:
    base_url = services(request).base_url
    return JSONResponse([sandbox_json(sandbox, base_url) for sandbox in sandboxes])


routes = [
    Route("/sandbox/{sandbox}/fork", fork, methods=["POST"]),
    Route("/sandbox/{sandbox}/forks", forks, methods=["GET"]),
    Route("/sandbox/{sandbox}/parent", parent, methods=["GET"]),
    Route("/sandbox/{sandbox}/ancestors", ancestors, methods=["GET"]),
    Route("/sandbox/{sandbox}/snapshot", snapshot, methods=["POST"]),
    Route("/sandbox/{sandbox}/backup", back_up, methods=["POST"]),
    Route("/sandbox/{sandbox}/pause", pause, methods=["POST"]),
]
