"""Write types as source: what look-ups take, and what they return."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pulumi_daytona.schema.naming import result_name
from pydantic import BaseModel


def returned(hint: Any) -> str:
    """Return the annotation of what comes back, as programs get it: as JSON, so with times as texts."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return returned(arguments[0])
    if origin in (Union, UnionType):
        return " | ".join(returned(each) for each in arguments)
    if origin is not None:
        return f"{origin.__name__}[{', '.join(returned(each) for each in arguments)}]"
    return "str" if hint is datetime else _bare(hint)


def taken(hint: Any, wrap: str = "") -> str:
    """Return the annotation of an argument.

    Args:
        hint: Its type.
        wrap: ``Input`` where it may be an output, and what is in it too.
    """
    annotation = _taken(hint, wrap)
    return f"{wrap}[{annotation}]" if wrap else annotation


def _taken(hint: Any, wrap: str) -> str:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _taken(arguments[0], wrap)
    if origin in (Union, UnionType):
        return " | ".join(_taken(each, wrap) for each in arguments)
    if origin is list:
        return f"Sequence[{taken(arguments[0], wrap)}]"
    if origin is dict:
        return f"Mapping[str, {taken(arguments[1], wrap)}]"
    return _bare(hint)


def _bare(hint: Any) -> str:
    if hint is NoneType or hint is Any:
        return "None" if hint is NoneType else "Any"
    if issubclass(hint, BaseModel):
        return result_name(hint)
    return "str" if issubclass(hint, Enum) else str(hint.__name__)
