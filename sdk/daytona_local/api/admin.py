"""What administrators do with runners; the limits of organizations are in ``quotas``."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from daytona_local.api import runners
from daytona_local.api.fields import read
from daytona_local.runners import Runner
from daytona_local.services import services

VERSIONS = ("0", "2")


async def list_all(request: Request) -> JSONResponse:
    """Return the runners, or those of a region."""
    parts = services(request)
    found = parts.account.runners.in_region(request.query_params.get("regionId"))
    return JSONResponse([runners.full_json(runner, parts) for runner in found])


async def create(request: Request) -> JSONResponse:
    """Make a runner, whose key is given."""
    account = services(request).account
    with await read(request) as fields:
        key, version = fields.text("apiKey"), fields.choice("apiVersion", VERSIONS)
        runner = Runner(
            **runners.read_runner(fields),
            api_version=version,
            domain=fields.maybe_text("domain"),
            api_url=fields.maybe_text("apiUrl"),
            proxy_url=fields.maybe_text("proxyUrl"),
            cpu=fields.maybe_number("cpu", 0) or 0,
            memory_gib=fields.maybe_number("memoryGiB", 0) or 0,
            disk_gib=fields.maybe_number("diskGiB", 0) or 0,
        )
    account.regions.get(runner.region_id)
    return JSONResponse({"id": runner.id, "apiKey": account.runners.create(runner, key)}, 201)


async def set_scheduling(request: Request) -> Response:
    """Set whether a runner gets no new sandboxes."""
    await runners.unschedule(request)
    return Response(status_code=204)


routes = [
    Route("/admin/runners", list_all, methods=["GET"]),
    Route("/admin/runners", create, methods=["POST"]),
    Route("/admin/runners/{runner_id}", runners.get_full, methods=["GET"]),
    Route("/admin/runners/{runner_id}", runners.delete, methods=["DELETE"]),
    Route("/admin/runners/{runner_id}/scheduling", set_scheduling, methods=["PATCH"]),
]
