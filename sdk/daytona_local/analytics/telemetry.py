"""Telemetry, as the analytics API tells it: plain lists. Only measures are collected here."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from daytona_local.api.sandboxes import found
from daytona_local.api.telemetry import measured, time_range
from daytona_local.api.wire import moment
from daytona_local.errors import ForbiddenError
from daytona_local.settings import ORGANIZATION_ID


def refuse_others(request: Request) -> None:
    """Refuse what is asked of another organization.

    Raises:
        ForbiddenError: It is.
    """
    if request.path_params["organization_id"] != ORGANIZATION_ID:
        raise ForbiddenError("Access denied")


async def list_metrics(request: Request) -> JSONResponse:
    """Measure the sandbox if it runs, and return what was measured in a time."""
    refuse_others(request)
    points = await measured(request)
    return JSONResponse([
        {"metricName": name, "timestamp": moment(at), "value": value} for name, at, value in points
    ])  # fmt: skip


async def list_nothing(request: Request) -> JSONResponse:
    """Return no logs or traces: this server collects none."""
    refuse_others(request)
    found(request)
    time_range(request)
    return JSONResponse([])


async def list_spans(request: Request) -> JSONResponse:
    """Return the spans of a trace: there is no trace."""
    refuse_others(request)
    found(request)
    return JSONResponse([])


_TELEMETRY = "/organization/{organization_id}/sandbox/{sandbox}/telemetry"
routes = [
    Route(f"{_TELEMETRY}/metrics", list_metrics, methods=["GET"]),
    Route(f"{_TELEMETRY}/logs", list_nothing, methods=["GET"]),
    Route(f"{_TELEMETRY}/traces", list_nothing, methods=["GET"]),
    Route(f"{_TELEMETRY}/traces/{{trace_id}}", list_spans, methods=["GET"]),
]
