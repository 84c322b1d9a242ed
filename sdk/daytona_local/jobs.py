"""What goes on in the background: one job at a time for each sandbox."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from daytona_local.store import StoreError

logger = logging.getLogger(__name__)

AGAIN_S = 1.0
"""How long a job waits that could not keep what it did, before it is done again."""

Work = Callable[[], Coroutine[Any, Any, None]]


class Jobs:
    """Run jobs; one that begins while another runs for the same sandbox waits for it.

    A job can be repeated after a kill, and so it is when what it did could not be kept: until it can.
    """

    def __init__(self) -> None:
        self._running: dict[str, asyncio.Task[None]] = {}
        self._all: set[asyncio.Task[None]] = set()

    def begin(self, sandbox_id: str, work: Work) -> None:
        """Begin a job, after the one that runs."""
        work = partial(_kept, sandbox_id, work)
        task = asyncio.get_running_loop().create_task(self._run(self._running.get(sandbox_id), work))
        self._running[sandbox_id] = task
        self._all.add(task)
        task.add_done_callback(lambda done: self._end(sandbox_id, done))

    async def wait(self, sandbox_id: str, limit_s: float) -> None:
        """Return when a sandbox has no job any more, or when the time is over."""
        deadline = asyncio.get_running_loop().time() + limit_s
        while (task := self._running.get(sandbox_id)) is not None:
            left_s = deadline - asyncio.get_running_loop().time()
            if left_s <= 0:
                return
            await asyncio.wait({task}, timeout=left_s)
            await asyncio.sleep(0)  # lets the task's own callback run

    def cancel(self, sandbox_id: str) -> None:
        """Break off what a sandbox's job does; what waits for it begins when it has cleaned up."""
        if (task := self._running.get(sandbox_id)) is not None:
            task.cancel()

    async def close(self) -> None:
        """Break off every job; the next server goes on with them."""
        tasks = list(self._all)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @staticmethod
    async def _run(before: asyncio.Task[None] | None, work: Work) -> None:
        if before is not None:
            await asyncio.wait({before})
        await work()

    def _end(self, sandbox_id: str, done: asyncio.Task[None]) -> None:
        self._all.discard(done)
        if self._running.get(sandbox_id) is done:
            del self._running[sandbox_id]
        if not done.cancelled() and (error := done.exception()) is not None:
            logger.error("sandbox %s: %s: %s", sandbox_id, type(error).__name__, error)


async def _kept(sandbox_id: str, work: Work) -> None:
    """Do the work until what it did is kept; say once that it isn't."""
    said = ""
    while True:
        try:
            return await work()
        except StoreError as error:
            if str(error) != said:
                logger.error("%s: %s; until then it is tried again", sandbox_id, said := str(error))
        await asyncio.sleep(AGAIN_S)
