"""Find the sandboxes, volumes and snapshots that no stack owns, and the inputs that would make them so."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from daytona_httpx import (
    AsyncSandbox,
    DaytonaForbiddenError,
    DaytonaNotFoundError,
    ListSandboxesQuery,
    Snapshot,
    Volume,
)

from pulumi_daytona.core.doctor import default_region
from pulumi_daytona.core.errors import is_absence
from pulumi_daytona.core.importing_inputs import Inputs, remarks_on, sandbox_inputs
from pulumi_daytona.core.importing_snapshots import free_snapshots
from pulumi_daytona.core.operation import operation
from pulumi_daytona.core.ownership import OWNER
from pulumi_daytona.core.resources.sandbox.told import Defaults
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.sweep import FAILED, GOING
from pulumi_daytona.core.sweep_named import GIVEN_NAMES

TOKENS: Final = {kind: f"daytona:index:{kind}" for kind in ("Sandbox", "Snapshot", "Volume")}
"""The native plugin's types, which an import file names."""

_AT_ONCE = 20


@dataclass(frozen=True)
class Unowned:
    """Hold a sandbox, volume or snapshot that no stack owns.

    Args:
        kind: ``Sandbox``, ``Volume`` or ``Snapshot``.
        name: Its name in Daytona.
        logical_name: Its name in the program, of which there is no other of its kind.
        inputs: The inputs that differ from the defaults; no value of a secret is among them.
        remarks: What the API doesn't tell, so that the program can't say it.
    """

    kind: str
    id: str
    name: str
    state: str
    logical_name: str
    inputs: Inputs
    remarks: Sequence[str] = ()


LeftOut = tuple[str, str, str]
"""What is left out: its kind, its name, and why."""


@dataclass(frozen=True)
class Findings:
    """Hold what no stack owns, and what is left out all the same."""

    unowned: tuple[Unowned, ...]
    left_out: tuple[LeftOut, ...] = ()


async def unowned(
    session: Session, labels: Mapping[str, str] | None = None, prefix: str | None = None
) -> Findings:
    """Return what no stack owns (list sandboxes, get sandbox, list volumes, get all snapshots).

    Args:
        session: The session.
        labels: Labels that they must have; only sandboxes have any, so that nothing else is found then.
        prefix: What their names must begin with.

    Raises:
        ProviderError: The API refused, or can't be reached.
    """
    query = ListSandboxesQuery(labels=labels or None, name=prefix or None)
    async with operation(session, "list sandboxes"):
        listed = [one async for one in session.client.list(query) if one.name.startswith(prefix or "")]
        free = [one for one in listed if OWNER not in one.labels and str(one.state) not in GOING]
        sandboxes = await _complete([one for one in free if str(one.state) not in FAILED])
    volumes, others = ([], []) if labels else await _volumes(session, prefix)
    snapshots, more = ([], []) if labels else await free_snapshots(session, prefix)
    defaults = await defaults_of(session)
    shared = (*_unowned_volumes(volumes), *_unowned_snapshots(snapshots))
    failed = [("Sandbox", one.name, f"it is {one.state}") for one in free if str(one.state) in FAILED]
    return Findings((*shared, *_unowned_sandboxes(sandboxes, defaults)), (*failed, *others, *more))


def adopting(resource: Unowned) -> Unowned:
    """Return what no stack owns with the inputs that take it over."""
    inputs = {"name": resource.name, "adopt": True}
    return replace(resource, inputs=inputs | {**resource.inputs})


def import_file(resources: Iterable[Unowned]) -> dict[str, Any]:
    """Return what `pulumi import --file` reads."""
    return {
        "resources": [{"type": TOKENS[one.kind], "name": one.logical_name, "id": one.id} for one in resources]
    }


def distinct(names: Iterable[str], unsafe: str = r"[^A-Za-z0-9_.-]+") -> list[str]:
    """Return the names with what is unsafe replaced, each different from those before it."""
    taken: list[str] = []
    for name in names:
        plain = re.sub(unsafe, "-", name).strip("-") or "unnamed"
        numbered = (f"{plain}-{number}" for number in range(2, len(taken) + 3))
        taken.append(next(one for one in (plain, *numbered) if one not in taken))
    return taken


async def _complete(sandboxes: Sequence[AsyncSandbox]) -> list[AsyncSandbox]:
    """Read each sandbox in full: a list lacks the environment, the mounts and the Dockerfile."""
    places = asyncio.Semaphore(_AT_ONCE)

    async def is_there(sandbox: AsyncSandbox) -> bool:
        async with places:
            try:
                await sandbox.refresh_data()
            except DaytonaNotFoundError as error:
                if not is_absence(error):
                    raise
                return False
            return True

    there = await asyncio.gather(*map(is_there, sandboxes))
    return [sandbox for sandbox, is_one in zip(sandboxes, there, strict=True) if is_one]


async def _volumes(session: Session, prefix: str | None) -> tuple[list[Volume], list[LeftOut]]:
    async with operation(session, "list volumes"):
        try:
            listed = await session.client.volume.list()
        except DaytonaForbiddenError:
            return [], [("Volume", "any", "this key may not read volumes")]
    there = [one for one in listed if one.state not in GOING and one.name.startswith(prefix or "")]
    others = [("Volume", one.name, why) for one in there if (why := _volume_objection(one))]
    return [one for one in there if not _volume_objection(one)], others


def _volume_objection(volume: Volume) -> str:
    if volume.state in FAILED:
        return f"it is {volume.state}"
    return "its name is one that a stack gives" if GIVEN_NAMES["Volume"].fullmatch(volume.name) else ""


async def defaults_of(session: Session) -> Defaults:
    """Return what a sandbox gets that says nothing; what can't be read is taken for no default."""
    settings = session.settings
    async with operation(session, "read the defaults"):
        snapshot = (await session.client.system.get_config()).default_snapshot or None
        region = settings.target or await default_region(session, settings.organization_id)
    return Defaults(snapshot, region)


def _unowned_volumes(volumes: Sequence[Volume]) -> list[Unowned]:
    names = distinct(volume.name for volume in volumes)
    return [
        Unowned("Volume", one.id, one.name, one.state, name, {"name": one.name, "adopt": True})
        for one, name in zip(volumes, names, strict=True)
    ]


def _unowned_snapshots(snapshots: Sequence[tuple[Snapshot, Inputs]]) -> list[Unowned]:
    names = distinct(one.name for one, _ in snapshots)
    return [
        Unowned("Snapshot", one.id, one.name, one.state, name, inputs)
        for (one, inputs), name in zip(snapshots, names, strict=True)
    ]


def _unowned_sandboxes(sandboxes: Sequence[AsyncSandbox], defaults: Defaults) -> list[Unowned]:
    names = distinct(sandbox.name for sandbox in sandboxes)
    return [
        Unowned(
            "Sandbox", one.id, one.name, str(one.state), name, sandbox_inputs(one, defaults), remarks_on(one)
        )
        for one, name in zip(sandboxes, names, strict=True)
    ]
