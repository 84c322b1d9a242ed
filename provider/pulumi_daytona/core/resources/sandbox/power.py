"""Bring a sandbox into the state that the program asks for."""

from __future__ import annotations

from daytona_httpx import AsyncSandbox

from pulumi_daytona.core.progress import progress
from pulumi_daytona.core.resources.sandbox.live import FAILED_STATES

_WORDS = {"started": "starting", "stopped": "stopping", "archived": "archiving"}


async def reach(sandbox: AsyncSandbox, state: str) -> None:
    """Start, stop or archive a sandbox and return when it is in that state.

    Args:
        sandbox: The sandbox, freshly read; the caller limits the time.
        state: ``started``, ``stopped`` or ``archived``.

    Raises:
        DaytonaError: The API refused, or the sandbox failed on the way.
    """
    if sandbox.state in FAILED_STATES:
        progress().status("sandbox is recovering")
        await sandbox.recover(timeout=0)
    if sandbox.state == state:
        return
    progress().status(f"sandbox is {_WORDS[state]}")
    if state == "started":
        await sandbox.start(timeout=0)
    elif state == "stopped":
        await _stop(sandbox)
    else:
        await _archive(sandbox)


async def _stop(sandbox: AsyncSandbox) -> None:
    if sandbox.state == "archived":
        await sandbox.start(timeout=0)
    await sandbox.stop(timeout=0)


async def _archive(sandbox: AsyncSandbox) -> None:
    if sandbox.state != "stopped":
        await _stop(sandbox)
    await sandbox.archive()
    await sandbox.wait_for_state("archived", timeout=0)
