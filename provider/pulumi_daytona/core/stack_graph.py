"""Tell what hangs together in a stack: its sandboxes, what belongs to each, and what they are made with.

Names, places, ports and states are told, and nothing else is read: what is never read can't be shown. A
secret is sealed in a state, and no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.resources import RESOURCES
from pulumi_daytona.core.sweep_states import Owner, read_state

Resource = Mapping[str, Any]

_PREFIXES: Final = ("pulumi-python:dynamic/daytona:", "daytona:index:")
_STACK: Final = "pulumi:pulumi:Stack"
_DETAILS: Final = {
    "GitRepository": ("path",),
    "SandboxFolder": ("path",),
    "SandboxFile": ("path",),
    "SandboxCommand": (),
    "SandboxSession": ("ready_port", "readyPort"),
    "SandboxSnapshot": (),
    "PreviewUrl": ("port",),
    "SshAccess": ("expires_at", "expiresAt"),
}
"""What is told of each kind that belongs to a sandbox, as both front ends spell it; cards keep this order."""


@dataclass(frozen=True)
class Part:
    """Hold what belongs to a sandbox.

    Args:
        urn: Its URN.
        kind: Its kind, for example ``SandboxFile``.
        name: Its logical name.
        detail: Its path, port or time; empty when there is none.
    """

    urn: str
    kind: str
    name: str
    detail: str


@dataclass(frozen=True)
class Card:
    """Hold a sandbox, or what stands by itself.

    Args:
        urn: Its URN; of a sandbox that is not the stack's, its id.
        kind: Its kind, for example ``Volume``.
        name: Its logical name.
        state: What it is now, for example ``started``; empty when it has no states.
        facts: What else is known of it, in a few words each.
        parts: What belongs to it.
        is_foreign: Whether the stack only uses it.
    """

    urn: str
    kind: str
    name: str
    state: str = ""
    facts: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    is_foreign: bool = False


@dataclass(frozen=True)
class Box:
    """Hold a component, or the whole stack.

    Args:
        urn: Its URN; the stack's name for the stack.
        kind: Its type, for example ``SandboxPool``.
        name: Its logical name.
        items: What is in it.
    """

    urn: str
    kind: str
    name: str
    items: tuple[Card | Box, ...]

    @property
    def cards(self) -> Iterator[Card]:
        """Yield every card in it, at any depth."""
        for item in self.items:
            yield from item.cards if isinstance(item, Box) else (item,)


@dataclass(frozen=True)
class StackGraph:
    """Hold the stack, and which of its cards uses which: pairs of URNs, what is used first."""

    stack: Box
    uses: tuple[tuple[str, str], ...]


def stack_of(exported: object) -> str | None:
    """Return the name of the stack that a state is of, for lack of an organization as ``organization/...``.

    Args:
        exported: The exported state, as JSON is read; None is returned when it doesn't tell.
    """
    deployment = exported.get("deployment") if isinstance(exported, Mapping) else None
    resources = deployment.get("resources") if isinstance(deployment, Mapping) else None
    urns = [one.get("urn") for one in resources or () if isinstance(one, Mapping)]
    owner = Owner.parse(f"organization/{urns[0]}") if urns else None
    return owner.stack if owner else None


def stack_graph(stack: str, exported: Any) -> StackGraph:
    """Read what hangs together from a stack's state.

    Args:
        stack: The stack's full name: ``organization/project/stack``.
        exported: What `pulumi stack export` writes, as JSON is read.

    Raises:
        ProviderError: It can't be read, or is another stack's.
    """
    read_state(stack, exported)
    try:
        found = _Found(exported["deployment"].get("resources") or ())
        return StackGraph(Box(stack, "Stack", stack, found.items_in(None)), found.uses())
    except (AttributeError, KeyError, TypeError):
        raise ProviderError(
            f'read the state of stack "{stack}": a resource is not as the engine writes it; export it again'
        ) from None


class _Found:
    """Look things up in the resources of a state; what is pending deletion is left out."""

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._all = {str(one["urn"]): one for one in resources if not one.get("delete")}
        self._ours = {urn: kind for urn, one in self._all.items() if (kind := _kind(one))}
        self._sandboxes = {
            str(self._all[urn].get("id")): urn for urn, kind in self._ours.items() if kind == "Sandbox"
        }
        self._homes = {urn: self._home(urn) for urn in self._ours}
        self._parts: dict[str, list[Part]] = {}
        for urn, home in self._homes.items():
            if home != urn:
                self._parts.setdefault(home, []).append(self._part(urn))
        self._inside: dict[str | None, list[str]] = {}
        for urn in self._all:
            self._inside.setdefault(self._component(urn), []).append(urn)

    def uses(self) -> tuple[tuple[str, str], ...]:
        """Return which card uses which, by what the engine knows of dependencies."""
        pairs = {
            (self._homes[other], home)
            for urn, home in self._homes.items()
            for other in self._all[urn].get("dependencies") or ()
            if other in self._homes
        }
        return tuple(sorted(pair for pair in pairs if pair[0] != pair[1]))

    def items_in(self, component: str | None) -> tuple[Card | Box, ...]:
        """Return what is directly in a component, or in the stack (None); empty components are left out."""
        items: list[Card | Box] = []
        for urn in self._inside.get(component, ()):
            if self._homes.get(urn) == urn:
                items.append(self._card(urn))
            elif _is_component(self._all[urn]) and (inside := self.items_in(urn)):
                kind = str(self._all[urn]["type"]).rpartition(":")[2]
                items.append(Box(urn, kind, _name(urn), inside))
        if component is None:
            items += map(self._foreign, dict.fromkeys(home for home in self._parts if home not in self._all))
        return tuple(sorted(items, key=lambda item: (item.kind, _counted(item.name), item.urn)))

    def _home(self, urn: str) -> str:
        """Return the card that a resource is on: its sandbox's, or its own."""
        if self._ours[urn] not in _DETAILS:
            return urn
        sandbox = _value(self._all[urn], "sandbox_id", "sandboxId")
        if isinstance(sandbox, str):
            return self._sandboxes.get(sandbox, sandbox)
        named = self._all[urn].get("propertyDependencies") or {}
        urns = [*(named.get("sandbox_id") or ()), *(named.get("sandboxId") or ())]
        return next((str(other) for other in urns if self._ours.get(other) == "Sandbox"), urn)

    def _component(self, urn: str) -> str | None:
        parent = self._all[urn].get("parent")
        for _ in self._all:  # no chain is longer, and a wrong file may have a circle
            if parent not in self._all or _is_component(self._all[parent]):
                break
            parent = self._all[parent].get("parent")
        return str(parent) if parent in self._all and _is_component(self._all[parent]) else None

    def _card(self, urn: str) -> Card:
        kind, one = self._ours[urn], self._all[urn]
        return Card(urn, kind, _name(urn), _plain(one, "state"), tuple(_facts(kind, one)), self._sorted(urn))

    def _foreign(self, sandbox_id: str) -> Card:
        parts = self._sorted(sandbox_id)
        return Card(sandbox_id, "Sandbox", sandbox_id, "not in this stack", parts=parts, is_foreign=True)

    def _sorted(self, home: str) -> tuple[Part, ...]:
        order = [*_DETAILS]
        return tuple(sorted(self._parts.get(home, ()), key=lambda part: (order.index(part.kind), part.name)))

    def _part(self, urn: str) -> Part:
        kind = self._ours[urn]
        value = _plain(self._all[urn], *_DETAILS[kind])
        if kind == "SshAccess":
            value = value[:16].replace("T", " ")
        return Part(urn, kind, _name(urn), f"port {value}" if value.isdecimal() else value)


