"""Follow a snapshot to the state that it should be in."""

from __future__ import annotations

import logging

from daytona_httpx import AsyncDaytona, DaytonaBadRequestError, DaytonaError, Snapshot

from pulumi_daytona.core.operation import pauses
from pulumi_daytona.core.progress import States
from pulumi_daytona.core.record import found

FAILED = frozenset({"error", "build_failed"})
_SETTLED = FAILED | {"active", "inactive"}
_PASSING = "still in progress"

logger = logging.getLogger(__name__)


async def settled(client: AsyncDaytona, snapshot: Snapshot) -> Snapshot | None:
    """Wait until a snapshot is neither being made nor being removed; None when it is gone."""
    now: Snapshot | None = snapshot
    tell = States("snapshot")
    async for _ in pauses():
        tell(now.state if now else "gone")
        if now is None or now.state in _SETTLED:
            break
        now = await found(client.snapshot.get(snapshot.id))
    return now


async def reach(client: AsyncDaytona, snapshot: Snapshot, state: str | None) -> Snapshot:
    """Activate or deactivate a snapshot, where it is not as it should be; the caller limits the time.

    Args:
        client: The client.
        snapshot: The snapshot, freshly read.
        state: ``active``, ``inactive``, or None for either.

    Raises:
        DaytonaError: The API refused, or the snapshot failed.
    """
    now = await settled(client, snapshot)
    if now is None or now.state in FAILED:
        raise DaytonaError(
            f"it is {now.state if now else 'gone'}: {(now and now.error_reason) or 'no reason given'}"
        )
    if state in (None, now.state):
        return now
    if state == "inactive":
        await client.snapshot.deactivate(now)
    else:
        await _activate(client, now)
    return await reach(client, await client.snapshot.get(now.id), state)


async def named(client: AsyncDaytona, name: str) -> list[Snapshot]:
    """Return the snapshot that has a name, if there is one."""
    there = await found(client.snapshot.get(name))
    return [there] if there else []


async def adopted(client: AsyncDaytona, snapshot: Snapshot, state: str) -> Snapshot | None:
    """Bring what an earlier create left to a state, as ``reach`` does; None when it failed, or is gone."""
    now = await settled(client, snapshot)
    return await reach(client, now, state) if now and now.state not in FAILED else None


async def remove(client: AsyncDaytona, snapshot_id: str) -> None:
    """Delete a snapshot and return when it is gone; one that is gone already is a success."""
    async for _ in pauses():
        left = await found(client.snapshot.get(snapshot_id))
        if left is None:
            return
        if left.state != "removing":
            await found(client.snapshot.delete(left))


async def remove_named(client: AsyncDaytona, name: str) -> None:
    """Remove what a create that failed has made: its answer may have named no id."""
    for left in await named(client, name):
        await remove(client, left.id)


async def _activate(client: AsyncDaytona, snapshot: Snapshot) -> None:
    async for _ in pauses():
        try:
            await client.snapshot.activate(snapshot)
            return
        except DaytonaBadRequestError as error:
            if _PASSING not in str(error):
                raise
            logger.info('activate snapshot "%s": %s; trying again', snapshot.name, error)
