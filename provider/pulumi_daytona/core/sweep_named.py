"""Tell whose a volume or a snapshot is: they carry no labels, so the name is all there is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from pulumi_daytona.core.ownership import names_for
from pulumi_daytona.core.sweep_states import Owner, StackState

GIVEN_NAMES: Final[Mapping[str, re.Pattern[str]]] = {
    "Volume": re.compile(r"(?P<base>.+)-[0-9a-f]{7}(?P<content>)(-[0-9]{1,2})?"),
    "Snapshot": re.compile(r"(?P<base>.+)-[0-9a-f]{7}-(?P<content>[0-9a-f]{8})(-[0-9]{1,2})?"),
}
"""What the provider gives to what has no name of its own: the logical name and a hash of the owner; to a
snapshot, one of its content (or of the sandbox and the triggers) too."""


_RESOURCES: Final = {"Volume": ("Volume",), "Snapshot": ("Snapshot", "SandboxSnapshot")}
"""The resources that make one."""


def types_of(kind: str) -> tuple[str, ...]:
    """Return the types in a stack of what makes one: the dynamic provider's and the native plugin's.

    Args:
        kind: ``Volume`` or ``Snapshot``.
    """
    prefixes = ("pulumi-python:dynamic/daytona:", "daytona:index:")
    return tuple(prefix + resource for resource in _RESOURCES[kind] for prefix in prefixes)


def owner_of_named(kind: str, name: str, states: Sequence[StackState]) -> Owner | None:
    """Return who something belongs to, when its name follows from a resource of one of the stacks.

    The owner's hash in the name is compared, whatever the content's is: what a person named is never taken
    for a stack's.

    Args:
        kind: ``Volume`` or ``Snapshot``.
        name: Its name.
        states: The states; what they hold helps to find names and parents that its own name doesn't tell.
    """
    match = GIVEN_NAMES[kind].fullmatch(name)
    if match is None:
        return None
    candidates = (owner for state in states for owner in _candidates(state, kind, match["base"]))
    return next((owner for owner in candidates if name in names_for(owner.mark, match["content"])), None)


def _candidates(state: StackState, kind: str, base: str) -> Iterator[Owner]:
    types = types_of(kind)
    yield from (owner for owner in state.owners if owner.type.endswith(types))
    parents = {owner.type for owner in state.owners if owner.type != "pulumi:pulumi:Stack"}
    for own in types:
        for chain in (own, *(f"{parent}${own}" for parent in sorted(parents))):
            yield Owner(state.stack, chain, base)
