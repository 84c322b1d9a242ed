"""What a create or an update would come to, for previews: what isn't known before stays unknown."""

from __future__ import annotations

from typing import Final

from google.protobuf.struct_pb2 import Struct

from pulumi_daytona.core.definition import State, wanted_values
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.traits import KEEP, Change
from pulumi_daytona.core.unknown import UNKNOWN
from pulumi_daytona.plugin.kept import Given, written
from pulumi_daytona.plugin.wire import from_wire, input_types

_LASTING: Final = frozenset({"organization_id", "created_at", "toolbox_proxy_url", "build_info"})
"""The outputs that no update changes, beside the inputs that can't be updated."""


def created(kind: str, news: Given) -> Struct:
    """Return the outputs of a resource that is to be made.

    Args:
        kind: The kind of resource.
        news: The checked inputs.
    """
    inputs = from_wire(news.properties, input_types(kind))
    outputs = dict.fromkeys(definition_of(kind).outputs.names(), UNKNOWN)
    return written(kind, {**outputs, **inputs}, news.secrets)


def updated(kind: str, state: State, news: Given) -> Struct:
    """Return the outputs of a resource that is to be changed.

    Args:
        kind: The kind of resource.
        state: Its state before.
        news: The checked inputs.
    """
    definition = definition_of(kind)
    inputs = definition.inputs.model_validate(from_wire(news.properties, input_types(kind)))
    traits = definition.inputs.traits()
    fixed = _LASTING | {name for name, trait in traits.items() if trait.change is Change.REPLACE}
    names = definition.outputs.names()
    outputs = {name: state.get(name) if name in fixed | {*traits} else UNKNOWN for name in names}
    wanted = {name: value for name, value in wanted_values(state, inputs).items() if value is not KEEP}
    return written(kind, {**state, **outputs, **wanted, **inputs.plain()}, news.secrets)
