"""Find what is imported, by its id or its name, and the inputs that would make it: the fewest that do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from daytona_httpx import DaytonaError

from pulumi_daytona.core.definition import Live, State
from pulumi_daytona.core.errors import failed
from pulumi_daytona.core.importing import defaults_of
from pulumi_daytona.core.importing_inputs import Placeholder, sandbox_inputs
from pulumi_daytona.core.inside.verbs import parts_of
from pulumi_daytona.core.operation import operation
from pulumi_daytona.core.record import organization_of
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import KEEP, Change, Trait
from pulumi_daytona.plugin.listing import LISTS, there
from pulumi_daytona.plugin.status import RefusedError

_NEVER: Final = {
    "SandboxCommand": "what has run can't be read; declare it, it runs then",
    "SandboxSession": "which command it runs can't be read; declare it, it is started anew then",
    "SshAccess": "its token is told only once; declare it, it gets a new one then",
}
"""What can't be imported, and what to do instead."""

_INSIDE: Final = {
    "GitRepository": "path",
    "PreviewUrl": "port",
    "SandboxFile": "path",
    "SandboxFolder": "path",
}
"""What is in a sandbox, and which input names it there."""

_OF_ORGANIZATIONS: Final = frozenset({"IdentityProvider", "OrganizationInvitation", "OrganizationRole"})


def seeds(session: Session, kind: str, id_: str) -> State:
    """Return what an id says by itself, which a read needs.

    Args:
        session: The session.
        kind: The kind of resource.
        id_: The id; of what an organization has also ``organization/id``.

    Raises:
        RefusedError: The kind can't be imported, or has other ids.
    """
    if kind in _NEVER:
        raise RefusedError(f"{kind} can't be imported: {_NEVER[kind]}")
    if kind in _INSIDE:
        sandbox_id, name = parts_of(id_)
        if not name or (kind == "PreviewUrl" and not name.isdigit()):
            raise RefusedError(f"{id_!r} is no id of a {kind}; it is the sandbox's id:{_INSIDE[kind]}")
        return {"sandbox_id": sandbox_id, _INSIDE[kind]: int(name) if kind == "PreviewUrl" else name}
    if kind == "AdminOrganizationRegionQuota":
        return _keyed(kind, id_, "organization_id", "region_id", "sandbox_class")
    if kind == "OrganizationMember":
        return _keyed(kind, id_, "organization_id", "user_id")
    if kind in _OF_ORGANIZATIONS:
        return {"organization_id": _organization(session, kind, id_)}
    return {}


async def found(session: Session, kind: str, id_: str, seed: State) -> Live | None:
    """Return what has an id, or else what has it for a name and is the only one that does.

    Args:
        session: The session.
        kind: The kind of resource.
        id_: The id or the name.
        seed: What the id says by itself.

    Raises:
        ProviderError: It can't be known whether it is there.
        RefusedError: Several have the name.
    """
    verbs, own = definition_of(kind).verbs, id_.rpartition("/")[2] if kind in _OF_ORGANIZATIONS else id_
    live = await verbs.read(session, own, dict(seed))
    if live is not None or kind not in LISTS:
        return live
    ids = [each for each, name in await there(session, kind) if name == own]
    if len(ids) > 1:
        raise RefusedError(
            f"there are {len(ids)} of the name {own!r}; give one of their ids: {', '.join(ids)}"
        )
    return await verbs.read(session, ids[0], dict(seed)) if ids else None


async def imported_inputs(session: Session, kind: str, live: Live, seed: State) -> dict[str, Any]:
    """Return the inputs that would make a resource: what must be given, and what differs from defaults."""
    if kind == "Sandbox":
        return await _sandbox(session, live)
    traits, fields = definition_of(kind).inputs.traits(), definition_of(kind).inputs.model_fields
    values = {**live.attributes, **live.inputs, **seed, **_shaped(kind, live)}
    return {
        name: values[name]
        for name, trait in traits.items()
        if values.get(name) is not None
        and (fields[name].is_required() or _differs(name, trait, values[name]))
    }


async def _sandbox(session: Session, live: Live) -> dict[str, Any]:
    async with operation(session, f"read sandbox {live.id}"):
        sandbox = await session.client.get(live.id)
    inputs = sandbox_inputs(sandbox, await defaults_of(session))
    return {
        name: getattr(sandbox, name) if _is_hidden(value) else value
        for name, value in inputs.items()
        if name in live.attributes or not _is_hidden(value)
    }


def _is_hidden(value: object) -> bool:
    values = value.values() if isinstance(value, dict) else [value]
    return any(isinstance(each, Placeholder) for each in values)


def _differs(name: str, trait: Trait, value: Any) -> bool:
    if trait.internal or trait.change is Change.NONE:
        return False
    return name == "name" if trait.default is KEEP else not trait.same(trait.default, value)


def _shaped(kind: str, live: Live) -> State:
    """Return what is an input under another name than it is read by."""
    return _SHAPES[kind](live) if kind in _SHAPES else {}


def _snapshot(live: Live) -> State:
    built = live.attributes.get("build_info") or {}
    if built.get("dockerfile_content"):
        return {"dockerfile": built["dockerfile_content"]}
    return {"image": live.attributes.get("image_name"), "state": None}


def _taken(live: Live) -> State:
    return {"sandbox_id": live.attributes.get("source_sandbox_id")}


_SHAPES: Final[dict[str, Callable[[Live], State]]] = {"SandboxSnapshot": _taken, "Snapshot": _snapshot}


def _keyed(kind: str, id_: str, *names: str) -> State:
    parts = id_.split("/")
    if len(parts) != len(names) or not all(parts):
        raise RefusedError(f"{id_!r} is no id of a {kind}; it is {'/'.join(names)}")
    return dict(zip(names, parts, strict=True))


def _organization(session: Session, kind: str, id_: str) -> str:
    organization = id_.rpartition("/")[0] or None
    try:
        return organization_of(session, organization)
    except DaytonaError as error:
        raise failed(f"import {kind} {id_}", error) from None
