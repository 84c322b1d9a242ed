"""Read what the plugin's functions return, by the types of what the look-ups find."""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from pulumi_daytona.schema.functions import ITEMS, RESULT
from pulumi_daytona.schema.naming import camel


def found_in(hint: Any, value: Mapping[str, Any]) -> Any:
    """Return what a function found.

    Args:
        hint: The type of what the look-up finds.
        value: The object that the function returned.
    """
    if _is_model(hint):
        return _read(hint, value)
    return _read(hint, value.get(ITEMS if get_origin(hint) is list else RESULT))


def _read(hint: Any, value: Any) -> Any:
    """Return a value by Python's names; keys of a user's maps stay as they are."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _read(arguments[0], value)
    if origin in (Union, UnionType):
        return (
            None if value is None else _read(next(each for each in arguments if each is not NoneType), value)
        )
    if _is_model(hint):
        return {
            name: _read(info.annotation, value.get(camel(name))) for name, info in hint.model_fields.items()
        }
    if isinstance(value, list):
        return [_read(arguments[0] if arguments else Any, item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _is_model(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, BaseModel)
