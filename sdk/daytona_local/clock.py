"""The time that intervals are counted in: the system's, or one that a test moves."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Tell the time, and wait."""

    def now(self) -> float:
        """Return the seconds since 1970."""

    async def sleep(self, seconds: float) -> None:
        """Return after some seconds."""

    async def wait_until(self, moment: float | None, news: asyncio.Event) -> None:
        """Return at the moment or earlier, or when there is news; None is never."""


LOOK_AGAIN_S = 60.0
"""How long a wait lasts at most: the event loop doesn't count the time in which the machine sleeps."""


class SystemClock:
    """Take the time from the system at first, and count on evenly from there.

    Nothing ends early or late when the system's clock is set; the next server begins with the new time. Hours
    in which the machine sleeps do count.
    """

    def __init__(self) -> None:
        self._begun = time.time() - _since_boot()

    def now(self) -> float:
        """Return the seconds since 1970."""
        return self._begun + _since_boot()

    async def sleep(self, seconds: float) -> None:
        """Return after some seconds."""
        await asyncio.sleep(seconds)

    async def wait_until(self, moment: float | None, news: asyncio.Event) -> None:
        """Return at the moment or earlier, or when there is news; None is never."""
        if moment is None:
            await news.wait()
            return
        try:
            await asyncio.wait_for(news.wait(), min(max(0.0, moment - self.now()), LOOK_AGAIN_S))
        except TimeoutError:
            return


class ManualClock:
    """Stand still until someone moves it; usable from any thread.

    All that a server waits for by its clock waits for that: the intervals, and the ``transition_s`` of
    changes of state, where a test asks for some. By default there are none: changes of state need nobody who
    moves the time, and take as long as the real processes do. With more they stand still until the time is
    moved on, so that a test can look at the states between. How long a caller is kept waiting
    (``blocking_s``), and limits of commands and connections, are real time.

    Args:
        start: The seconds since 1970 that it begins with.
    """

    def __init__(self, start: float = 1_800_000_000.0) -> None:
        self._now = start
        self._moved: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}

    def now(self) -> float:
        """Return the seconds since 1970."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Move on; who waits looks again."""
        self._now += seconds
        for event, loop in list(self._moved.items()):
            loop.call_soon_threadsafe(event.set)

    async def sleep(self, seconds: float) -> None:
        """Return when the time has been moved on by so much."""
        moment, moved = self._now + seconds, asyncio.Event()
        while moment > self._now:
            moved.clear()
            await self.wait_until(moment, moved)
        await asyncio.sleep(0)

    async def wait_until(self, moment: float | None, news: asyncio.Event) -> None:
        """Return at the moment or earlier, or when there is news; None is never."""
        if moment is not None and moment <= self._now:
            return
        self._moved[news] = asyncio.get_running_loop()
        try:
            await news.wait()
        finally:
            del self._moved[news]


def _since_boot() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)
