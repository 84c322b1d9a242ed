"""Lists of sandboxes: by cursor, and by page for older clients."""

from __future__ import annotations

import base64
import heapq
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from daytona_local.api import bodies
from daytona_local.api.wire import sandbox_item, sandbox_json
from daytona_local.errors import InvalidError
from daytona_local.records import Sandbox
from daytona_local.services import services

STATES = (
    "creating", "restoring", "destroying", "started", "stopped", "starting", "stopping", "error",
    "build_failed", "pending_build", "building_snapshot", "unknown", "pulling_snapshot", "archived",
    "archiving", "resizing", "snapshotting", "forking", "pausing", "paused", "resuming",
)  # fmt: skip
SORTS: dict[str, Callable[[Sandbox], Any]] = {
    "id": lambda sandbox: sandbox.id,
    "name": lambda sandbox: sandbox.name,
    "state": lambda sandbox: sandbox.state,
    "snapshot": lambda sandbox: sandbox.snapshot or "",
    "region": lambda sandbox: sandbox.target,
    "cpu": lambda sandbox: sandbox.cpu,
    "memoryGib": lambda sandbox: sandbox.memory,
    "diskGib": lambda sandbox: sandbox.disk,
    "lastActivityAt": lambda sandbox: sandbox.last_activity_at,
    "updatedAt": lambda sandbox: sandbox.updated_at,
    "createdAt": lambda sandbox: sandbox.created_at,
}
CURSOR_SORTS = ("name", "cpu", "memoryGib", "diskGib", "lastActivityAt", "createdAt")
PAGE_SORTS = ("id", "name", "state", "snapshot", "region", "updatedAt", "createdAt", "lastActivityAt")

Filter = Callable[[Sandbox], bool]
Place = tuple[Any, str]


async def list_by_cursor(request: Request) -> JSONResponse:
    """Return a piece of the list, and where the next begins."""
    parts = services(request)
    limit = bodies.query_integer(request, "limit", 100, 1, 200)
    sort, order = _order(request, CURSOR_SORTS)
    last = _last_seen(request.query_params.get("cursor"), sort)
    found = _first(limit + 1, _chosen(request, sort, order, last), sort, order)
    piece = found[:limit]
    return JSONResponse({
        "items": [sandbox_item(sandbox, parts.base_url) for sandbox in piece],
        "nextCursor": _cursor_after(piece[-1], sort) if len(found) > limit else None,
    })  # fmt: skip


