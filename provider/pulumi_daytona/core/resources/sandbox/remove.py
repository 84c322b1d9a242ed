"""Remove a sandbox, and return when it is gone."""

from __future__ import annotations

from daytona_httpx import AsyncDaytona, DaytonaNotFoundError

from pulumi_daytona.core.errors import is_absence


async def remove(client: AsyncDaytona, sandbox_id: str, timeout_s: float) -> None:
    """Delete a sandbox and wait until it is gone; one that is gone already is a success.

    Args:
        client: The client; it repeats what the API refuses while a state change is in progress.
        sandbox_id: The sandbox's id.
        timeout_s: Seconds for all of it; 0 is no limit.

    Raises:
        DaytonaError: The API refused, or the time ran out.
    """
    try:
        sandbox = await client.get(sandbox_id)
        await sandbox.delete(timeout=timeout_s, wait=True)
    except DaytonaNotFoundError as error:
        if not is_absence(error):
            raise
