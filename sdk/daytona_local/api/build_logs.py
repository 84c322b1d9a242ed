"""The logs of builds: where they are, and what is in them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from daytona_local.api.sandboxes import found
from daytona_local.errors import NotFoundError
from daytona_local.records import Build
from daytona_local.services import services

TEXT = "text/plain; charset=utf-8"


async def sandbox_url(request: Request) -> JSONResponse:
    """Return where the log of a sandbox's build is."""
    sandbox = found(request)
    _must_be_built(sandbox.build, f"Sandbox {sandbox.id}")
    return JSONResponse({"url": f"{services(request).base_url}/api/sandbox/{sandbox.id}/build-logs"})


async def sandbox_log(request: Request) -> Response:
    """Return the log of a sandbox's build."""
    sandbox = found(request)
    return _log(request, sandbox.build, f"Sandbox {sandbox.id}")


async def snapshot_url(request: Request) -> JSONResponse:
    """Return where the log of a snapshot's build is."""
    snapshot = services(request).snapshot_lifecycle.find(request.path_params["snapshot"])
    _must_be_built(snapshot.build, f"Snapshot {snapshot.id}")
    return JSONResponse({"url": f"{services(request).base_url}/api/snapshots/{snapshot.id}/build-logs"})


async def snapshot_log(request: Request) -> Response:
    """Return the log of a snapshot's build."""
    snapshot = services(request).snapshot_lifecycle.find(request.path_params["snapshot"])
    return _log(request, snapshot.build, f"Snapshot {snapshot.id}")


def _must_be_built(build: Build | None, owner: str) -> Build:
    if build is None:
        raise NotFoundError(f"{owner} has no build log, or none yet")
    return build


def _log(request: Request, build: Build | None, owner: str) -> Response:
    build, builds = _must_be_built(build, owner), services(request).builds
    if builds.log(build) is None:
        raise NotFoundError(f"{owner} has no build log, or none yet")
    if request.query_params.get("follow") == "true":
        return StreamingResponse(builds.follow(build), media_type=TEXT)
    return Response(builds.read(build), media_type=TEXT)


routes = [
    Route("/sandbox/{sandbox}/build-logs-url", sandbox_url, methods=["GET"]),
    Route("/sandbox/{sandbox}/build-logs", sandbox_log, methods=["GET"]),
    Route("/snapshots/{snapshot:path}/build-logs-url", snapshot_url, methods=["GET"]),
    Route("/snapshots/{snapshot:path}/build-logs", snapshot_log, methods=["GET"]),
]
