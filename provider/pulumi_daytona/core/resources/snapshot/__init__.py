"""The snapshot: what sandboxes are made from."""

from __future__ import annotations

from collections.abc import Mapping

from daytona_httpx import (
    AsyncDaytona,
    CreateSnapshotParams,
    DaytonaConflictError,
    Resources,
    Snapshot,
)

from pulumi_daytona.core.claim import ANSWER_LOST, Claim
from pulumi_daytona.core.definition import Definition, Live, State
from pulumi_daytona.core.images import image_of
from pulumi_daytona.core.operation import limit, operation
from pulumi_daytona.core.ownership import resource_name
from pulumi_daytona.core.progress import log_listener, progress
from pulumi_daytona.core.record import existing, found, or_removed
from pulumi_daytona.core.resources.snapshot.inputs import SnapshotInputs, SnapshotOutputs, snapshot_rules
from pulumi_daytona.core.resources.snapshot.state import FAILED, adopted, named, reach, remove, remove_named
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import Change

CREATE_S = 1800.0
UPDATE_S = 600.0
DELETE_S = 300.0
"""The timeouts, in seconds, of a program that sets none; 0 in a program is no limit."""


class SnapshotVerbs:
    """Create, read, update and delete a snapshot."""

    async def create(self, session: Session, inputs: SnapshotInputs) -> Live:
        """Make a snapshot, or take over what an earlier create of the same content left, and wait for it.

        Raises:
            ProviderError: What the API said, or that the time ran out; nothing is left behind.
        """
        title = inputs.name or resource_name(inputs.owner or "snapshot")
        timeout_s = limit(inputs.create_timeout, CREATE_S)
        async with operation(session, f'create snapshot "{title}"', timeout_s, "create_timeout"):
            adopt = inputs.adopt is True
            claim, owner = _claim(session.client, inputs), inputs.owner or "snapshot"
            return await claim.run(session, inputs.name, owner, adopt=adopt, content=inputs.digest())

    async def read(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the snapshot as it is; None when the API says that it doesn't exist, or is going."""
        async with operation(session, f'read snapshot "{state.get("name", resource_id)}"'):
            snapshot = await found(session.client.snapshot.get(resource_id))
        return None if snapshot is None or snapshot.state == "removing" else _live(snapshot)

    async def update(self, session: Session, resource_id: str, state: State, inputs: SnapshotInputs) -> Live:
        """Activate or deactivate the snapshot, when it is not as it should be; it can be repeated.

        Raises:
            ProviderError: What the API said, or that the time ran out.
        """
        timeout_s = limit(inputs.update_timeout, UPDATE_S)
        action = f'update snapshot "{state.get("name", resource_id)}"'
        async with operation(session, action, timeout_s, "update_timeout"):
            snapshot = await existing(session.client.snapshot.get(resource_id))
            return _live(await reach(session.client, snapshot, inputs.state))

    async def delete(self, session: Session, resource_id: str, state: State) -> None:
        """Remove the snapshot and return when it is gone; sandboxes that were made from it stay.

        One that a create of this process has taken over is its own successor, and stays.

        Raises:
            ProviderError: What the API said, or that the time ran out.
        """
        if resource_id in session.adopted:
            return
        timeout_s = limit(state.get("delete_timeout"), DELETE_S)
        action = f'delete snapshot "{state.get("name", resource_id)}"'
        async with operation(session, action, timeout_s, "delete_timeout"):
            await remove(session.client, resource_id)


def snapshot_faults(state: State) -> Mapping[str, Change]:
    """Say that a snapshot which failed needs another one."""
    return {"state": Change.REPLACE} if state.get("state") in FAILED else {}


SNAPSHOT: Definition[SnapshotInputs] = Definition(
    name="Snapshot",
    doc="Declare a snapshot, which sandboxes are made from (create snapshot).\n\n"
    "``pulumi up`` returns when it is active. Other content is another snapshot: the text of a Dockerfile, "
    "or what is in the local files that it copies, whatever their times. A name that follows from who the "
    "resource is follows from its content too, so sandboxes that use the snapshot's name are replaced with "
    "it, and what a create that was cut short has left behind is found again.",
    inputs=SnapshotInputs,
    outputs=SnapshotOutputs,
    verbs=SnapshotVerbs(),
    rules=snapshot_rules,
    faults=snapshot_faults,
    unique_name="name",
    refers_to={"region_id": "Region"},
)


def _claim(client: AsyncDaytona, inputs: SnapshotInputs) -> Claim[Snapshot]:
    async def make(name: str) -> Live:
        looked_for = (DaytonaConflictError, *ANSWER_LOST)  # by the claim
        async with or_removed(lambda: remove_named(client, name), unless=looked_for):
            progress().status("snapshot is being made")
            made = await client.snapshot.create(_params(inputs, name), on_logs=log_listener())
            return _live(await reach(client, made, inputs.state))

    async def adopt(snapshot: Snapshot) -> Live | None:
        if not _is_made_of(snapshot, inputs):
            raise DaytonaConflictError(f'snapshot "{snapshot.name}" is made of something else; delete it')
        ours = await adopted(client, snapshot, inputs.state or "active")
        return _live(ours) if ours else None

    return Claim(make, lambda name: named(client, name), lambda snapshot: remove(client, snapshot.id), adopt)


def _params(inputs: SnapshotInputs, name: str) -> CreateSnapshotParams:
    return CreateSnapshotParams(
        name=name,
        image=inputs.image or image_of(inputs.dockerfile or "", inputs.contexts),
        resources=Resources(**inputs.resources.plain()) if inputs.resources else None,
        entrypoint=inputs.entrypoint or None,
        region_id=inputs.region_id,
        sandbox_class=inputs.sandbox_class,
    )


def _is_made_of(snapshot: Snapshot, inputs: SnapshotInputs) -> bool:
    """Tell whether a snapshot has the content that is asked for, as far as the API tells."""
    if inputs.image is not None:
        return snapshot.image_name in (inputs.image, None, "")
    told = snapshot.build_info.dockerfile_content if snapshot.build_info else None
    return told is None or told.startswith((inputs.dockerfile or "").rstrip("\n"))


def _live(snapshot: Snapshot) -> Live:
    return Live(snapshot.id, SnapshotOutputs.of(snapshot))
