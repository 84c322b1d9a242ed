"""Tell what there is to choose from, asked for once for a whole process, so that a check can afford it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from weakref import WeakKeyDictionary

from daytona_httpx import AsyncDaytona

from pulumi_daytona.core.functions.snapshots import every_snapshot
from pulumi_daytona.core.operation import operation
from pulumi_daytona.core.session import Session

Names = Mapping[str, str]
"""Names by id."""

Ask = Callable[[AsyncDaytona], Awaitable[Names]]

_asked: WeakKeyDictionary[Session, dict[Ask, asyncio.Task[Names]]] = WeakKeyDictionary()


async def known_snapshots(session: Session, *, anew: bool = False) -> Names:
    """Return the names of the snapshots, by id, that there were when it was first asked for.

    Args:
        session: The session.
        anew: Whether to ask again.

    Raises:
        ProviderError: The API refused, or can't be reached; the next call asks again.
    """
    return await _once(session, "snapshots", _snapshots, anew=anew)


async def known_regions(session: Session, *, anew: bool = False) -> Names:
    """Return the names of the regions, by id, that there were when it was first asked for.

    Args:
        session: The session.
        anew: Whether to ask again.

    Raises:
        ProviderError: The API refused, or can't be reached; the next call asks again.
    """
    return await _once(session, "regions", _regions, anew=anew)


async def _once(session: Session, kind: str, ask: Ask, *, anew: bool) -> Names:
    """Return what one question was answered, however many ask at once; all of them on the session's loop."""
    asked = _asked.setdefault(session, {})
    task = asked.get(ask)
    if task is None or (anew and task.done()):
        task = asked[ask] = asyncio.ensure_future(ask(session.client))
    async with operation(session, f"list the {kind}"):
        try:
            return await asyncio.shield(task)
        except Exception:
            asked.pop(ask, None)
            raise


async def _snapshots(client: AsyncDaytona) -> Names:
    return {one.id: one.name for one in await every_snapshot(client, {})}


async def _regions(client: AsyncDaytona) -> Names:
    return {one.id: one.name for one in await client.regions.list()}
