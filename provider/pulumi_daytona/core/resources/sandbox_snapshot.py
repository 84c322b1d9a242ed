"""The snapshot of a sandbox as it is, with the files that it has by now."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from daytona_httpx import AsyncDaytona, AsyncSandbox, DaytonaConflictError, Snapshot

from pulumi_daytona.core.claim import ANSWER_LOST, Claim
from pulumi_daytona.core.definition import Definition, Failure, Live, State
from pulumi_daytona.core.inside.reach import ON_THE_WAY, existing
from pulumi_daytona.core.models import ResourceInputs, Seconds, Text
from pulumi_daytona.core.operation import pauses
from pulumi_daytona.core.ownership import digest_of
from pulumi_daytona.core.progress import progress
from pulumi_daytona.core.record import RecordVerbs, found, or_removed
from pulumi_daytona.core.resources.snapshot import CREATE_S, DELETE_S, snapshot_faults
from pulumi_daytona.core.resources.snapshot.inputs import SnapshotOutputs, name_rule
from pulumi_daytona.core.resources.snapshot.state import adopted, named, reach, remove, remove_named
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import doc, provider_only, replaces
from pulumi_daytona.core.values import ADOPT, Name

logger = logging.getLogger(__name__)


class SandboxSnapshotInputs(ResourceInputs):
    """Say what a snapshot of a sandbox should be. Timeouts are seconds."""

    sandbox_id: Annotated[
        Name, replaces(), doc("Id of the sandbox, which may run or not; another one is taken anew.")
    ]
    name: Annotated[
        Text | None,
        replaces(),
        doc(
            "The name in Daytona, unique in the organization; by default it follows from organization, "
            "project, stack, logical name, sandbox and triggers."
        ),
    ] = None
    triggers: Annotated[
        list[Any] | None, replaces([]), doc("Any values; when one changes the snapshot is taken anew.")
    ] = None
    adopt: Annotated[bool | None, provider_only(), doc(ADOPT)] = None
    create_timeout: Annotated[
        Seconds | None, provider_only(), doc("Seconds until it is active, 0 for no limit. Default 1800.")
    ] = None
    delete_timeout: Annotated[
        Seconds | None, provider_only(), doc("Seconds until it is gone, 0 for no limit. Default 300.")
    ] = None

    def digest(self) -> str:
        """Return a short digest of what asks for another snapshot."""
        return digest_of({"sandbox_id": self.sandbox_id, "triggers": self.triggers})[:8]


class SandboxSnapshotVerbs(RecordVerbs[SandboxSnapshotInputs]):
    """Take, read and delete a snapshot of a sandbox; it outlives the sandbox."""

    noun: ClassVar[str] = "snapshot"
    create_s: ClassVar[float] = CREATE_S
    delete_s: ClassVar[float] = DELETE_S

    async def make(self, session: Session, inputs: SandboxSnapshotInputs) -> Live:
        """Take a snapshot, or take over what an earlier create left, and wait for it."""
        sandbox = await existing(session, inputs.sandbox_id)
        claim, owner = _claim(session.client, sandbox), inputs.owner or self.noun
        adopt = inputs.adopt is True
        return await claim.run(session, inputs.name, owner, adopt=adopt, content=inputs.digest())

    async def get(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the snapshot as it is, whether its sandbox is there or not; None when it is going."""
        snapshot = await session.client.snapshot.get(resource_id)
        return None if snapshot.state == "removing" else _live(snapshot)

    async def remove(self, session: Session, resource_id: str, state: State) -> None:
        """Remove the snapshot and return when it is gone; sandboxes that were made from it stay."""
        await remove(session.client, resource_id)


def sandbox_snapshot_rules(inputs: SandboxSnapshotInputs) -> Iterator[Failure]:
    """Yield what the API is known to refuse."""
    yield from name_rule(inputs.name)


SANDBOX_SNAPSHOT: Definition[SandboxSnapshotInputs] = Definition(
    name="SandboxSnapshot",
    doc="Declare a snapshot that is taken of a sandbox as it is (create sandbox snapshot).\n\n"
    "``pulumi up`` returns when it is active. What happens in the sandbox later changes nothing: another "
    "sandbox, and changed triggers, take it anew. It stays when its sandbox is gone.",
    inputs=SandboxSnapshotInputs,
    outputs=SnapshotOutputs,
    verbs=SandboxSnapshotVerbs(),
    rules=sandbox_snapshot_rules,
    faults=snapshot_faults,
    unique_name="name",
)


def _claim(client: AsyncDaytona, sandbox: AsyncSandbox) -> Claim[Snapshot]:
    async def make(name: str) -> Live:
        looked_for = (DaytonaConflictError, *ANSWER_LOST)  # by the claim
        async with or_removed(lambda: _remove_taken(client, sandbox, name), unless=looked_for):
            progress().status("snapshot is being taken")
            await _take(client, sandbox, name)
            return _live(await reach(client, await client.snapshot.get(name), "active"))

    async def adopt(snapshot: Snapshot) -> Live | None:
        if snapshot.source_sandbox_id not in (None, sandbox.id):
            raise DaytonaConflictError(f'snapshot "{snapshot.name}" is of another sandbox; delete it')
        ours = await adopted(client, snapshot, "active")
        return _live(ours) if ours else None

    return Claim(make, lambda name: named(client, name), lambda snapshot: remove(client, snapshot.id), adopt)


async def _take(client: AsyncDaytona, sandbox: AsyncSandbox, name: str) -> None:
    """Take a snapshot as soon as nothing else is done with the sandbox, such as another snapshot of it.

    Raises:
        DaytonaConflictError: There is a snapshot of this name.
    """
    async for _ in pauses():
        await _at_rest(sandbox)
        try:
            await sandbox.create_snapshot(name, timeout=0)
            return
        except DaytonaConflictError as error:
            if await named(client, name):
                raise
            logger.info('create snapshot "%s": %s; trying again', name, error)


async def _at_rest(sandbox: AsyncSandbox) -> None:
    async for _ in pauses():
        await sandbox.refresh_data()
        if sandbox.state not in ON_THE_WAY:
            return


async def _remove_taken(client: AsyncDaytona, sandbox: AsyncSandbox, name: str) -> None:
    """Remove what a create that failed has asked for: it may come yet, while its sandbox stands still."""
    await found(_at_rest(sandbox))
    await remove_named(client, name)


def _live(snapshot: Snapshot) -> Live:
    return Live(snapshot.id, SnapshotOutputs.of(snapshot))
