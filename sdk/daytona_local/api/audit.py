"""The audit log: who did what."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from daytona_local.api import bodies
from daytona_local.api.audited import scenarios
from daytona_local.api.organizations import named
from daytona_local.api.wire import moment
from daytona_local.audit import AuditEntry
from daytona_local.errors import InvalidError
from daytona_local.services import services

Test = Callable[[AuditEntry], bool]
TEXTS = {
    "id": "id",
    "actorId": "actor_id",
    "actorEmail": "actor_email",
    "actorApiKeyPrefix": "key_prefix",
    "actorApiKeySuffix": "key_suffix",
    "action": "action",
    "targetType": "target_type",
    "targetId": "target_id",
}
_FILTER = re.compile(r"(\w+)\[(\w+)\](?:\[\d*\])?")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "gte": lambda found, bound: found >= bound,
    "lte": lambda found, bound: found <= bound,
    "gt": lambda found, bound: found > bound,
    "lt": lambda found, bound: found < bound,
}


def entry_json(entry: AuditEntry) -> dict[str, Any]:
    """Return an entry."""
    body = {
        "id": entry.id,
        "actorId": entry.actor_id,
        "actorEmail": entry.actor_email,
        "actorApiKeyPrefix": entry.key_prefix,
        "actorApiKeySuffix": entry.key_suffix,
        "organizationId": entry.organization_id,
        "action": entry.action,
        "targetType": entry.target_type,
        "targetId": entry.target_id,
        "statusCode": entry.status,
        "errorMessage": entry.error,
        "ipAddress": entry.address,
        "userAgent": entry.user_agent,
        "source": entry.source,
        "createdAt": moment(entry.created_at),
    }
    return {name: value for name, value in body.items() if value is not None}


async def list_page(request: Request) -> JSONResponse:
    """Return a page of the log, the newest first."""
    organization = named(request)
    limit = bodies.query_integer(request, "limit", 100, 1, 200)
    page = bodies.query_integer(request, "page", 1, 1, bodies.INT32)
    tests = _tests(request)
    found = [
        entry
        for entry in services(request).account.audit
        if entry.organization_id == organization.id and all(fits(entry) for fits in tests)
    ]
    return JSONResponse({
        "items": [entry_json(entry) for entry in found[(page - 1) * limit : page * limit]],
        "total": len(found),
        "page": page,
        "totalPages": -(-len(found) // limit),
    })  # fmt: skip


async def list_scenarios(_: Request) -> JSONResponse:
    """Return what the log may have."""
    return JSONResponse({"targets": scenarios()})


def _tests(request: Request) -> list[Test]:
    query = request.query_params
    tests = [
        _time_is(word, query[name]) for name, word in (("from", "gte"), ("to", "lte")) if query.get(name)
    ]
    for name in query:
        match = _FILTER.fullmatch(name)
        if match is not None:
            tests.append(_test(match[1], match[2], query.getlist(name)))
    return tests


def _test(field: str, word: str, values: list[str]) -> Test:
    if field == "createdAt":
        return _time_is(word, values[0])
    if field == "statusCode":
        return _status_is(word, values)
    if field not in TEXTS or word not in ("eq", "not", "in", "notIn"):
        raise InvalidError(f"{field}[{word}] should not exist")
    attribute, wanted = TEXTS[field], word in ("eq", "in")
    return lambda entry: (getattr(entry, attribute) in values) == wanted


def _status_is(word: str, values: list[str]) -> Test:
    try:
        bounds = [int(value) for value in values]
    except ValueError:
        raise InvalidError("statusCode must be an integer number") from None
    if word in _COMPARE:
        return lambda entry: _COMPARE[word](entry.status, bounds[0])
    if word not in ("eq", "not", "in", "notIn"):
        raise InvalidError(f"statusCode[{word}] should not exist")
    wanted = word in ("eq", "in")
    return lambda entry: (entry.status in bounds) == wanted


def _time_is(word: str, value: str) -> Test:
    if word not in _COMPARE:
        raise InvalidError(f"createdAt[{word}] should not exist")
    try:
        bound = datetime.fromisoformat(value).timestamp()
    except (ValueError, OverflowError):
        raise InvalidError("createdAt must be a valid ISO 8601 date string") from None
    return lambda entry: _COMPARE[word](entry.created_at, bound)


routes = [
    Route("/audit/organizations/{organization_id}", list_page, methods=["GET"]),
    Route("/audit/scenarios", list_scenarios, methods=["GET"]),
]