async def list_by_page(request: Request) -> JSONResponse:
    """Return a page of the list."""
    parts = services(request)
    limit = bodies.query_integer(request, "limit", 100, 1, 200)
    page = bodies.query_integer(request, "page", 1, 1, bodies.INT32)
    sort, order = _order(request, PAGE_SORTS)
    chosen = list(_chosen(request, sort, order, None))
    piece = _first(page * limit, chosen, sort, order)[(page - 1) * limit :]
    return JSONResponse({
        "items": [_without_build(sandbox_json(sandbox, parts.base_url)) for sandbox in piece],
        "total": len(chosen),
        "page": page,
        "totalPages": -(-len(chosen) // limit),
    })  # fmt: skip


def _order(request: Request, sorts: tuple[str, ...]) -> tuple[str, str]:
    sort = request.query_params.get("sort") or "createdAt"
    order = request.query_params.get("order") or "desc"
    if sort not in sorts:
        raise InvalidError(f"sort must be one of the following values: {', '.join(sorts)}")
    if order not in ("asc", "desc"):
        raise InvalidError("order must be one of the following values: asc, desc")
    return sort, order


def _chosen(request: Request, sort: str, order: str, last: Place | None) -> Iterator[Sandbox]:
    """Yield what fits and comes after a place; where the order is that of creation, in this order."""
    filters, table = _filters(request), services(request).sandboxes
    if sort == "createdAt":
        ordered = table.newest(last) if order == "desc" else table.oldest(last)
    else:
        ordered = (one for one in table if last is None or _comes_after(_place(one, sort), last, order))
    return (sandbox for sandbox in ordered if all(fits(sandbox) for fits in filters))


def _comes_after(place: Place, last: Place, order: str) -> bool:
    return place < last if order == "desc" else place > last


def _first(count: int, chosen: Iterable[Sandbox], sort: str, order: str) -> list[Sandbox]:
    """Return the first few, without putting all the others in order too."""
    if sort == "createdAt":
        return list(islice(chosen, count))
    first = heapq.nlargest if order == "desc" else heapq.nsmallest
    return first(count, chosen, key=lambda sandbox: _place(sandbox, sort))


def _place(sandbox: Sandbox, sort: str) -> Place:
    """Return what a sandbox is sorted by; those who are alike by id, so that a cursor meets each once."""
    return SORTS[sort](sandbox), sandbox.id


def _filters(request: Request) -> list[Filter]:
    query = request.query_params
    filters: list[Filter] = [_visible(query.get("includeErroredDeleted") == "true")]
    if query.get("includeWarm") != "true":
        filters.append(lambda sandbox: sandbox.warm_pool_id is None)
    filters += [_begins(name, query[name]) for name in ("id", "name") if query.get(name)]
    if query.get("labels"):
        filters.append(_labels(query["labels"]))
    if states := query.getlist("states"):
        filters.append(_states(states))
    for attribute, values in (
        ("snapshot", query.getlist("snapshots")),
        ("target", query.getlist("regionIds") or query.getlist("regions")),
        ("sandbox_class", query.getlist("sandboxClasses")),
    ):
        filters += [_is_one_of(attribute, values)] if values else []
    for name, attribute in (("isPublic", "public"), ("isRecoverable", "recoverable")):
        filters += [_is_one_of(attribute, [query[name] == "true"])] if query.get(name) else []
    return [*filters, *_sizes(request), *_times(request)]


def _visible(with_errored: bool) -> Filter:
    return lambda sandbox: not sandbox.is_hidden or (with_errored and sandbox.state == "error")


def _begins(attribute: str, text: str) -> Filter:
    return lambda sandbox: str(getattr(sandbox, attribute)).startswith(text)


def _is_one_of(attribute: str, values: Sequence[object]) -> Filter:
    return lambda sandbox: getattr(sandbox, attribute) in values


def _is_within(attribute: str, least: float, most: float) -> Filter:
    def fits(sandbox: Sandbox) -> bool:
        value = getattr(sandbox, attribute)
        return value is not None and least <= value <= most

    return fits


def _labels(text: str) -> Filter:
    try:
        labels = json.loads(text)
    except ValueError:
        raise InvalidError("Invalid labels JSON format") from None
    pairs = list(labels.items()) if isinstance(labels, dict) else []
    return lambda sandbox: all(
        isinstance(sandbox.labels, dict) and sandbox.labels.get(key) == value for key, value in pairs
    )


def _states(states: list[str]) -> Filter:
    if not set(states) <= set(STATES):
        raise InvalidError(f"each value in states must be one of the following values: {', '.join(STATES)}")
    return _is_one_of("state", states)


def _sizes(request: Request) -> Iterator[Filter]:
    for name, attribute in (("Cpu", "cpu"), ("MemoryGiB", "memory"), ("DiskGiB", "disk")):
        least = bodies.query_integer(request, f"min{name}", 0, 1, bodies.INT32)
        most = bodies.query_integer(request, f"max{name}", bodies.INT32, 1, bodies.INT32)
        if (least, most) != (0, bodies.INT32):
            yield _is_within(attribute, least, most)


def _times(request: Request) -> Iterator[Filter]:
    names = (("createdAt", "created_at"), ("lastEvent", "last_activity_at"), ("autoDestroyAt", "destroy_at"))
    for name, attribute in names:
        if request.query_params.get(f"{name}After") or request.query_params.get(f"{name}Before"):
            after = _moment(request, f"{name}After", float("-inf"))
            yield _is_within(attribute, after, _moment(request, f"{name}Before", float("inf")))


def _moment(request: Request, name: str, default: float) -> float:
    text = request.query_params.get(name)
    if not text:
        return default
    try:
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError):
        raise InvalidError(f"{name} must be a valid ISO 8601 date string") from None


def _cursor_after(sandbox: Sandbox, sort: str) -> str:
    return base64.urlsafe_b64encode(json.dumps(_place(sandbox, sort)).encode()).decode()


def _last_seen(cursor: str | None, sort: str) -> Place | None:
    """Return the place that a cursor stands for; the sandbox that it was made from may be gone by now."""
    if not cursor:
        return None
    try:
        value, sandbox_id = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, TypeError):
        value, sandbox_id = None, None
    if not isinstance(value, str if sort == "name" else int | float) or not isinstance(sandbox_id, str):
        raise InvalidError(f"Invalid cursor provided: {cursor}")
    return value, sandbox_id


def _without_build(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "buildInfo"}


routes = [
    Route("/sandbox", list_by_cursor, methods=["GET"]),
    Route("/sandbox/paginated", list_by_page, methods=["GET"]),
]
