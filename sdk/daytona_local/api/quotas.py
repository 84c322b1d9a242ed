"""Quotas: the limits of organizations, and of them in a region; what is used of them now."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from daytona_local.api.fields import Fields, read
from daytona_local.api.organizations import change, named
from daytona_local.api.wire import moment
from daytona_local.quotas import CONTAINER, KINDS, RegionQuota
from daytona_local.services import services
from daytona_local.settings import ORGANIZATION_ID

LIMITS = {
    "maxCpuPerSandbox": "max_cpu_per_sandbox",
    "maxMemoryPerSandbox": "max_memory_per_sandbox",
    "maxDiskPerSandbox": "max_disk_per_sandbox",
    "snapshotQuota": "snapshot_quota",
    "maxSnapshotSize": "max_snapshot_size",
    "volumeQuota": "volume_quota",
    "secretQuota": "secret_quota",
    "maxSecretsPerSandbox": "max_secrets_per_sandbox",
    "snapshotDeactivationTimeoutMinutes": "snapshot_deactivation_timeout_minutes",
    "maxConcurrentSnapshotProcessing": "max_concurrent_snapshot_processing",
}
TOTALS = {f"total{name}Quota": f"total_{name.lower()}_quota" for name in ("Cpu", "Memory", "Disk", "Gpu")}
EACH = {
    "maxCpuPerSandbox": "max_cpu_per_sandbox",
    "maxMemoryPerSandbox": "max_memory_per_sandbox",
    "maxDiskPerSandbox": "max_disk_per_sandbox",
    "maxDiskPerNonEphemeralSandbox": "max_disk_per_non_ephemeral_sandbox",
    "maxCpuPerGpu": "max_cpu_per_gpu",
    "maxMemoryPerGpu": "max_memory_per_gpu",
    "maxDiskPerGpu": "max_disk_per_gpu",
    "maxSandboxLifespan": "max_sandbox_lifespan",
}
CLASSES = ("linux-vm", CONTAINER, "android", "windows")


def quota_json(quota: RegionQuota) -> dict[str, Any]:
    """Return a quota."""
    body = {
        "organizationId": quota.organization_id,
        "regionId": quota.region_id,
        "sandboxClass": quota.sandbox_class,
        **{name: getattr(quota, attribute) for name, attribute in {**TOTALS, **EACH}.items()},
    }
    return body | ({} if quota.allowed_gpu_types is None else {"allowedGpuTypes": quota.allowed_gpu_types})


async def update_limits(request: Request) -> Response:
    """Change an organization's limits; what is null or left out stays."""
    with await read(request) as fields:
        sent = {attribute: fields.maybe_number(name, 0) for name, attribute in LIMITS.items()}
    return change(request, **{name: value for name, value in sent.items() if value is not None})


async def update(request: Request) -> Response:
    """Change the limits in a region; they are made when there are none yet."""
    quotas, organization = services(request).account.quotas, named(request)
    region = services(request).account.regions.get(request.path_params["region_id"])
    with await read(request) as fields:
        sandbox_class, limits = fields.choice("sandboxClass", CLASSES, CONTAINER), _limits(fields)
    quotas.set(quotas.of(organization.id, region.id, sandbox_class), **limits)
    return Response(status_code=204)


async def create(request: Request) -> JSONResponse:
    """Set limits in a region that has none yet."""
    account, organization = services(request).account, named(request)
    region = account.regions.get(request.path_params["region_id"])
    with await read(request) as fields:
        sandbox_class, limits = fields.choice("sandboxClass", CLASSES), _limits(fields)
        fields.wrong += [f"{name} must be a number" for name in TOTALS if limits.get(TOTALS[name]) is None]
    quota = RegionQuota(
        organization_id=organization.id, region_id=region.id, sandbox_class=sandbox_class, **limits
    )
    return JSONResponse(quota_json(account.quotas.add(quota)), 201)


async def get(request: Request) -> JSONResponse:
    """Return the limits that were set in a region."""
    return JSONResponse(quota_json(_set(request)))