def _kind(resource: Resource) -> str:
    """Return what kind of ours a resource is; empty when it is none."""
    kind = str(resource.get("type"))
    for prefix in _PREFIXES:
        kind = kind.removeprefix(prefix)
    return kind if kind in RESOURCES else ""


def _is_component(resource: Resource) -> bool:
    return not resource.get("custom") and resource.get("type") != _STACK


def _name(urn: str) -> str:
    return urn.split("::", 3)[3]


def _counted(name: str) -> list[tuple[int, str]]:
    """Return what a name is sorted by, so that ``box-2`` is before ``box-10``."""
    return [(len(part) if part.isdecimal() else 0, part) for part in re.split(r"(\d+)", name)]


def _facts(kind: str, resource: Resource) -> Iterator[str]:
    if kind == "Sandbox":
        for name, unit in (("cpu", "CPU"), ("memory", "GiB"), ("disk", "GiB disk")):
            if value := _plain(resource, name):
                yield f"{value} {unit}"
    if value := _plain(resource, "name"):
        yield value


def _plain(resource: Resource, *names: str) -> str:
    """Return an output as text; empty when there is none, or when it is a secret."""
    value = _value(resource, *names)
    return f"{value:g}" if isinstance(value, int | float) else value if isinstance(value, str) else ""


def _value(resource: Resource, *names: str) -> Any:
    outputs = resource.get("outputs") or {}
    return next((outputs[name] for name in names if name in outputs), None)
