"""The warm pool: sandboxes of a snapshot that are started before anyone asks for them."""

from __future__ import annotations

from typing import Annotated, ClassVar

from daytona_httpx import DaytonaConflictError, WarmPool

from pulumi_daytona.core.claim import ANSWER_LOST
from pulumi_daytona.core.definition import Definition, Live, State, changed_values
from pulumi_daytona.core.models import OutputModel, ResourceInputs, Text
from pulumi_daytona.core.record import RecordVerbs
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import doc, in_place, provider_only, replaces
from pulumi_daytona.core.values import ADOPT, Count, Name

_TAKEN = (
    "there is a pool of this snapshot in the region; delete it, or set adopt (and target) to take it over"
)


class WarmPoolInputs(ResourceInputs):
    """Say what a warm pool should be."""

    snapshot: Annotated[
        Name,
        replaces(),
        doc(
            "Name or id of the snapshot. Only sandboxes of it with no user, env, volumes or secrets get one."
        ),
    ]
    pool: Annotated[Count, in_place(), doc("How many sandboxes to keep ready; 0 empties it, later on.")]
    target: Annotated[
        Text | None, replaces(), doc("The region; the organization's default when left out.")
    ] = None
    adopt: Annotated[bool | None, provider_only(), doc(ADOPT)] = None


class WarmPoolOutputs(OutputModel):
    """Tell what can be read of a warm pool."""

    organization_id: Annotated[str, doc("Id of its organization.")]
    snapshot: Annotated[str, doc("The snapshot of its sandboxes.")]
    target: Annotated[str, doc("Its region.")]
    pool: Annotated[int, doc("How many sandboxes are to be ready.")]
    current_size: Annotated[int, doc("How many are.")]
    cpu: Annotated[int, doc("Cores of each.")]
    mem: Annotated[int, doc("Memory of each in GiB.")]
    disk: Annotated[int, doc("Disk of each in GiB.")]
    os_user: Annotated[str, doc("The user inside.")]
    error_reason: Annotated[str | None, doc("Why it can't be filled.")]
    created_at: Annotated[str | None, doc("When it was made.")]
    updated_at: Annotated[str | None, doc("When it last changed.")]


class WarmPoolVerbs(RecordVerbs[WarmPoolInputs]):
    """Make, read, change and remove a warm pool."""

    noun: ClassVar[str] = "warm pool"
    title: ClassVar[str] = "snapshot"

    async def make(self, session: Session, inputs: WarmPoolInputs) -> Live:
        """Make a warm pool, or take over the one of the snapshot where the program says so."""
        pools = session.client.warm_pool
        strangers = {pool.id for pool in await pools.list()} if inputs.adopt is not True else session.in_state
        try:
            return _live(await pools.create(inputs.snapshot, inputs.pool, inputs.target))
        except (DaytonaConflictError, *ANSWER_LOST) as error:
            there = [pool for pool in await _of_snapshot(session, inputs) if pool.id not in strangers]
            if len(there) != 1:
                raise (
                    DaytonaConflictError(_TAKEN) if isinstance(error, DaytonaConflictError) else error
                ) from None
            return _live(await pools.update(there[0].id, inputs.pool))

    async def get(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the pool as it is; the API has only the list of all."""
        pools = await session.client.warm_pool.list()
        return next((_live(pool) for pool in pools if pool.id == resource_id), None)

    async def change(self, session: Session, resource_id: str, state: State, inputs: WarmPoolInputs) -> Live:
        """Set how many sandboxes are to be ready."""
        if not changed_values(state, inputs):
            return await super().change(session, resource_id, state, inputs)
        return _live(await session.client.warm_pool.update(resource_id, inputs.pool))

    async def remove(self, session: Session, resource_id: str, state: State) -> None:
        """Remove the pool, and the sandboxes in it."""
        await session.client.warm_pool.delete(resource_id)


WARM_POOL: Definition[WarmPoolInputs] = Definition(
    name="WarmPool",
    doc="Declare a warm pool: sandboxes of a snapshot that are started before they are asked for "
    "(create warm pool).\n\n"
    "There is one for a snapshot in a region. Whose it is can't be told: what a create that was cut short "
    "has left behind is an error for the next one, unless ``adopt`` is set.",
    inputs=WarmPoolInputs,
    outputs=WarmPoolOutputs,
    verbs=WarmPoolVerbs(),
    refers_to={"snapshot": "Snapshot", "target": "Region"},
)


async def _of_snapshot(session: Session, inputs: WarmPoolInputs) -> list[WarmPool]:
    """Return the pools that may be meant; the snapshot may be given by id, and the region left out."""
    names = {inputs.snapshot, (await session.client.snapshot.get(inputs.snapshot)).name}
    pools = await session.client.warm_pool.list()
    return [pool for pool in pools if pool.snapshot in names and inputs.target in (None, pool.target)]


def _live(pool: WarmPool) -> Live:
    return Live(pool.id, WarmPoolOutputs.of(pool))
