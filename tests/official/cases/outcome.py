"""What came of a case, in a form that can be compared: no ids, no times, no addresses."""

from __future__ import annotations

import enum
from collections.abc import Callable
from datetime import datetime
from typing import Any


def fields(value: Any, names: str) -> dict[str, Any]:
    """Return some attributes of an answer."""
    return {name: plain(getattr(value, name)) for name in names.split()}


def plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return value


def is_time(value: Any) -> bool:
    """Tell whether it is a time, or the text of one."""
    return isinstance(value, datetime) or bool(datetime.fromisoformat(value))


def is_id(value: Any) -> bool:
    """Tell whether it looks like an id of the API."""
    return isinstance(value, str) and len(value) >= 16


async def refused(call: Callable[..., Any], *arguments: Any, **named: Any) -> dict[str, Any]:
    """Make a call that must fail, and return how it did."""
    try:
        await call(*arguments, **named)
    except Exception as error:
        prefix = str(error).partition(": ")[0] if ": " in str(error) else ""
        return {
            "error": type(error).__name__,
            "status": getattr(error, "status_code", None),
            "begins": prefix,
        }
    raise AssertionError(f"{call} was not refused")
