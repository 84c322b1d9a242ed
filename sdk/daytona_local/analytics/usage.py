"""Usage: what sandboxes held, and for how long. Nothing costs anything here, so all prices are 0."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from daytona_local.analytics.telemetry import refuse_others
from daytona_local.api.telemetry import time_range
from daytona_local.api.wire import moment
from daytona_local.services import services
from daytona_local.usage import UsagePeriod


async def list_periods(request: Request) -> JSONResponse:
    """Return the periods of a sandbox, also of one that is gone."""
    refuse_others(request)
    found = services(request).usage.between(*time_range(request), request.path_params["sandbox"])
    return JSONResponse([_period(period) for period in found])


async def get_aggregated(request: Request) -> JSONResponse:
    """Return what all sandboxes used in a time."""
    refuse_others(request)
    periods = list(services(request).usage.between(*time_range(request)))
    count = len({period.sandbox_id for period in periods})
    return JSONResponse({**_totals(request, periods), "sandboxCount": count})


async def list_sandboxes(request: Request) -> JSONResponse:
    """Return what each sandbox used in a time."""
    refuse_others(request)
    by_sandbox: dict[str, list[UsagePeriod]] = {}
    for period in services(request).usage.between(*time_range(request)):
        by_sandbox.setdefault(period.sandbox_id, []).append(period)
    return JSONResponse(
        [{"sandboxId": name, **_totals(request, periods)} for name, periods in by_sandbox.items()]
    )


async def get_chart(request: Request) -> JSONResponse:
    """Return what was held in a time: a point for each change of it."""
    refuse_others(request)
    start, end = time_range(request)
    usage, region = services(request).usage, request.query_params.get("region")
    periods = [period for period in usage.between(start, end) if region in (None, "", period.region)]
    spans = [(period.started_at, _end(period), period) for period in periods]
    edges = {max(begun, start) for begun, _, _ in spans} | {ended for _, ended, _ in spans if ended < end}
    return JSONResponse(
        [
            _point(at, [period for begun, ended, period in spans if begun <= at < ended])
            for at in sorted(edges)
        ]
    )


def _end(period: UsagePeriod) -> float:
    """Return when what is held changes again: never, as far as is known, where it goes on."""
    return math.inf if period.ended_at is None else period.ended_at


def _period(period: UsagePeriod) -> dict[str, Any]:
    cpu, gpu, memory, disk = period.held
    told = {"startAt": moment(period.started_at), "cpu": cpu, "gpu": gpu, "ramGB": memory, "diskGB": disk}
    ended = {} if period.ended_at is None else {"endAt": moment(period.ended_at)}
    return {**told, **ended, "price": 0}


def _totals(request: Request, periods: Sequence[UsagePeriod]) -> dict[str, Any]:
    """Return the seconds of a time in which something was held, times how much of it."""
    usage, (start, end) = services(request).usage, time_range(request)
    totals = [0.0] * 4
    for period in periods:
        seconds = min(usage.end_of(period), end) - max(period.started_at, start)
        totals = [total + seconds * amount for total, amount in zip(totals, period.held, strict=True)]
    names = ("totalCPUSeconds", "totalGPUSeconds", "totalRAMGBSeconds", "totalDiskGBSeconds")
    told: dict[str, Any] = {name: round(total) for name, total in zip(names, totals, strict=True)}
    if periods:
        told["firstStart"] = moment(min(period.started_at for period in periods))
        told["lastEnd"] = moment(max(usage.end_of(period) for period in periods))
    return {**told, "totalPrice": 0}


def _point(at: float, periods: Iterable[UsagePeriod]) -> dict[str, Any]:
    held = [period.held for period in periods]
    return {
        "time": moment(at),
        "cpu": sum(one.cpu for one in held),
        "ramGB": sum(one.memory for one in held),
        "diskGB": sum(one.disk for one in held),
        "cpuPrice": 0,
        "ramPrice": 0,
        "diskPrice": 0,
    }


_ORGANIZATION = "/organization/{organization_id}"
routes = [
    Route(f"{_ORGANIZATION}/sandbox/{{sandbox}}/usage", list_periods, methods=["GET"]),
    Route(f"{_ORGANIZATION}/usage/aggregated", get_aggregated, methods=["GET"]),
    Route(f"{_ORGANIZATION}/usage/chart", get_chart, methods=["GET"]),
    Route(f"{_ORGANIZATION}/usage/sandbox", list_sandboxes, methods=["GET"]),
]
