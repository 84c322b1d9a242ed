"""Describe the resources, and the types that their inputs name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pulumi_daytona.core.definition import Definition
from pulumi_daytona.core.traits import SECRET, Change, Shown
from pulumi_daytona.schema.naming import camel, token
from pulumi_daytona.schema.types import (
    ANY,
    SHOWN,
    Spec,
    choices_of,
    is_optional,
    models_in,
    spec_of,
    type_name,
)
from pulumi_daytona.schema.words import for_all, input_words, model_words

COMPUTED = frozenset({"owner"})
"""The inputs that no program sets: the plugin does."""


def resource_spec(definition: Definition[Any], example: str) -> Spec:
    """Return the description of a resource, with an example."""
    inputs, outputs = _inputs(definition), _outputs(definition)
    kept = {name: spec for name, spec in _kept(definition).items() if name not in outputs}
    properties = {**outputs, **kept}
    always = [name for name, hint in _hints(definition).items() if not is_optional(hint)]
    required = [name for name, info in _fields(definition).items() if info.is_required()]
    there = [camel(name) for name in dict.fromkeys([*always, *required])]
    return {
        "description": f"{for_all(definition.doc, definition.inputs.model_fields)}\n\n{example}",
        "properties": properties,
        "required": there,
        "inputProperties": inputs,
        "requiredInputs": [camel(name) for name in required],
    }


def resource_types(definition: Definition[Any]) -> dict[str, Spec]:
    """Return the types that the inputs of a resource name, by token."""
    found: dict[str, Spec] = {}
    for name, info in _fields(definition).items():
        found |= {token(type_name(model)): _model(model) for model in models_in(info.annotation)}
        if choices := choices_of(info.annotation):
            found[token(_enum(definition, name))] = _choices(choices, info.description or "")
    return found


def _fields(definition: Definition[Any]) -> dict[str, FieldInfo]:
    fields = definition.inputs.model_fields
    return {name: info for name, info in fields.items() if name not in COMPUTED}


def _hints(definition: Definition[Any]) -> dict[str, Any]:
    hints = get_type_hints(definition.outputs, include_extras=True)
    return {name: hints[name] for name in definition.outputs.names()}


def _enum(definition: Definition[Any], name: str) -> str:
    wire = camel(name)
    return f"{definition.name}{wire[0].upper()}{wire[1:]}"


def _inputs(definition: Definition[Any]) -> dict[str, Spec]:
    return {camel(name): _input(definition, name) for name in _fields(definition)}


def _input(definition: Definition[Any], name: str) -> Spec:
    info, trait = _fields(definition)[name], definition.inputs.traits()[name]
    spec = {**_given(definition, name)}
    spec["description"] = input_words(info, trait, definition.inputs.model_fields)
    if trait.secret:
        spec["secret"] = True
    if trait.change is Change.REPLACE:
        spec["willReplaceOnChanges"] = True
    return spec


def _given(definition: Definition[Any], name: str) -> Spec:
    info = _fields(definition)[name]
    shown = next((mark.type for mark in info.metadata if isinstance(mark, Shown)), None)
    return SHOWN[shown] if shown else spec_of(info.annotation, _enum(definition, name))


def _kept(definition: Definition[Any]) -> dict[str, Spec]:
    """Return the inputs as outputs: what was set is what is told; of an asset, where and what it was."""
    kept = _inputs(definition)
    for name, info in _fields(definition).items():
        if any(isinstance(mark, Shown) for mark in info.metadata):
            assets = name == "source"
            kept[camel(name)] = {**(ANY if assets else spec_of(info.annotation)), **_marks(kept[camel(name)])}
    return kept


def _marks(spec: Spec) -> Spec:
    return {name: value for name, value in spec.items() if name in ("description", "secret")}


def _outputs(definition: Definition[Any]) -> dict[str, Spec]:
    return dict(_output(definition, name, hint) for name, hint in _hints(definition).items())


def _output(definition: Definition[Any], name: str, hint: Any) -> tuple[str, Spec]:
    known = _fields(definition)
    words = next(mark.description or "" for mark in hint.__metadata__ if isinstance(mark, FieldInfo))
    models = [*models_in(known[name].annotation)] if name in known else []
    spec = {**spec_of(known[name].annotation if models else hint)}  # an input's shape, where it has one
    spec["description"] = for_all(words, definition.inputs.model_fields)
    if SECRET in hint.__metadata__ or (name in known and definition.inputs.traits()[name].secret):
        spec["secret"] = True
    return camel(name), spec


def _model(model: type[BaseModel]) -> Spec:
    names = model.model_fields
    return {
        "type": "object",
        "description": model_words(model),
        "properties": {
            camel(name): {**spec_of(info.annotation), "description": for_all(info.description or "", names)}
            for name, info in names.items()
        },
        "required": [camel(name) for name, info in names.items() if info.is_required()],
    }


def _choices(values: tuple[str, ...], words: str) -> Spec:
    return {"type": "string", "description": for_all(words, ()), "enum": [*_named(values)]}


def _named(values: tuple[str, ...]) -> Iterator[Spec]:
    for value in values:
        yield {"value": value, "name": value.capitalize() if value.isalpha() else f"V{value}"}
