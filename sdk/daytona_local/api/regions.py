"""Regions: the shared one, where everything runs, and an organization's own, which are records."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from daytona_local.api.fields import Fields, read
from daytona_local.api.wire import moment
from daytona_local.errors import PreconditionError
from daytona_local.regions import SHARED, SNAPSHOT_MANAGER_USER, Region, Regions
from daytona_local.services import services

URLS = {
    "proxyUrl": "proxy_url",
    "sshGatewayUrl": "ssh_gateway_url",
    "snapshotManagerUrl": "snapshot_manager_url",
    "otelEndpoint": "otel_endpoint",
}


def region_json(region: Region) -> dict[str, Any]:
    """Return a region."""
    return {
        "id": region.id,
        "name": region.name,
        "organizationId": None if region.region_type == SHARED else region.organization_id,
        "regionType": region.region_type,
        "createdAt": moment(region.created_at),
        "updatedAt": moment(region.updated_at),
        **{name: getattr(region, attribute) for name, attribute in URLS.items()},
    }


def _regions(request: Request) -> Regions:
    return services(request).account.regions


def _own(request: Request) -> Region:
    return _regions(request).own(request.path_params["region_id"])


async def list_available(request: Request) -> JSONResponse:
    """Return every region."""
    return JSONResponse([region_json(region) for region in _regions(request).available()])


async def list_shared(request: Request) -> JSONResponse:
    """Return the shared regions."""
    return JSONResponse([region_json(region) for region in _regions(request).shared()])


async def get(request: Request) -> JSONResponse:
    """Return a region."""
    return JSONResponse(region_json(_regions(request).get(request.path_params["region_id"])))


async def create(request: Request) -> JSONResponse:
    """Make a region; the keys of its services are only in this answer."""
    with await read(request) as fields:
        region = Region(name=fields.text("name"), **_urls(fields))
    regions = _regions(request)
    regions.create(region)
    body: dict[str, Any] = {"id": region.id, **dict.fromkeys(("proxyApiKey", "sshGatewayApiKey"))}
    if region.proxy_url:
        body["proxyApiKey"] = regions.new_service_key(region, "proxy")
    if region.ssh_gateway_url:
        body["sshGatewayApiKey"] = regions.new_service_key(region, "ssh_gateway")
    manager: tuple[str | None, str | None] = (None, None)
    if region.snapshot_manager_url:
        manager = (SNAPSHOT_MANAGER_USER, regions.new_service_key(region, "snapshot_manager"))
    body["snapshotManagerUsername"], body["snapshotManagerPassword"] = manager
    return JSONResponse(body, 201)


async def update(request: Request) -> Response:
    """Change where a region's services are; null clears one."""
    region = _own(request)
    with await read(request) as fields:
        urls = _urls(fields)
    _regions(request).change(region, **urls)
    return Response(status_code=200)


async def delete(request: Request) -> Response:
    """Delete a region that has no runners."""
    region, account = _own(request), services(request).account
    if account.runners.in_region(region.id):
        raise PreconditionError("Cannot delete region which has runners associated with it")
    account.regions.remove(region)
    return Response(status_code=204)


async def regenerate_proxy_key(request: Request) -> JSONResponse:
    """Give the region's proxy a new key."""
    return JSONResponse({"apiKey": _regions(request).new_service_key(_own(request), "proxy")})


async def regenerate_ssh_gateway_key(request: Request) -> JSONResponse:
    """Give the region's SSH gateway a new key."""
    return JSONResponse({"apiKey": _regions(request).new_service_key(_own(request), "ssh_gateway")})


async def regenerate_snapshot_manager_password(request: Request) -> JSONResponse:
    """Give the region's snapshot manager a new password."""
    password = _regions(request).new_service_key(_own(request), "snapshot_manager")
    return JSONResponse({"username": SNAPSHOT_MANAGER_USER, "password": password})


def _urls(fields: Fields) -> dict[str, Any]:
    return {attribute: fields.maybe_text(name) for name, attribute in URLS.items() if name in fields}


routes = [
    Route("/regions", list_available, methods=["GET"]),
    Route("/regions", create, methods=["POST"]),
    Route("/regions/{region_id}", get, methods=["GET"]),
    Route("/regions/{region_id}", update, methods=["PATCH"]),
    Route("/regions/{region_id}", delete, methods=["DELETE"]),
    Route("/regions/{region_id}/regenerate-proxy-api-key", regenerate_proxy_key, methods=["POST"]),
    Route(
        "/regions/{region_id}/regenerate-ssh-gateway-api-key", regenerate_ssh_gateway_key, methods=["POST"]
    ),
    Route(
        "/regions/{region_id}/regenerate-snapshot-manager-credentials",
        regenerate_snapshot_manager_password,
        methods=["POST"],
    ),
    Route("/shared-regions", list_shared, methods=["GET"]),
]
