"""Diff: say what changes between a state and new inputs, and whether it replaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_daytona.core.definition import Definition, State
from pulumi_daytona.core.traits import KEEP, Change, Trait
from pulumi_daytona.core.unknown import UNKNOWN, has_unknown


@dataclass(frozen=True)
class Difference:
    """Hold what changes, by property.

    Args:
        changes: The changed properties, each with what it leads to.
        delete_before_replace: Whether the old one has to go first, as both would carry one fixed name.
    """

    changes: Mapping[str, Change]
    delete_before_replace: bool = False

    @property
    def replaces(self) -> list[str]:
        """Return the properties that make a replacement necessary."""
        return [name for name, change in self.changes.items() if change is Change.REPLACE]


def diff(definition: Definition[Any], olds: State, news: Mapping[str, Any]) -> Difference:
    """Compare a state with new inputs, without a request.

    Args:
        definition: The kind of resource.
        olds: The state: live attributes, inputs as last set, and ``declared``.
        news: The checked inputs; unknown values are ``UNKNOWN``.
    """
    changes = dict(_changes(definition.inputs.traits(), olds, news))
    changes.update(definition.faults(olds))
    name = definition.unique_name
    same_name = name is not None and news.get(name) is not None and news[name] in (olds.get(name), UNKNOWN)
    return Difference(changes, delete_before_replace=same_name and Change.REPLACE in changes.values())


def _changes(
    traits: Mapping[str, Trait], olds: State, news: Mapping[str, Any]
) -> Iterator[tuple[str, Change]]:
    declared = set(olds.get("declared", ()))
    for name, trait in traits.items():
        new, old = news.get(name), olds.get(name)
        if new is None and name in declared:
            new = trait.default
        kept = new is None or new is KEEP or trait.change is Change.NONE
        if not kept and _differs(trait, old, new):
            yield name, _change(trait, old, new)


def _differs(trait: Trait, old: Any, new: Any) -> bool:
    return has_unknown(new) or old is None or not trait.same(old, new)


def _change(trait: Trait, old: Any, new: Any) -> Change:
    if has_unknown(new) or old is None:
        return trait.change
    return Change.REPLACE if trait.replace_if(old, new) else trait.change
