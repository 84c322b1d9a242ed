"""Runners: this server itself, and others, which are records. The keys of runners are answered once."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from daytona_local.api.fields import Fields, read
from daytona_local.api.wire import DAEMON_VERSION, moment
from daytona_local.errors import ForbiddenError, NotFoundError
from daytona_local.regions import SHARED
from daytona_local.runners import RUNNER_ID, Runner
from daytona_local.services import Services, services

CLASSES = ("container", "linux-vm", "windows")


def runner_json(runner: Runner, parts: Services) -> dict[str, Any]:
    """Return a runner; of this server also what its sandboxes have."""
    body = {
        "id": runner.id,
        "name": runner.name,
        "region": runner.region_id,
        "state": runner.state,
        "unschedulable": runner.unschedulable,
        "draining": runner.draining,
        "tags": runner.tags,
        "sandboxClass": runner.sandbox_class,
        "cpu": runner.cpu,
        "memory": runner.memory_gib,
        "disk": runner.disk_gib,
        "gpu": 0,
        "createdAt": moment(runner.created_at),
        "updatedAt": moment(runner.updated_at),
        "version": runner.api_version,
        "apiVersion": runner.api_version,
        "runnerClass": "container",
    }
    addresses = {"domain": runner.domain, "apiUrl": runner.api_url, "proxyUrl": runner.proxy_url}
    body |= {name: value for name, value in addresses.items() if value is not None}
    return body | (_allocated(parts) if runner.id == RUNNER_ID else {})


def full_json(runner: Runner, parts: Services) -> dict[str, Any]:
    """Return a runner as services and administrators see it; its key isn't kept, so it is empty."""
    region = parts.account.regions.get(runner.region_id)
    return {**runner_json(runner, parts), "apiKey": "", "regionType": region.region_type}


async def list_all(request: Request) -> JSONResponse:
    """Return the runners, or those of a region."""
    parts = services(request)
    found = parts.account.runners.in_region(request.query_params.get("regionId"))
    return JSONResponse([runner_json(runner, parts) for runner in found])


async def get(request: Request) -> JSONResponse:
    """Return a runner."""
    return _answer(request, _named(request))


async def get_full(request: Request) -> JSONResponse:
    """Return a runner with all that is known of it."""
    return JSONResponse(full_json(_named(request), services(request)))


async def of_sandbox(request: Request) -> JSONResponse:
    """Return the runner of a sandbox: this server, unless it is archived."""
    parts = services(request)
    sandbox = parts.lifecycle.find(request.path_params["sandbox"])
    if sandbox.state == "archived":
        raise NotFoundError(f"Sandbox with ID {sandbox.id} does not have a runner")
    return JSONResponse(full_json(parts.account.runners.this, parts))


async def create(request: Request) -> JSONResponse:
    """Make a runner in a region of the organization's own."""
    account = services(request).account
    with await read(request) as fields:
        runner = Runner(**read_runner(fields))
    if account.regions.get(runner.region_id).region_type == SHARED:
        raise ForbiddenError("Access denied")
    key = account.runners.create(runner)
    return JSONResponse({"id": runner.id, "apiKey": key}, 201)


async def set_scheduling(request: Request) -> JSONResponse:
    """Set whether a runner gets no new sandboxes."""
    return _answer(request, await unschedule(request))


async def set_draining(request: Request) -> JSONResponse:
    """Set whether a runner is being emptied; this server then takes no new sandboxes, and moves none."""
    runner = _named(request)
    with await read(request) as fields:
        draining = fields.flag("draining")
    return _answer(request, services(request).account.runners.change(runner, draining=draining))


async def delete(request: Request) -> Response:
    """Delete a runner."""
    services(request).account.runners.delete(_named(request))
    return Response(status_code=204)


async def unschedule(request: Request) -> Runner:
    """Set whether the runner that the path names gets no new sandboxes, and return it."""
    runner = _named(request)
    with await read(request) as fields:
        unschedulable = fields.flag("unschedulable")
    return services(request).account.runners.change(runner, unschedulable=unschedulable)


def read_runner(fields: Fields) -> dict[str, Any]:
    """Return what a body says of a new runner."""
    return {
        "region_id": fields.text("regionId"),
        "name": fields.text("name"),
        "tags": fields.texts("tags", default=()),
        "sandbox_class": fields.choice("sandboxClass", CLASSES, CLASSES[0]),
    }


def _answer(request: Request, runner: Runner) -> JSONResponse:
    return JSONResponse(runner_json(runner, services(request)))


def _named(request: Request) -> Runner:
    return services(request).account.runners.get(request.path_params["runner_id"])


def _allocated(parts: Services) -> dict[str, Any]:
    used = parts.account.quotas.used_everywhere()
    return {
        "currentAllocatedCpu": used["cpu"],
        "currentAllocatedMemoryGiB": used["memory"],
        "currentAllocatedDiskGiB": used["disk"],
        "currentSnapshotCount": len(parts.snapshots),
        "currentStartedSandboxes": sum(sandbox.state == "started" for sandbox in parts.sandboxes),
        "lastChecked": moment(parts.settings.clock.now()),
        "appVersion": DAEMON_VERSION,
    }


routes = [
    Route("/runners", list_all, methods=["GET"]),
    Route("/runners", create, methods=["POST"]),
    Route("/runners/by-sandbox/{sandbox}", of_sandbox, methods=["GET"]),
    Route("/runners/{runner_id}", get, methods=["GET"]),
    Route("/runners/{runner_id}", delete, methods=["DELETE"]),
    Route("/runners/{runner_id}/full", get_full, methods=["GET"]),
    Route("/runners/{runner_id}/scheduling", set_scheduling, methods=["PATCH"]),
    Route("/runners/{runner_id}/draining", set_draining, methods=["PATCH"]),
]
