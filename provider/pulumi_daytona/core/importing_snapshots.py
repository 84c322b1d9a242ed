"""Find the snapshots that a program can take over: those of which the API tells what they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from daytona_httpx import DaytonaForbiddenError, Snapshot

from pulumi_daytona.core.check import check
from pulumi_daytona.core.functions.snapshots import every_snapshot
from pulumi_daytona.core.operation import operation
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.resources.snapshot.state import FAILED
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.sweep_named import GIVEN_NAMES

Inputs = Mapping[str, Any]


async def free_snapshots(
    session: Session, prefix: str | None
) -> tuple[list[tuple[Snapshot, Inputs]], list[tuple[str, str, str]]]:
    """Return the snapshots that can be declared, each with its inputs, and the others, with the reason.

    Args:
        session: The session.
        prefix: What their names must begin with.

    Raises:
        ProviderError: The API refused, or can't be reached.
    """
    async with operation(session, "list snapshots"):
        try:
            listed = await every_snapshot(session.client, {})
        except DaytonaForbiddenError:
            return [], [("Snapshot", "any", "this key may not read snapshots")]
    own = [one for one in listed if not one.general and one.state != "removing"]
    there = [(one, _inputs(one)) for one in own if one.name.startswith(prefix or "")]
    others = [("Snapshot", one.name, why) for one, inputs in there if (why := _objection(one, inputs))]
    return [(one, inputs) for one, inputs in there if not _objection(one, inputs)], others


def _inputs(snapshot: Snapshot) -> Inputs:
    dockerfile = snapshot.build_info.dockerfile_content if snapshot.build_info else None
    source = {"dockerfile": dockerfile} if dockerfile else {"image": snapshot.image_name}
    return {"name": snapshot.name, **source, "adopt": True}


def _objection(snapshot: Snapshot, inputs: Inputs) -> str:
    if snapshot.state in FAILED:
        return f"it is {snapshot.state}"
    if GIVEN_NAMES["Snapshot"].fullmatch(snapshot.name):
        return "its name is one that a stack gives"
    if snapshot.source_sandbox_id:
        return "it was made from a sandbox, which a program can't say"
    failures = check(definition_of("Snapshot"), inputs).failures
    return "; ".join(f"{failure.property}: {failure.reason}" for failure in failures)
