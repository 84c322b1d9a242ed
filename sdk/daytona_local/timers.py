"""The timers: auto-stop, auto-archive, auto-delete and the time to live."""

from __future__ import annotations

import asyncio
import heapq
import logging
from collections.abc import Iterator

from daytona_local.errors import RefusedError
from daytona_local.lifecycle import UNDER_WAY, Lifecycle
from daytona_local.records import Sandbox
from daytona_local.settings import Settings
from daytona_local.tables import Table

logger = logging.getLogger(__name__)

MINUTE_S = 60.0
AGAIN_S = 1.0
"""When to look again at a sandbox whose time has come while something else goes on with it."""


class Timers:
    """Do what a sandbox's intervals say, when their time has come.

    A sandbox's earliest moment is kept in a heap. It may be looked at too early, since activity moves
    the moment on: then it is put back.

    Args:
        sandboxes: The records.
        lifecycle: Takes the orders.
        settings: The server's, with the clock.
    """

    def __init__(self, sandboxes: Table[Sandbox], lifecycle: Lifecycle, settings: Settings) -> None:
        self._sandboxes = sandboxes
        self._lifecycle = lifecycle
        self._clock = settings.clock
        self._heap: list[tuple[float, str]] = []
        self._news = asyncio.Event()
        lifecycle.transitions.on_change.append(lambda sandbox, _: self.look(sandbox))

    def look(self, sandbox: Sandbox) -> None:
        """Take note that a sandbox, or one of its intervals, has changed."""
        moment = due(sandbox)
        if moment is not None:
            heapq.heappush(self._heap, (moment[0], sandbox.id))
            self._news.set()

    async def run(self) -> None:
        """Do what is due, for ever."""
        for sandbox in self._sandboxes:
            self.look(sandbox)
        while True:
            self._news.clear()
            await self._act()
            await self._clock.wait_until(self._heap[0][0] if self._heap else None, self._news)

    async def _act(self) -> None:
        for sandbox in self._ripe():
            found = due(sandbox)
            if found is None:
                continue
            moment, order = found
            if moment > self._clock.now():
                heapq.heappush(self._heap, (moment, sandbox.id))
            elif sandbox.state in UNDER_WAY:
                heapq.heappush(self._heap, (self._clock.now() + AGAIN_S, sandbox.id))
            else:
                self._order(sandbox, order)
            await asyncio.sleep(0)

    def _ripe(self) -> Iterator[Sandbox]:
        ids: dict[str, None] = {}
        while self._heap and self._heap[0][0] <= self._clock.now():
            ids[heapq.heappop(self._heap)[1]] = None
        return (sandbox for sandbox in map(self._sandboxes.get, ids) if sandbox is not None)

    def _order(self, sandbox: Sandbox, order: str) -> None:
        try:
            getattr(self._lifecycle, order)(sandbox)
        except RefusedError as error:
            logger.warning("sandbox %s: %s by its timer: %s", sandbox.id, order, error)


def due(sandbox: Sandbox) -> tuple[float, str] | None:
    """Return what a sandbox's timers do next, and when; None for nothing."""
    if sandbox.is_hidden or sandbox.state == "destroying":
        return None
    return min(_moments(sandbox), default=None)


def _moments(sandbox: Sandbox) -> Iterator[tuple[float, str]]:
    if sandbox.destroy_at is not None:
        yield sandbox.destroy_at, "delete"
    if sandbox.state == "started" and sandbox.auto_stop_minutes > 0:
        yield sandbox.last_activity_at + sandbox.auto_stop_minutes * MINUTE_S, "stop"
    if sandbox.state == "started" and sandbox.auto_pause_minutes > 0:
        yield sandbox.last_activity_at + sandbox.auto_pause_minutes * MINUTE_S, "pause"
    if sandbox.stopped_at is None:
        return
    if sandbox.state == "stopped" and sandbox.auto_archive_minutes > 0:
        yield sandbox.stopped_at + sandbox.auto_archive_minutes * MINUTE_S, "archive"
    if sandbox.state in ("stopped", "archived") and sandbox.auto_delete_minutes >= 0:
        yield sandbox.stopped_at + sandbox.auto_delete_minutes * MINUTE_S, "delete"
