"""The server's own OpenAPI document: every operation that it knows, with its parameters and free bodies."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

PLACES = (
    ("daytona_local.api", "/api"),
    ("daytona_local.toolbox", "/toolbox/{sandboxId}"),
    ("daytona_local.analytics", "/analytics"),
)
WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
QUERY = {
    "page": {"type": "integer"},
    "limit": {"type": "integer"},
    "path": {"type": "string"},
    "name": {"type": "string"},
}
"""Parameters of the query that some operations read, and the others leave alone."""

_PARAMETER = re.compile(r"\{([^}]*)\}")


@cache
def document() -> dict[str, Any]:
    """Return the document: paths and parameters as the API has them, bodies and answers as any JSON."""
    paths: dict[str, Any] = {}
    for package, prefix in PLACES:
        for line in files(package).joinpath("operations.txt").read_text().splitlines():
            method, path, name = line.split(" ", 2)
            paths.setdefault(prefix + path, {})[method.lower()] = _operation(method, prefix + path, name)
    return {
        "openapi": "3.0.3",
        "info": {"title": "daytona-local", "version": "1"},
        "paths": paths,
        "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
        "security": [{"key": []}],
    }


async def get_document(_: Request) -> JSONResponse:
    """Return the document."""
    return JSONResponse(document())


def _operation(method: str, path: str, name: str) -> dict[str, Any]:
    in_path = [
        {"name": found, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for found in _PARAMETER.findall(path)
    ]
    in_query = [{"name": found, "in": "query", "schema": schema} for found, schema in QUERY.items()]
    described: dict[str, Any] = {
        "operationId": name,
        "parameters": [*in_path, *in_query],
        "responses": {"default": {"description": "the answer, or the refusal"}},
    }
    if method in WITH_BODY:
        described["requestBody"] = {"content": {"application/json": {"schema": {"type": "object"}}}}
    return described
