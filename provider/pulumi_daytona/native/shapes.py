"""Spell the fields inside of inputs and outputs as the wire does, and as Python does."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

import pulumi

from pulumi_daytona.schema.naming import camel, snake


def as_wire(value: Any) -> Any:
    """Return a value whose maps are all fields, such as ``mount_path``, as the wire spells them."""
    if isinstance(value, pulumi.Output) or inspect.isawaitable(value):
        return pulumi.Output.from_input(value).apply(as_wire)
    if isinstance(value, Mapping):
        return {camel(key): as_wire(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_wire(item) for item in value]
    return value


def as_python(value: Any) -> Any:
    """Return a value as Python spells it; a whole number is an integer again."""
    if isinstance(value, Mapping):
        return {snake(key): as_python(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_python(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
