"""The timers: auto-stop, auto-archive, auto-delete and the time to live."""

from __future__ import annotations

import asyncio
import heapq
import logging
import math
from collections.abc import Iterator
from typing import NamedTuple

from daytona_local.errors import RefusedError
from daytona_local.lifecycle import UNDER_WAY, Lifecycle
from daytona_local.records import Sandbox
from daytona_local.settings import Settings
from daytona_local.store import StoreError
from daytona_local.tables import Table

logger = logging.getLogger(__name__)

MINUTE_S = 60.0
AGAIN_S = 1.0
"""When to look again at a sandbox whose time has come while something else goes on with it."""

MOST_STALE = 64
"""How many entries the heap may have that count no more, beside as many as it has others."""

UNKEPT_AGAIN_S = 10.0
"""When to look again at one whose order could not be kept: the disk is full, say."""


class Timer(NamedTuple):
    """Hold one timer of a sandbox: when it runs out, what it orders then, and what it is called."""

    at: float
    order: str
    name: str


class Timers:
    """Do what a sandbox's intervals say, when their time has come.

    When a sandbox is to be looked at is kept in a heap. That may be too early, since activity moves the
    moment on: then it is put back. So the heap holds a sandbox once, however often that changes.

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
        self._looks_at: dict[str, float] = {}
        self._news = asyncio.Event()
        lifecycle.transitions.on_change.append(lambda sandbox, _: self.look(sandbox))
        lifecycle.on_use.append(self.look)  # the moment comes nearer when the clock has been set back

    def look(self, sandbox: Sandbox) -> None:
        """Take note that a sandbox, or one of its intervals, has changed."""
        first = due(sandbox)
        if first is None:
            self._looks_at.pop(sandbox.id, None)
        elif first.at < self._looks_at.get(sandbox.id, math.inf):
            self._look_at(first.at, sandbox.id)
            self._news.set()

    def _look_at(self, moment: float, sandbox_id: str) -> None:
        self._looks_at[sandbox_id] = moment
        heapq.heappush(self._heap, (moment, sandbox_id))
        if len(self._heap) > MOST_STALE + 2 * len(self._looks_at):
            self._heap = [(at, one) for one, at in self._looks_at.items()]
            heapq.heapify(self._heap)

    def __len__(self) -> int:
        """Count what is kept of when to look."""
        return len(self._heap)

    async def run(self) -> None:
        """Do what is due, for ever."""
        for sandbox in self._sandboxes:
            self.look(sandbox)
        while True:
            self._news.clear()
            await self.act()
            await self._clock.wait_until(self._heap[0][0] if self._heap else None, self._news)

    async def act(self) -> None:
        """Do what is due now."""
        for sandbox in self._ripe():
            first = due(sandbox)
            if first is None:
                continue
            if first.at > self._clock.now():
                self._look_at(first.at, sandbox.id)
            elif sandbox.state in UNDER_WAY:
                self._look_at(self._clock.now() + AGAIN_S, sandbox.id)
            else:
                self._order(sandbox, first.order)
            await asyncio.sleep(0)

    def _ripe(self) -> Iterator[Sandbox]:
        ids: list[str] = []
        while self._heap and self._heap[0][0] <= self._clock.now():
            moment, sandbox_id = heapq.heappop(self._heap)
            if self._looks_at.get(sandbox_id) == moment:  # else it is looked at some other time, or is gone
                del self._looks_at[sandbox_id]
                ids.append(sandbox_id)
        return (sandbox for sandbox in map(self._sandboxes.get, ids) if sandbox is not None)

    def _order(self, sandbox: Sandbox, order: str) -> None:
        try:
            getattr(self._lifecycle, order)(sandbox)
        except RefusedError as error:
            logger.warning("sandbox %s: %s by its timer: %s", sandbox.id, order, error)
        except StoreError as error:
            logger.error("sandbox %s: %s by its timer: %s; it is tried again", sandbox.id, order, error)
            self._look_at(self._clock.now() + UNKEPT_AGAIN_S, sandbox.id)


def due(sandbox: Sandbox) -> Timer | None:
    """Return the timer of a sandbox that runs out first; None where none runs."""
    return min(running(sandbox), default=None)


def running(sandbox: Sandbox) -> Iterator[Timer]:
    """Yield the timers of a sandbox that run now."""
    if sandbox.is_hidden or sandbox.state == "destroying":
        return
    if sandbox.destroy_at is not None:
        yield Timer(sandbox.destroy_at, "delete", "ttl")
    if sandbox.state == "started":
        yield from _of_started(sandbox)
    elif sandbox.stopped_at is not None:
        yield from _of_stopped(sandbox, sandbox.stopped_at)


def _of_started(sandbox: Sandbox) -> Iterator[Timer]:
    used_at = sandbox.last_activity_at
    if sandbox.auto_stop_minutes > 0:
        yield Timer(used_at + sandbox.auto_stop_minutes * MINUTE_S, "stop", "auto-stop")
    if sandbox.auto_pause_minutes > 0:
        yield Timer(used_at + sandbox.auto_pause_minutes * MINUTE_S, "pause", "auto-pause")


def _of_stopped(sandbox: Sandbox, stopped_at: float) -> Iterator[Timer]:
    if sandbox.state == "stopped" and sandbox.auto_archive_minutes > 0:
        yield Timer(stopped_at + sandbox.auto_archive_minutes * MINUTE_S, "archive", "auto-archive")
    if sandbox.state in ("stopped", "archived") and sandbox.auto_delete_minutes >= 0:
        yield Timer(stopped_at + sandbox.auto_delete_minutes * MINUTE_S, "delete", "auto-delete")
