"""Diff: say what changes, down to the key in a map, and whether it replaces."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pulumi_daytona.core.diff import diff as differ
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import Change
from pulumi_daytona.plugin.kept import Given, state_of
from pulumi_daytona.plugin.naming import AUTONAMED, kind_of
from pulumi_daytona.plugin.protocol import provider_pb2
from pulumi_daytona.plugin.wire import from_wire, input_types
from pulumi_daytona.schema.naming import camel

_Kind = provider_pb2.PropertyDiff
_KINDS: Final = {
    (False, True): (_Kind.ADD, _Kind.ADD_REPLACE),
    (True, False): (_Kind.DELETE, _Kind.DELETE_REPLACE),
    (True, True): (_Kind.UPDATE, _Kind.UPDATE_REPLACE),
    (False, False): (_Kind.UPDATE, _Kind.UPDATE_REPLACE),
}
_PLAIN_KEY = re.compile(r"[A-Za-z_$][\w$]*")


async def diff(session: Session, request: provider_pb2.DiffRequest) -> provider_pb2.DiffResponse:
    """Compare a state with new inputs, without a request to Daytona.

    Args:
        session: The session.
        request: The request.
    """
    session.in_state.add(request.id)
    kind = kind_of(request.type or request.urn)
    definition, news = definition_of(kind), Given.of(request.news)
    before = Given.of(request.old_inputs)
    state = state_of(kind, Given.of(request.olds), before)
    difference = differ(definition, state, from_wire(news.properties, input_types(kind)))
    if not difference.changes:
        return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE, stables=["id"])
    is_fixed = difference.delete_before_replace and not news.properties.get(AUTONAMED)
    return provider_pb2.DiffResponse(
        changes=provider_pb2.DiffResponse.DIFF_SOME,
        diffs=[camel(name) for name in difference.changes],
        replaces=[camel(name) for name in difference.replaces],
        stables=["id"],
        deleteBeforeReplace=is_fixed,
        detailedDiff=dict(_detailed(difference.changes, before.properties, news.properties)),
        hasDetailedDiff=True,
    )


def _detailed(
    changes: Mapping[str, Change], olds: Mapping[str, Any], news: Mapping[str, Any]
) -> Iterator[tuple[str, provider_pb2.PropertyDiff]]:
    for name, change in changes.items():
        key = camel(name)
        is_input = key in olds or key in news
        found = [*_paths(key, olds.get(key), news.get(key))] or [(key, True, True)]
        for path, was, will_be in found:
            kind = _KINDS[was, will_be][change is Change.REPLACE]
            yield path, provider_pb2.PropertyDiff(kind=kind, inputDiff=is_input)


def _paths(path: str, old: Any, new: Any) -> Iterator[tuple[str, bool, bool]]:
    """Yield where two values differ, and whether there was something, and will be."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys([*old, *new]):
            yield from _paths(f"{path}{_step(key)}", old.get(key), new.get(key))
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            yield from _paths(f"{path}[{index}]", _item(old, index), _item(new, index))
    elif old != new:
        yield path, old is not None, new is not None


def _step(key: str) -> str:
    return f".{key}" if _PLAIN_KEY.fullmatch(key) else f"[{json.dumps(key)}]"


def _item(values: list[Any], index: int) -> Any:
    return values[index] if index < len(values) else None
