"""The volume: storage that outlives the sandboxes it is mounted in."""

from __future__ import annotations

import logging
from typing import Annotated

from daytona_httpx import (
    AsyncDaytona,
    DaytonaConflictError,
    DaytonaError,
    Volume,
)
from daytona_httpx.retry import is_unsent

from pulumi_daytona.core.claim import ANSWER_LOST
from pulumi_daytona.core.definition import Definition, Live, State
from pulumi_daytona.core.models import OutputModel, ResourceInputs, Seconds, Text
from pulumi_daytona.core.operation import limit, operation, pauses
from pulumi_daytona.core.ownership import names_for
from pulumi_daytona.core.progress import States
from pulumi_daytona.core.record import existing, found, or_removed
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.traits import doc, provider_only, replaces

CREATE_S = 300.0
DELETE_S = 300.0

_GONE = ("deleted",)
_GOING = ("pending_delete", "deleting", *_GONE)
_COMING = ("creating", "pending_create")

logger = logging.getLogger(__name__)


class VolumeInputs(ResourceInputs):
    """Say what a volume should be."""

    name: Annotated[
        Text | None,
        replaces(),
        doc(
            "The name in Daytona, unique in the organization; by default it follows from organization, "
            "project, stack and logical name."
        ),
    ] = None
    adopt: Annotated[
        bool | None,
        provider_only(),
        doc(
            "Whether to take over a volume that has the name already; from then on this stack owns it, and "
            "destroys it. Default False: the name being taken is an error."
        ),
    ] = None
    create_timeout: Annotated[
        Seconds | None, provider_only(), doc("Seconds until it is ready, 0 for no limit. Default 300.")
    ] = None
    delete_timeout: Annotated[
        Seconds | None,
        provider_only(),
        doc("Seconds until no sandbox uses it and it is gone, 0 for no limit. Default 300."),
    ] = None


class VolumeOutputs(OutputModel):
    """Tell what can be read of a volume."""

    organization_id: Annotated[str, doc("Id of its organization.")]
    name: Annotated[str, doc("Its name in Daytona.")]
    state: Annotated[str, doc("What it is now, for example ``ready``.")]
    error_reason: Annotated[str | None, doc("Why it failed.")]
    created_at: Annotated[str | None, doc("When it was made.")]
    updated_at: Annotated[str | None, doc("When it last changed.")]
    last_used_at: Annotated[str | None, doc("When a sandbox last mounted it.")]


class VolumeVerbs:
    """Create, read and delete a volume.

    A volume has no labels to carry a mark. One without a name of its own gets a name that only this
    resource can give, so meeting that name taken means meeting an earlier create that was cut short.
    """

    async def create(self, session: Session, inputs: VolumeInputs) -> Live:
        """Make a volume, or adopt the one that has its name, and return it when it is ready.

        Raises:
            ProviderError: The name is taken and the program doesn't adopt, or what the API said; what was
                made is removed then.
        """
        name = inputs.name or next(names_for(inputs.owner or "volume"))
        timeout_s = limit(inputs.create_timeout, CREATE_S)
        async with operation(session, f'create volume "{name}"', timeout_s, "create_timeout"):
            left = await _left(session, name, is_own=inputs.name is None)
            if left is None:
                return _live(await _make(session.client, name, is_own=inputs.name is None))
            if inputs.adopt is not True and inputs.name is not None:
                raise DaytonaConflictError("the name is taken; choose another one, or set adopt")
            session.adopted.add(left.id)
            return _live(await _ready(session.client, left))

    async def read(self, session: Session, resource_id: str, state: State) -> Live | None:
        """Return the volume as it is; None when the API says that it doesn't exist, or is going."""
        async with operation(session, f'read volume "{state.get("name", resource_id)}"'):
            volume = await found(session.client.volume.get_by_id(resource_id))
        return None if volume is None or volume.state in _GOING else _live(volume)

    async def update(self, session: Session, resource_id: str, state: State, inputs: VolumeInputs) -> Live:
        """Return the volume as it is: nothing of a volume can change."""
        async with operation(session, f'update volume "{state.get("name", resource_id)}"'):
            return _live(await existing(session.client.volume.get_by_id(resource_id)))

    async def delete(self, session: Session, resource_id: str, state: State) -> None:
        """Remove the volume, as soon as no sandbox uses it, and return when it is gone.

        A volume whose creation in this process met it under its own name replaces itself (the user
        forced a replacement): it is the new one as well, so it stays, with its data.
        """
        if resource_id in session.adopted:
            return
        action = f'delete volume "{state.get("name", resource_id)}"'
        timeout_s = limit(state.get("delete_timeout"), DELETE_S)
        async with operation(session, action, timeout_s, "delete_timeout"):
            volume = await found(session.client.volume.get_by_id(resource_id))
            if volume is not None:
                await _remove(session.client, volume)


