"""Take the mark of creation off a sandbox once the engine has it in its state.

A create that has returned is safe only when the engine has written its state, and no request tells
the provider so. The mark is therefore taken off a little later, or when the engine ends the process in
good order, and never for an engine that is gone: what it leaves marked is recognised by the next run.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from daytona_httpx import DaytonaError

logger = logging.getLogger(__name__)

DELAY_S = 10.0
"""How long after its creation a sandbox is handed over: an engine writes its state within that."""

Unmark = Callable[[], Awaitable[object]]
Alive = Callable[[], Awaitable[bool]]


async def always_alive() -> bool:
    """Stand for an engine that can't be asked."""
    return True


class HandOver:
    """Keep what was created until it can be handed over.

    Args:
        engine_alive: Tells whether the engine still runs; what it has, it has then written.
        delay_s: Seconds between a creation and its hand-over.
    """

    def __init__(self, engine_alive: Alive, delay_s: float = DELAY_S) -> None:
        self._engine_alive = engine_alive
        self._delay_s = delay_s
        self._pending: dict[str, tuple[Unmark, asyncio.TimerHandle]] = {}
        self._running: set[asyncio.Task[None]] = set()

    def add(self, sandbox_id: str, unmark: Unmark) -> None:
        """Take off the mark of a new sandbox later; call on the event loop."""
        timer = asyncio.get_running_loop().call_later(self._delay_s, self._start, sandbox_id)
        self._pending[sandbox_id] = (unmark, timer)

    def drop(self, sandbox_id: str) -> None:
        """Forget a sandbox whose mark an update has taken off, or that is deleted."""
        pending = self._pending.pop(sandbox_id, None)
        if pending:
            pending[1].cancel()

    async def flush(self) -> None:
        """Hand over everything now: the engine ends this process in good order."""
        for sandbox_id in list(self._pending):
            self._start(sandbox_id)
        if self._running:
            await asyncio.gather(*self._running)

    def _start(self, sandbox_id: str) -> None:
        unmark, timer = self._pending.pop(sandbox_id)
        timer.cancel()
        task = asyncio.get_running_loop().create_task(self._unmark(sandbox_id, unmark))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _unmark(self, sandbox_id: str, unmark: Unmark) -> None:
        if not await self._engine_alive():
            return
        try:
            await unmark()
        except DaytonaError as error:
            # The sandbox is whole and in the state; only a later replacement notices the mark.
            logger.warning("hand over sandbox %s: %s", sandbox_id, error)
