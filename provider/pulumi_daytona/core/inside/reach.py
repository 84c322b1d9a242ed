"""Reach a sandbox whose inside a resource is about.

An operation needs it started. One that is on its way is waited for; one that stopped is an error, since
whether it runs is for the sandbox's own resource to say. Only a delete takes a stopped one as it is: it must
neither hang nor start what is about to go.
"""

from __future__ import annotations

import logging

from daytona_httpx import AsyncSandbox, DaytonaConflictError, DaytonaNotFoundError

from pulumi_daytona.core.errors import is_absence
from pulumi_daytona.core.progress import States
from pulumi_daytona.core.session import Session

ON_THE_WAY = frozenset(
    {
        "creating", "starting", "restoring", "resuming", "resizing", "snapshotting", "forking",
        "pending_build", "building_snapshot", "pulling_snapshot",
    }
)  # fmt: skip
"""The states of a sandbox that is going to be started."""

GONE = frozenset({"destroying", "destroyed"})

START_S = 300.0
"""How long one that is on its way is waited for; its own resource waits first, unless it is told not to."""

logger = logging.getLogger(__name__)


async def find(session: Session, sandbox_id: str) -> AsyncSandbox | None:
    """Return a sandbox, or None when the API says that it doesn't exist, or is on its way out."""
    try:
        sandbox = await session.client.get(sandbox_id)
    except DaytonaNotFoundError as error:
        if not is_absence(error):
            raise
        return None
    return None if sandbox.state in GONE or sandbox.desired_state == "destroyed" else sandbox


async def existing(session: Session, sandbox_id: str) -> AsyncSandbox:
    """Return a sandbox in any state.

    Raises:
        DaytonaNotFoundError: It is gone.
    """
    sandbox = await find(session, sandbox_id)
    if sandbox is None:
        raise DaytonaNotFoundError(f"sandbox {sandbox_id} is gone; run pulumi up --refresh to make it again")
    return sandbox


async def started(session: Session, sandbox_id: str) -> AsyncSandbox:
    """Return a sandbox that is started; one that is on its way is waited for.

    Raises:
        DaytonaError: It is gone, or doesn't run.
    """
    sandbox = await existing(session, sandbox_id)
    if sandbox.state in ON_THE_WAY:
        await sandbox.wait_for_sandbox_start(timeout=START_S, on_state=States("sandbox"))
    if sandbox.state != "started":
        raise DaytonaConflictError(
            f'sandbox {sandbox_id} is {sandbox.state}; set state="started" on it and run pulumi up --refresh'
        )
    return sandbox


def is_reached(sandbox: AsyncSandbox, what: str) -> bool:
    """Tell whether something can be removed from a sandbox, and warn when it has to stay.

    Args:
        sandbox: The sandbox, freshly read.
        what: What is to be removed.
    """
    if sandbox.state == "started":
        return True
    logger.warning("%s stays in sandbox %s, which is %s", what, sandbox.id, sandbox.state)
    return False
