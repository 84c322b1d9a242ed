"""What happens to sandboxes, told to everyone who listens."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from daytona_local.records import Sandbox
from daytona_local.transitions import Transitions

WAITING = 1000
"""How many events may wait for a listener; one that takes them more slowly is let go."""


@dataclass(frozen=True)
class Event:
    """Hold one event: the sandbox as it was then, and its state before, empty for a new one."""

    sandbox: Sandbox
    before: str


class Events:
    """Hand each event to every listener.

    Args:
        transitions: Where sandboxes change.
    """

    def __init__(self, transitions: Transitions) -> None:
        self._listeners: set[asyncio.Queue[Event | None]] = set()
        transitions.on_change.append(self._tell)

    @contextlib.contextmanager
    def listen(self) -> Iterator[asyncio.Queue[Event | None]]:
        """Return a queue that gets every event from now on; None at its end."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue(WAITING)
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def _tell(self, sandbox: Sandbox, before: str) -> None:
        if before == sandbox.state or not self._listeners:
            return
        event = Event(sandbox.model_copy(deep=True), before)
        for queue in list(self._listeners):
            if queue.qsize() >= WAITING - 1:
                self._listeners.discard(queue)
                queue.put_nowait(None)
            else:
                queue.put_nowait(event)
