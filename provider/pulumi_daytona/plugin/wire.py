"""Write properties as the wire names them, and back, by their types: keys of a user's maps stay."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from pulumi_daytona.core.definition import Failure
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.schema.naming import camel

Types = Mapping[str, Any]
"""The annotations of properties, by the names that Python has for them."""

_PYTHON_NAME = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")


@cache
def input_types(kind: str) -> Types:
    """Return the types of a resource's inputs, those that programs may set."""
    model = definition_of(kind).inputs
    return {name: hint for name, hint in fields_of(model).items() if name != "owner"}


@cache
def state_types(kind: str) -> Types:
    """Return the types of what is kept of a resource: an input's where it has a shape, else the output's."""
    outputs = get_type_hints(definition_of(kind).outputs)
    inputs = input_types(kind)
    shaped = {name: hint for name, hint in inputs.items() if name not in outputs or any(models_in(hint))}
    return {**outputs, **shaped}


def fields_of(model: type[BaseModel]) -> Types:
    """Return the types of a model's fields."""
    return {name: info.annotation for name, info in model.model_fields.items()}


def from_wire(properties: Mapping[str, Any], types: Types) -> dict[str, Any]:
    """Return properties by Python's names; those that have no type are left out."""
    named = {camel(name): name for name in types}
    return {named[key]: _read(value, types[named[key]]) for key, value in properties.items() if key in named}


def to_wire(values: Mapping[str, Any], types: Types) -> dict[str, Any]:
    """Return values as properties of the wire; those that have no type keep their names."""
    return {camel(name): written(value, types.get(name, Any)) for name, value in values.items()}


def written(value: Any, hint: Any) -> Any:
    """Return one value as the wire has it, by its type."""
    if isinstance(value, Mapping):
        hint = arm_of(hint, dict)
        if is_model(hint):
            return to_wire(value, fields_of(hint))
        return {key: written(item, item_of(hint)) for key, item in value.items()}
    if isinstance(value, list):
        hint = arm_of(hint, list)
        return [written(item, item_of(hint)) for item in value]
    return value


def strangers(properties: Mapping[str, Any], types: Types, path: str = "") -> Iterator[Failure]:
    """Yield a failure for each property that has no type, with the nearest that has one."""
    known = {camel(name): hint for name, hint in types.items()}
    for key, value in properties.items():
        if key in known:
            yield from _strangers_in(value, known[key], f"{path}{key}")
        elif not key.startswith("__"):
            yield Failure(f"{path}{key}", f"there is no input of this name; {nearest(key, known)}")


def nearest(key: str, known: Mapping[str, Any]) -> str:
    """Return which name was meant, or which are allowed."""
    close = difflib.get_close_matches(camel(key), known, n=1)
    return f"did you mean {close[0]}?" if close else f"allowed are {', '.join(sorted(known)) or 'none'}"


def in_wire_words(text: str, names: frozenset[str]) -> str:
    """Return a text in which names of Python are those of the wire.

    Args:
        text: A message, or a path.
        names: The names that Python has.
    """
    return _PYTHON_NAME.sub(lambda found: camel(found[0]) if found[0] in names else found[0], text)


def wire_path(path: str, types: Types) -> str:
    """Return the path of a property by the wire's names; keys of a user's maps stay as they are."""
    name = re.split(r"[.\[]", path, maxsplit=1)[0]
    rest, shape = path[len(name) :], [*models_in(types.get(name))]
    fields = frozenset(field for model in shape for field in fields_of(model))
    return camel(name) + in_wire_words(rest, fields)


@cache
def names_of(kind: str) -> frozenset[str]:
    """Return the names that messages about a resource may use: of its inputs, and of what is in them."""
    types = fields_of(definition_of(kind).inputs)
    inner = (name for hint in types.values() for model in models_in(hint) for name in fields_of(model))
    return frozenset([*types, *inner])


def _strangers_in(value: Any, hint: Any, path: str) -> Iterator[Failure]:
    if isinstance(value, Mapping):
        hint = arm_of(hint, dict)
        if is_model(hint):
            yield from strangers(value, fields_of(hint), f"{path}.")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _strangers_in(item, item_of(arm_of(hint, list)), f"{path}[{index}]")


def _read(value: Any, hint: Any) -> Any:
    if isinstance(value, Mapping):
        hint = arm_of(hint, dict)
        if is_model(hint):
            return from_wire(value, fields_of(hint))
        return {key: _read(item, item_of(hint)) for key, item in value.items()}
    if isinstance(value, list):
        hint = arm_of(hint, list)
        return [_read(item, item_of(hint)) for item in value]
    return value


def arm_of(hint: Any, kind: type) -> Any:
    """Return the alternative of a type that a map or a list is of; Any where there is none."""
    origin = get_origin(hint)
    if origin is Annotated:
        return arm_of(get_args(hint)[0], kind)
    if origin in (Union, UnionType):
        arms = (arm_of(each, kind) for each in get_args(hint))
        return next((each for each in arms if each is not Any), Any)
    return hint if origin is kind or (kind is dict and is_model(hint)) else Any


def item_of(hint: Any) -> Any:
    return get_args(hint)[-1] if get_args(hint) else Any


def is_model(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, BaseModel)


def models_in(hint: Any) -> Iterator[type[BaseModel]]:
    """Yield the models that a type has in it: of what has fields inside."""
    if is_model(hint):
        yield hint
    for each in get_args(hint):
        yield from models_in(each)
