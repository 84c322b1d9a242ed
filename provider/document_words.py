"""Say in words what inputs and outputs are, for the reference: their types, units, defaults and changes."""

from __future__ import annotations

import ast
import re
from datetime import datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pulumi_daytona.core.traits import Change, Shown, Trait, never
from pulumi_daytona.schema.types import type_name
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

CHANGES = {Change.UPDATE: "in place", Change.REPLACE: "replaces", Change.NONE: "no change"}
SHOWN = {
    "Input[str] | Image": "`str` or `Image`",
    "Input[str | Sequence[Input[str]]]": "`str` or list of `str`",
    "Input[str | pulumi.Asset]": "`str` or `pulumi.Asset`",
    "Input[str | pulumi.Archive]": "`str` or `pulumi.Archive`",
}
"""The types of inputs that programs see otherwise than the API takes them, by their annotation."""

_UNIT = re.compile(r"\b(minutes|seconds|hours|ms|ns|gib|bytes|cores|gpus|percent|pct)\b", re.IGNORECASE)
_DEFAULT = re.compile(r"\bDefault (True|False|\d+)\b")
_UNITS = {"gib": "GiB", "gpus": "GPUs", "ms": "milliseconds", "ns": "nanoseconds", "pct": "percent"}


def type_words(hint: Any) -> str:
    """Return a type; what may be missing is not part of it."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return type_words(arguments[0])
    if origin in (Union, UnionType):
        return " or ".join(dict.fromkeys(type_words(each) for each in arguments if each is not NoneType))
    if origin is Literal:
        return " or ".join(f'`"{each}"`' for each in arguments)
    if origin is list:
        return f"list of {type_words(arguments[0])}"
    if origin is dict:
        return f"map of {type_words(arguments[1])}"
    return "any" if hint is Any else _bare(hint)


def input_type(info: FieldInfo) -> str:
    """Return the type of an input as programs give it."""
    shown = next((mark.type for mark in info.metadata if isinstance(mark, Shown)), None)
    return SHOWN[shown] if shown else type_words(info.annotation)


def unit_words(name: str, hint: Any, description: str) -> str:
    """Return the unit of a number, as its description tells it, or its name."""
    is_number = {"`int`", "`float`"} & {*type_words(hint).split(" or ")}
    found = _UNIT.search(f"{description} {name.replace('_', ' ')}") if is_number else None
    return _UNITS.get(found[0].lower(), found[0].lower()) if found else ""


def default_words(info: FieldInfo, trait: Trait | None = None) -> str:
    """Return what an input is when a program doesn't give it; nothing where that is no single value.

    Args:
        info: The input.
        trait: How it behaves: what the API goes back to.
    """
    if info.is_required():
        return "**required**"
    default = trait.default if trait else None
    if isinstance(default, bool | int | float) and _can_be_given(info, default):
        return f"`{int(default) if isinstance(default, float) and default.is_integer() else default}`"
    said = _DEFAULT.search(info.description or "")
    return f"`{ast.literal_eval(said[1])}`" if said else ""


def change_words(trait: Trait) -> str:
    """Return what a changed value leads to."""
    return CHANGES[trait.change] if trait.replace_if is never else "in place, or replaces"


def plain(text: str) -> str:
    """Return a description as Markdown has it, on one line."""
    return " ".join(text.replace("``", "`").split())


def _can_be_given(info: FieldInfo, value: object) -> bool:
    """Tell whether a value is one that programs may give, and not one that only the API knows."""
    kind: Any = info.annotation
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True


def _bare(hint: type) -> str:
    if issubclass(hint, BaseModel):
        return f"[{type_name(hint)}](#{type_name(hint).lower()})"
    return "`str`" if hint is datetime or issubclass(hint, Enum) else f"`{hint.__name__}`"
