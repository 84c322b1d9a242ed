"""The telemetry of sandboxes: what was measured when someone asked. Nothing else is collected here."""

from __future__ import annotations

from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from daytona_local.api import bodies
from daytona_local.api.sandboxes import found
from daytona_local.api.wire import moment
from daytona_local.errors import InvalidError
from daytona_local.services import services


async def get_metrics(request: Request) -> JSONResponse:
    """Measure the sandbox if it runs, and return the samples of a time, as series."""
    series: dict[str, list[dict[str, object]]] = {}
    for name, at, value in await measured(request):
        series.setdefault(name, []).append({"timestamp": moment(at), "value": value})
    return JSONResponse({
        "series": [{"metricName": name, "dataPoints": points} for name, points in series.items()]
    })  # fmt: skip


async def measured(request: Request) -> list[tuple[str, float, float]]:
    """Measure the sandbox if it runs, and return what is asked for of a time: names, times and values."""
    sandbox, telemetry = found(request), services(request).telemetry
    start, end = time_range(request)
    names = [name for given in request.query_params.getlist("metricNames") for name in given.split(",")]
    await telemetry.measure(sandbox)
    return [
        (name, sample.at, value)
        for sample in telemetry.between(sandbox, start, end)
        for name, value in sample.series.items()
        if not names or name in names
    ]


async def list_nothing(request: Request) -> JSONResponse:
    """Return an empty page of logs or traces: this server collects none."""
    found(request)
    time_range(request)
    page = bodies.query_integer(request, "page", 1, 1, bodies.INT32)
    return JSONResponse({"items": [], "total": 0, "page": page, "totalPages": 0})


async def list_spans(request: Request) -> JSONResponse:
    """Return the spans of a trace: there is no trace."""
    found(request)
    return JSONResponse([])


def time_range(request: Request) -> tuple[float, float]:
    """Return the time that a request asks for, in seconds since 1970.

    Raises:
        InvalidError: Its beginning or its end is missing, or none.
    """
    return _moment(request, "from"), _moment(request, "to")


def _moment(request: Request, name: str) -> float:
    try:
        return datetime.fromisoformat(request.query_params.get(name, "")).timestamp()
    except (ValueError, OverflowError):
        raise InvalidError(f"{name} must be a valid ISO 8601 date string") from None


routes = [
    Route("/sandbox/{sandbox}/telemetry/metrics", get_metrics, methods=["GET"]),
    Route("/sandbox/{sandbox}/telemetry/logs", list_nothing, methods=["GET"]),
    Route("/sandbox/{sandbox}/telemetry/traces", list_nothing, methods=["GET"]),
    Route("/sandbox/{sandbox}/telemetry/traces/{trace_id}", list_spans, methods=["GET"]),
]
