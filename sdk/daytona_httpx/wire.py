"""How values go over the wire: parts of a path, names in camelCase, times as text; and bare ones back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import quote

import httpx

from daytona_httpx.errors import DaytonaError, DaytonaValidationError

Value = TypeVar("Value", str, int, bool)
Moment = datetime | str
"""A time; one without a zone is in this machine's. Text is sent as it is (ISO 8601)."""

_KINDS = {str: "a text", int: "a number", bool: "true or false"}
_ODD_NAMES = {"memory_gib": "memoryGiB", "disk_gib": "diskGiB"}


def path_of(*parts: str) -> str:
    """Return a path, each part quoted.

    Raises:
        DaytonaValidationError: A part is empty or dots, so the path would name something else.
    """
    for part in parts:
        if part in ("", ".", ".."):
            raise DaytonaValidationError(f"an id or name must not be {part!r}; pass the real one")
    return "".join(f"/{quote(part, safe='')}" for part in parts)


def given(**values: Any) -> dict[str, Any]:
    """Return the values that were given, by their names on the wire."""
    return fields({name: value for name, value in values.items() if value is not None})


def fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values by their names on the wire; None is sent as null."""
    return {_wire_name(name): _wire_value(value) for name, value in values.items()}


def moment(value: Moment) -> str:
    """Return a time as the API reads it."""
    if isinstance(value, str):
        return value
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def value_of(response: httpx.Response, kind: type[Value]) -> Value:
    """Return an answer that must be a bare value; the API sends texts with and without quotes.

    Raises:
        DaytonaError: It is something else.
    """
    try:
        value = response.json()
    except ValueError:
        value = None
    if kind is str and not isinstance(value, str) and not response.text.startswith(("<", "{", "[")):
        value = response.text
    if type(value) is not kind or value == "":
        raise DaytonaError(f"the API answered something else where {_KINDS[kind]} was expected")
    return value


def _wire_name(name: str) -> str:
    first, *others = name.split("_")
    return _ODD_NAMES.get(name) or first + "".join(word.capitalize() for word in others)


def _wire_value(value: Any) -> Any:
    return moment(value) if isinstance(value, datetime) else value