VOLUME: Definition[VolumeInputs] = Definition(
    name="Volume",
    doc="Declare a volume: storage that outlives the sandboxes it is mounted in (create volume).",
    inputs=VolumeInputs,
    outputs=VolumeOutputs,
    verbs=VolumeVerbs(),
    unique_name="name",
)


async def _left(session: Session, name: str, *, is_own: bool) -> Volume | None:
    """Return the volume that has a name; one that is on its way out is waited for, and a failed one goes."""
    left = await found(session.client.volume.get(name))
    if left is None or left.state in _GONE:
        return None
    failed = is_own and left.state == "error" and left.id not in session.in_state
    if not failed and left.state not in _GOING:
        return left
    await _remove(session.client, left)
    return None


async def _make(client: AsyncDaytona, name: str, *, is_own: bool) -> Volume:
    """Make a volume under a name that was free, and wait until it is ready; a failure leaves nothing."""
    another_s = (DaytonaConflictError,)
    async with or_removed(lambda: _remove_named(client, name), unless=another_s):
        return await _ready(client, await _made(client, name, is_own=is_own))


async def _made(client: AsyncDaytona, name: str, *, is_own: bool) -> Volume:
    waits = pauses()
    while True:
        try:
            return await client.volume.create(name)
        except DaytonaConflictError:
            if not is_own:
                raise
            await anext(waits)
        except ANSWER_LOST as lost:
            if is_unsent(lost):
                raise
            logger.info('create volume "%s": %s; looking whether it was made', name, lost)
            is_own = True  # only one volume can have the name, and it was free
            await anext(waits)
        met = await found(client.volume.get(name))
        if met is not None:
            return met


async def _ready(client: AsyncDaytona, volume: Volume) -> Volume:
    now = await _settled(client, volume)
    if now is None or now.state != "ready":
        raise DaytonaError(f"it is {now.state if now else 'gone'}{_reason(now or volume)}; run up again")
    return now


async def _settled(client: AsyncDaytona, volume: Volume) -> Volume | None:
    """Wait until a volume is no longer being made; None when it is gone."""
    now: Volume | None = volume
    tell = States("volume")
    async for _ in pauses():
        tell(now.state if now else "gone")
        if now is None or now.state not in _COMING:
            break
        now = await found(client.volume.get_by_id(volume.id))
    return now


async def _remove_named(client: AsyncDaytona, name: str) -> None:
    volume = await found(client.volume.get(name))
    if volume is not None:
        await _remove(client, volume)


async def _remove(client: AsyncDaytona, volume: Volume) -> None:
    """Delete a volume as soon as no sandbox uses it, and return when it is gone; the caller limits it."""
    now = await _settled(client, volume)
    if now is not None and now.state not in _GOING:
        await _delete_when_unused(client, now)
    await _gone(client, volume)


async def _delete_when_unused(client: AsyncDaytona, volume: Volume) -> None:
    waits = pauses()
    while True:
        try:
            await found(client.volume.delete(volume))
            return
        except DaytonaConflictError:
            # A sandbox that is being destroyed still counts as a user.
            await anext(waits)


async def _gone(client: AsyncDaytona, volume: Volume) -> None:
    async for _ in pauses():
        left = await found(client.volume.get_by_id(volume.id))
        if left is None or left.state in _GONE:
            return
        if left.state == "error":
            raise DaytonaError(f"it is in error{_reason(left)}; run destroy again")


def _reason(volume: Volume) -> str:
    return f" ({volume.error_reason})" if volume.error_reason else ""


def _live(volume: Volume) -> Live:
    return Live(volume.id, VolumeOutputs.of(volume))
