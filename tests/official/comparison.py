"""How two surfaces differ, as programs see it that move from the one package to the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Described = dict[str, Any]
Signature = list[list[Any]]

PLUMBING = {"additional_properties", "from_dto", "model_post_init", "model_validate"}
"""What the official package's own generated code calls, and pydantic."""

GIVEN = re.compile(
    "(Params|Request|Config|Query|Options|Region|Upload|Mount|Size)$"
    "|^(Resources|LspCompletionPosition|Daytona.*Error)$"
)
"""What callers make themselves; everything else comes from the client, so that nobody sees how it is made."""


def differences(name: str, official: Described, ours: Described) -> set[str]:
    """Return the names of what a program would miss, or find otherwise, in our class."""
    found = {member for member in official.get("names", ()) if member not in _all_names(ours)}
    found |= {method for method in official.get("methods", ()) if _differs(official, ours, method)}
    members = official.get("members", {})
    found |= {member for member in members if ours.get("members", {}).get(member) != members[member]}
    if official.get("bases") != ours.get("bases"):
        found.add("bases")
    if GIVEN.search(name):
        found |= set(_unlike(official["parameters"], ours["parameters"]))
    return found - PLUMBING - {"UNKNOWN_DEFAULT_OPEN_API"}


def _all_names(ours: Described) -> set[str]:
    return {*ours.get("names", ()), *ours.get("methods", ())}


def _differs(official: Described, ours: Described, method: str) -> bool:
    theirs, own = official["methods"][method], ours["methods"].get(method)
    if own is None or theirs["waits"] != own["waits"]:
        return True
    return any([*_unlike(signature, own["signatures"][0])] for signature in theirs["signatures"])


def _unlike(official: Signature, ours: Signature) -> Iterator[str]:
    """Yield the parameters that are not the same; ours may have more, and may need fewer."""
    own = {name: (kind, default) for name, kind, default in ours}
    if official and official[0][1] == "POSITIONAL_ONLY":
        yield from (name for name, _, _ in official[len(ours) :])
        return
    for name, kind, default in official:
        if name not in own or not _is_like((kind, default), own[name]):
            yield name
    yield from (name for name, (kind, default) in own.items() if _is_new(name, default, official))
    places = [name for name, kind, _ in official if kind == "POSITIONAL_OR_KEYWORD"]
    if (
        places
        and places != [name for name, kind, _ in ours if kind == "POSITIONAL_OR_KEYWORD"][: len(places)]
    ):
        yield "order"


def _is_new(name: str, default: Any, official: Signature) -> bool:
    return default == "required" and name not in {known for known, _, _ in official}


def _is_like(official: tuple[str, Any], ours: tuple[str, Any]) -> bool:
    (kind, default), (own_kind, own_default) = official, ours
    is_called_alike = kind == own_kind or (kind, own_kind) == ("KEYWORD_ONLY", "POSITIONAL_OR_KEYWORD")
    return is_called_alike and (default == own_default or default == "required")