async def delete(request: Request) -> Response:
    """Take the limits in a region away."""
    services(request).account.quotas.remove(_set(request))
    return Response(status_code=204)


async def of_sandbox(request: Request) -> JSONResponse:
    """Return the limits that a sandbox counts for."""
    parts = services(request)
    sandbox = parts.lifecycle.find(request.path_params["sandbox"])
    quota = parts.account.quotas.of(sandbox.organization_id, sandbox.target, sandbox.sandbox_class)
    return JSONResponse(quota_json(quota))


async def usage(request: Request) -> JSONResponse:
    """Return what is used now of what may be used; only this server's own organization uses anything."""
    parts, organization = services(request), named(request)
    is_own = organization.id == ORGANIZATION_ID
    own_snapshots = [snapshot for snapshot in parts.snapshots if not snapshot.general]
    return JSONResponse({
        "regionUsage": [_region_usage(request, region.id) for region in parts.account.regions.shared()]
        if is_own
        else [],
        "totalSnapshotQuota": organization.snapshot_quota,
        "currentSnapshotUsage": len(own_snapshots) if is_own else 0,
        "totalVolumeQuota": organization.volume_quota,
        "currentVolumeUsage": len(parts.volumes.all()) if is_own else 0,
    })  # fmt: skip


async def classes(request: Request) -> JSONResponse:
    """Return which kinds of sandboxes can be made where: containers, in this server's region."""
    named(request)
    regions = services(request).account.regions.shared()
    return JSONResponse([
        {"regionId": region.id, "sandboxClass": CONTAINER, "gpuAvailable": False} for region in regions
    ])  # fmt: skip


async def gpus(request: Request) -> JSONResponse:
    """Return which GPUs are free: this server has none."""
    named(request)
    return JSONResponse({"observedAt": moment(services(request).settings.clock.now()), "capacity": []})


def _region_usage(request: Request, region_id: str) -> dict[str, Any]:
    quotas = services(request).account.quotas
    body = quota_json(quotas.of(ORGANIZATION_ID, region_id, CONTAINER))
    used = quotas.used(region_id, CONTAINER)
    shown = {
        name: value for name, value in body.items() if name not in ("organizationId", "maxSandboxLifespan")
    }
    return shown | {f"current{kind.capitalize()}Usage": used[kind] for kind in KINDS}


def _limits(fields: Fields) -> dict[str, Any]:
    sent = {attribute: fields.maybe_number(name, 0) for name, attribute in TOTALS.items()}
    sent |= {attribute: fields.maybe_number(name, 0) for name, attribute in EACH.items() if name in fields}
    if "allowedGpuTypes" in fields:
        sent["allowed_gpu_types"] = fields.texts("allowedGpuTypes", default=()) or None  # type: ignore[assignment]
    return sent


def _set(request: Request) -> RegionQuota:
    path = request.path_params
    quotas = services(request).account.quotas
    return quotas.must(named(request).id, path["region_id"], path["sandbox_class"])


routes = [
    Route("/organizations/{organization_id}/quota", update_limits, methods=["PATCH"]),
    Route("/organizations/{organization_id}/quota/{region_id}", update, methods=["PATCH"]),
    Route("/organizations/{organization_id}/usage", usage, methods=["GET"]),
    Route("/organizations/{organization_id}/available-sandbox-classes", classes, methods=["GET"]),
    Route("/organizations/{organization_id}/gpu-capacity", gpus, methods=["GET"]),
    Route("/sandbox/{sandbox}/region-quota", of_sandbox, methods=["GET"]),
    Route("/admin/organizations/{organization_id}/quota/{region_id}", create, methods=["POST"]),
    Route("/admin/organizations/{organization_id}/quota/{region_id}", update, methods=["PATCH"]),
    Route("/admin/organizations/{organization_id}/quota/{region_id}/{sandbox_class}", get, methods=["GET"]),
    Route(
        "/admin/organizations/{organization_id}/quota/{region_id}/{sandbox_class}",
        delete,
        methods=["DELETE"],
    ),
]
