"""Describe the look-ups as functions, and the types that they return."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from pulumi_daytona.core.functions.look_up import LookUp
from pulumi_daytona.schema.naming import camel, token
from pulumi_daytona.schema.types import Spec, is_optional, models_in, spec_of, type_name
from pulumi_daytona.schema.words import argument_words, field_words, function_words, model_words

ITEMS = "items"
"""Where a function has a list that it returns: functions return objects."""

RESULT = "result"
"""Where a function has a bare value that it returns."""


def function_spec(look_up: LookUp[Any]) -> Spec:
    """Return the description of a look-up."""
    names = [argument.name for argument in look_up.arguments]
    spec: Spec = {"description": function_words(look_up, names)}
    if look_up.arguments:
        spec["inputs"] = _arguments(look_up)
    return {**spec, "outputs": _outputs(look_up)}


def function_types(look_up: LookUp[Any]) -> dict[str, Spec]:
    """Return the types that what a look-up returns is made of, by token."""
    found = models_in(look_up.result)
    return {token(type_name(model)): _object(model) for model in found if model is not look_up.result}


def _arguments(look_up: LookUp[Any]) -> Spec:
    names = [argument.name for argument in look_up.arguments]
    properties = {
        camel(each.name): {
            **spec_of(each.type),
            "description": argument_words(each, names),
            **({"secret": True} if each.secret else {}),
        }
        for each in look_up.arguments
    }
    required = [camel(each.name) for each in look_up.arguments if each.required]
    return {"type": "object", "properties": properties, "required": required}


def _outputs(look_up: LookUp[Any]) -> Spec:
    if isinstance(look_up.result, type) and issubclass(look_up.result, BaseModel):
        return _object(look_up.result)
    spec = spec_of(look_up.result)
    name, words = (ITEMS, "What was found.") if spec.get("type") == "array" else (RESULT, "What was found.")
    secret = {"secret": True} if look_up.secret else {}
    return {
        "type": "object",
        "description": f"What `{camel(look_up.name)}` found.",
        "properties": {name: {**spec, "description": words, **secret}},
        "required": [name],
    }


def _object(model: type[BaseModel]) -> Spec:
    fields = model.model_fields
    return {
        "type": "object",
        "description": model_words(model),
        "properties": {camel(name): _field(model, name) for name in fields},
        "required": [camel(name) for name, info in fields.items() if not is_optional(info.annotation)],
    }


def _field(model: type[BaseModel], name: str) -> Spec:
    info = model.model_fields[name]
    secret = {} if info.repr else {"secret": True}
    return {**spec_of(info.annotation), "description": field_words(model, name), **secret}
