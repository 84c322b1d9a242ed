"""Sandboxes: make, find, start, stop, archive, resize and delete them."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from daytona_local.api import bodies
from daytona_local.api.new_sandbox import new_sandbox
from daytona_local.api.wire import sandbox_json
from daytona_local.records import Sandbox
from daytona_local.services import services


def found(request: Request) -> Sandbox:
    """Return the sandbox that the path names, by id or name.

    Raises:
        NotFoundError: There is none.
    """
    return services(request).lifecycle.find(request.path_params["sandbox"])


def answer(request: Request, sandbox: Sandbox, status: int = 200, **changes: Any) -> JSONResponse:
    """Answer with a sandbox."""
    return JSONResponse({**sandbox_json(sandbox, services(request).base_url), **changes}, status)


async def create(request: Request) -> JSONResponse:
    """Make a sandbox; this blocks until it is started, and answers as it was before that.

    One that a warm pool has ready is answered at once, and as it is: started.
    """
    parts = services(request)
    sandbox = new_sandbox(await bodies.json_object(request), parts)
    if (warm := parts.warm_pools.take(sandbox)) is not None:
        return answer(request, warm)
    parts.lifecycle.create(sandbox)
    body = sandbox_json(sandbox, parts.base_url)
    if sandbox.build is None:
        await parts.lifecycle.settled(sandbox)
    return JSONResponse(body)


async def get(request: Request) -> JSONResponse:
    """Return a sandbox."""
    return answer(request, found(request))


async def delete(request: Request) -> JSONResponse:
    """Delete a sandbox."""
    return answer(request, services(request).lifecycle.delete(found(request)))


async def start(request: Request) -> JSONResponse:
    """Start a sandbox; this blocks until it is started, unless it was archived."""
    sandbox, lifecycle = found(request), services(request).lifecycle
    if lifecycle.start(sandbox):
        await lifecycle.settled(sandbox)
    return answer(request, sandbox)


async def stop(request: Request) -> JSONResponse:
    """Stop a sandbox; an ephemeral one is deleted."""
    return answer(request, services(request).lifecycle.stop(found(request)))


async def archive(request: Request) -> JSONResponse:
    """Archive a stopped sandbox."""
    sandbox = found(request)
    services(request).lifecycle.archive(sandbox)
    return answer(request, sandbox)


async def recover(request: Request) -> JSONResponse:
    """Recover a sandbox from an error."""
    sandbox, lifecycle = found(request), services(request).lifecycle
    lifecycle.recover(sandbox)
    await lifecycle.settled(sandbox)
    return answer(request, sandbox)


async def resize(request: Request) -> JSONResponse:
    """Change the sizes."""
    sandbox = found(request)
    body = await bodies.json_object(request)
    sizes = {name: bodies.integer(body, name, 1) for name in ("cpu", "memory", "disk")}
    wanted = {name: size for name, size in sizes.items() if size is not None}
    for name, size in wanted.items():
        services(request).account.quotas.check_size(name, size, sandbox.target)
    services(request).lifecycle.resize(sandbox, wanted)
    return answer(request, sandbox)


async def touch(request: Request) -> JSONResponse:
    """Take note of activity."""
    sandbox = found(request)
    services(request).lifecycle.touch(sandbox)
    return JSONResponse(None, 201)


routes = [
    Route("/sandbox", create, methods=["POST"]),
    Route("/sandbox/{sandbox}", get, methods=["GET"]),
    Route("/sandbox/{sandbox}", delete, methods=["DELETE"]),
    Route("/sandbox/{sandbox}/start", start, methods=["POST"]),
    Route("/sandbox/{sandbox}/stop", stop, methods=["POST"]),
    Route("/sandbox/{sandbox}/archive", archive, methods=["POST"]),
    Route("/sandbox/{sandbox}/recover", recover, methods=["POST"]),
    Route("/sandbox/{sandbox}/resize", resize, methods=["POST"]),
    Route("/sandbox/{sandbox}/last-activity", touch, methods=["POST"]),
]
