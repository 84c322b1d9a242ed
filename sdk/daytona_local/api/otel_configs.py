"""Where the telemetry of an organization goes, as a record: this server sends none."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from daytona_local.api.fields import read
from daytona_local.api.organizations import change, named, otel_json
from daytona_local.errors import NotFoundError

MISSING = "Organization OTEL config not found"


async def get(request: Request) -> JSONResponse:
    """Return the target."""
    config = otel_json(named(request))
    if config is None:
        raise NotFoundError(MISSING)
    return JSONResponse(config)


async def replace(request: Request) -> Response:
    """Set the target, whole."""
    with await read(request) as fields:
        endpoint, headers = fields.url("endpoint"), fields.mapping("headers")
        if not all(isinstance(value, str) for value in (headers or {}).values()):
            fields.wrong.append("headers must be an object of texts")
    return change(request, otel_endpoint=endpoint, otel_headers=headers)


async def delete(request: Request) -> Response:
    """Remove the target."""
    if named(request).otel_endpoint is None:
        raise NotFoundError(MISSING)
    return change(request, otel_endpoint=None, otel_headers=None)


routes = [
    Route("/organizations/{organization_id}/otel-config", get, methods=["GET"]),
    Route("/organizations/{organization_id}/otel-config", replace, methods=["PUT"]),
    Route("/organizations/{organization_id}/otel-config", delete, methods=["DELETE"]),
]
