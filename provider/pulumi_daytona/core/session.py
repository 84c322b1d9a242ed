"""One event loop and one client for a whole provider process."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from functools import cached_property
from typing import Any, TypeVar

import httpx
from daytona_httpx import AsyncDaytona, DaytonaConfig

from pulumi_daytona.core.handover import Alive, HandOver, always_alive
from pulumi_daytona.core.settings import Settings

T = TypeVar("T")


class Session:
    """Run the core's operations, from any thread, on one event loop with one client.

    A process that has an event loop runs them on that one instead, all of them, and ends with ``finish``.

    Args:
        settings: Where Daytona is, and the key.
        engine_alive: Tells whether the engine that this process works for still runs.
        transport: An httpx transport, for tests and for servers in the same process.

    Attributes:
        hand_over: What was created and has still to be handed over to the engine.
        in_state: Ids of resources that the engine has named: it has them in its state.
        adopted: Ids of what a create of this process took over, or made anew under an id that it met: records
            with their own name, and the places in sandboxes, such as paths, that it has filled. Of a forced
            replacement the engine says only afterwards what it has, and then it has that deleted.
    """

    def __init__(
        self,
        settings: Settings,
        engine_alive: Alive = always_alive,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.settings = settings
        self._transport = transport
        self.hand_over = HandOver(engine_alive)
        self.in_state: set[str] = set()
        self.adopted: set[str] = set()
        self._starting = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    @cached_property
    def client(self) -> AsyncDaytona:
        """Return the client, made when it is first used on the loop."""
        return AsyncDaytona(
            DaytonaConfig(
                api_key=self.settings.api_key,
                jwt_token=self.settings.jwt_token,
                api_url=self.settings.api_url,
                organization_id=self.settings.organization_id,
                target=self.settings.target,
            ),
            transport=self._transport,
        )

    def run(self, operation: Coroutine[Any, Any, T]) -> T:
        """Run an operation on the loop, and wait for its result in the calling thread; Ctrl-C ends it."""
        future = self.submit(operation)
        try:
            return future.result()
        except KeyboardInterrupt:
            future.cancel()
            raise

    def submit(self, operation: Coroutine[Any, Any, T]) -> Future[T]:
        """Run an operation on the loop, and return its future."""
        return asyncio.run_coroutine_threadsafe(operation, self._started())

    def close(self) -> None:
        """Hand over what was created, close the client and end the loop."""
        if self._loop is None or self._thread is None:
            return
        self.run(self.finish())
        self.run(_end_the_others())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def finish(self) -> None:
        """Hand over what was created and close the client; for a process with an event loop of its own."""
        await self.hand_over.flush()
        if "client" in self.__dict__:
            await self.client.close()

    def _started(self) -> asyncio.AbstractEventLoop:
        """Return the loop; its thread is started when there is something to run."""
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="daytona", daemon=True)
                self._thread.start()
            return self._loop


async def _end_the_others() -> None:
    """Cancel what is still running on this loop, and wait until it has ended."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
