"""Write the types of inputs, outputs and results as a schema has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from pulumi_daytona.core.models import InputModel
from pulumi_daytona.schema.naming import result_name, token

Spec = dict[str, Any]

ANY: Spec = {"$ref": "pulumi.json#/Any"}
ASSET: Spec = {"$ref": "pulumi.json#/Asset"}
ARCHIVE: Spec = {"$ref": "pulumi.json#/Archive"}
TEXT: Spec = {"type": "string"}
TEXTS: Spec = {"type": "array", "items": TEXT}

SHOWN: dict[str, Spec] = {
    "Input[str] | Image": TEXT,
    "Input[str | Sequence[Input[str]]]": {"oneOf": [TEXT, TEXTS]},
    "Input[str | pulumi.Asset]": {"oneOf": [TEXT, ASSET]},
    "Input[str | pulumi.Archive]": {"oneOf": [TEXT, ARCHIVE]},
}
"""The types of inputs that programs see otherwise than the API takes them, by their annotation."""

_PLAIN = {str: "string", datetime: "string", bool: "boolean", int: "integer", float: "number"}


def spec_of(hint: Any, enum: str = "") -> Spec:
    """Return a type as the schema has it.

    Args:
        hint: The annotation; None in it says only that it may be left out.
        enum: The name of the type, where it is one of a few values.
    """
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return spec_of(arguments[0], enum)
    if origin in (Union, UnionType):
        return _one_of([spec_of(each, enum) for each in arguments if each is not NoneType])
    if origin is Literal:
        return _reference(enum)
    if origin is list:
        return {"type": "array", "items": spec_of(arguments[0], enum)}
    if origin is dict:
        return {"type": "object", "additionalProperties": spec_of(arguments[1], enum)}
    return ANY if hint is Any else _bare(hint)


def is_optional(hint: Any) -> bool:
    """Tell whether a value of a type may be missing."""
    if get_origin(hint) is Annotated:
        return is_optional(get_args(hint)[0])
    return get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint)


def models_in(hint: Any) -> Iterator[type[BaseModel]]:
    """Yield the models in a type, those that a model needs before it."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        for info in hint.model_fields.values():
            yield from models_in(info.annotation)
        yield hint
    for each in get_args(hint):
        yield from models_in(each)


def choices_of(hint: Any) -> tuple[str, ...]:
    """Return the values that an input may have, where they are a few."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    return next((found for each in get_args(hint) if (found := choices_of(each))), ())


def type_name(model: type[BaseModel]) -> str:
    """Return the name of a model's type."""
    return model.__name__ if issubclass(model, InputModel) else result_name(model)


def _reference(name: str) -> Spec:
    return {"$ref": f"#/types/{token(name)}"}


def _one_of(specs: list[Spec]) -> Spec:
    """Return an alternative; a number that may be whole, and a time that may be a text, are none."""
    different = [each for number, each in enumerate(specs) if each not in specs[:number]]
    if {each.get("type") for each in different} == {"integer", "number"}:
        return {"type": "number"}
    return different[0] if len(different) == 1 else {"oneOf": different}


def _bare(hint: type) -> Spec:
    if issubclass(hint, BaseModel):
        return _reference(type_name(hint))
    return TEXT if issubclass(hint, Enum) else {"type": _PLAIN[hint]}
