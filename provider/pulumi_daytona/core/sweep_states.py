"""Who owns what, and which ids a stack has in its state: what a sweep compares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pulumi_daytona.core.errors import ProviderError

_URN = "urn:pulumi:"
_PLUGIN = "daytona:index:"
_VERSIONS: Final = (3, 4)


@dataclass(frozen=True)
class Owner:
    """Say which resource of which stack something belongs to.

    Args:
        stack: The stack's full name: ``organization/project/stack``. The engine tells plugins no
            organization, so in what the native plugin has made it is empty.
        type: The resource's whole type, the parents' before it.
        name: Its logical name.
    """

    stack: str
    type: str
    name: str

    @classmethod
    def parse(cls, text: object) -> Owner | None:
        """Read a mark of ownership; None when it is none."""
        organization, slash, urn = str(text).partition(f"/{_URN}")
        parts = urn.split("::", 3)
        if not (slash and len(parts) == 4 and all(parts)):
            return None
        stack, project, kind, name = parts
        owner = cls(f"{organization}/{project}/{stack}", kind, name)
        return owner if organization or owner.is_plugin_s else None

    @property
    def is_plugin_s(self) -> bool:
        """Tell whether the native plugin makes this kind of resource."""
        return self.type.rpartition("$")[2].startswith(_PLUGIN)

    def within(self, stacks: Iterable[str]) -> Owner:
        """Return the same owner with its organization, where one of the stacks alone can be meant."""
        known = {stack for stack in stacks if stack.endswith(self.stack)}
        return replace(self, stack=known.pop()) if self.stack.startswith("/") and len(known) == 1 else self

    @property
    def mark(self) -> str:
        """Return the mark of ownership, as it is in a label."""
        organization, project, stack = self.stack.split("/", 2)
        organization = "" if self.is_plugin_s else organization
        return f"{organization}/{_URN}{stack}::{project}::{self.type}::{self.name}"


@dataclass(frozen=True)
class StackState:
    """Hold what a stack's state says of its resources.

    Args:
        stack: The stack's full name: ``organization/project/stack``.
        ids: The ids that it has.
        owners: Who its resources are; those whose creation was begun are among them.
    """

    stack: str
    ids: frozenset[str]
    owners: frozenset[Owner]


def full_name(stack: str) -> str:
    """Return a stack's name, which must be a full one.

    Raises:
        ProviderError: The organization, the project or the stack is missing.
    """
    if len(stack.split("/")) != 3 or not all(stack.split("/")):
        raise ProviderError(f'stack "{stack}": name it in full, as organization/project/stack')
    return stack


def read_state(stack: str, exported: object) -> StackState:
    """Read what `pulumi stack export` writes.

    A state that can't be understood is refused: taken for an empty one, it would make orphans of everything.

    Args:
        stack: The stack's full name.
        exported: The exported state, as JSON is read.

    Raises:
        ProviderError: It is no state, of a version that isn't known, or another stack's.
    """
    action = f'read the state of stack "{stack}"'
    if not isinstance(exported, Mapping) or not isinstance(exported.get("deployment"), Mapping):
        raise ProviderError(f"{action}: it is not what `pulumi stack export` writes")
    if exported.get("version") not in _VERSIONS:
        raise ProviderError(
            f"{action}: its version is {exported.get('version')}, known are 3 and 4; update pulumi-daytona"
        )
    resources = _resources(exported["deployment"], action)
    owners = frozenset(_owner(stack, resource, action) for resource in resources)
    ids = frozenset(str(resource["id"]) for resource in resources if resource.get("id"))
    return StackState(full_name(stack), ids, owners)


def _resources(deployment: Mapping[str, Any], action: str) -> list[Mapping[str, Any]]:
    """Return the resources that the state has, and those that an operation was begun on."""
    kept, pending = deployment.get("resources") or [], deployment.get("pending_operations") or []
    if isinstance(kept, list) and isinstance(pending, list):
        begun = [one.get("resource") if isinstance(one, Mapping) else None for one in pending]
        resources = [one for one in (*kept, *begun) if isinstance(one, Mapping)]
        if len(resources) == len(kept) + len(pending):
            return resources
    raise ProviderError(f"{action}: its resources can't be read; export it again")


def _owner(stack: str, resource: Mapping[str, Any], action: str) -> Owner:
    organization = full_name(stack).split("/")[0]
    owner = Owner.parse(f"{organization}/{resource.get('urn')}")
    if owner is None or owner.stack != stack:
        raise ProviderError(
            f"{action}: {resource.get('urn')} is not of that stack; give that stack's own state"
        )
    return owner
