"""Read what a request brings: JSON bodies and query parameters, refused in the API's words."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request

from daytona_local.errors import InvalidError

LARGEST_BODY = 100 * 1024
"""Bytes; the API takes no more, and answers as if the route weren't there."""

INT32 = 2**31 - 1


async def json_object(request: Request) -> dict[str, Any]:
    """Return a JSON body; one that is empty, or no object, is read as an object with nothing in it.

    Raises:
        InvalidError: It is not JSON.
    """
    raw = await request.body()
    if not raw or "json" not in request.headers.get("content-type", "application/json"):
        return {}
    try:
        found = json.loads(raw, parse_constant=_no_constant)
        json.dumps(found, ensure_ascii=False).encode()  # half of a surrogate pair is no text
    except (ValueError, RecursionError) as error:
        raise InvalidError("Invalid JSON in request body") from error
    if found is None or isinstance(found, str):
        raise InvalidError("Invalid JSON in request body")
    return found if isinstance(found, dict) else {}


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def text(body: dict[str, Any], name: str) -> str | None:
    """Return a text of a body, None when it isn't there.

    Raises:
        InvalidError: It is something else.
    """
    value = body.get(name)
    if value is None or isinstance(value, str):
        return value
    raise InvalidError(f"{name} must be a string")


def flag(body: dict[str, Any], name: str) -> bool | None:
    """Return a truth value of a body; as ``text``."""
    value = body.get(name)
    if value is None or isinstance(value, bool):
        return value
    raise InvalidError(f"{name} must be a boolean value")


def integer(body: dict[str, Any], name: str, least: int | None = None) -> int | None:
    """Return a whole number of a body; as ``text``, and refuses what is less than the least."""
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > INT32:
        raise InvalidError(f"{name} must be a number conforming to the specified constraints")
    if least is not None and value < least:
        raise InvalidError(f"{name} must not be less than {least}")
    return value


def mapping(body: dict[str, Any], name: str) -> dict[str, Any] | None:
    """Return an object of a body; as ``text``."""
    value = body.get(name)
    if value is None or isinstance(value, dict):
        return value
    raise InvalidError(f"{name} must be an object")


def items(body: dict[str, Any], name: str) -> list[Any] | None:
    """Return a list of a body; as ``text``."""
    value = body.get(name)
    if value is None or isinstance(value, list):
        return value
    raise InvalidError(f"{name} must be an array")


def query_integer(request: Request, name: str, default: int, least: int, most: int) -> int:
    """Return a whole number of the query.

    Raises:
        InvalidError: It is none, too small or too large.
    """
    raw = request.query_params.get(name, "")
    if not raw:
        return default
    try:
        value = int(raw)
    except ValueError:
        raise InvalidError(f"{name} must be an integer number") from None
    if value < least:
        raise InvalidError(f"{name} must not be less than {least}")
    if value > most:
        raise InvalidError(f"{name} must not be greater than {most}")
    return value


def path_integer(request: Request, name: str) -> int:
    """Return a whole number of the path; raises as ``query_integer``."""
    raw = str(request.path_params[name])
    try:
        value = int(raw)
    except ValueError:
        raise InvalidError(f"{name} must be an integer number") from None
    if abs(value) > INT32:
        raise InvalidError(f"{name} must be an integer number")
    return value
