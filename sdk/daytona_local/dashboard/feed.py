"""What happens in the server, put into words once for all who read along."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Iterator

from daytona_local.clock import Clock
from daytona_local.dashboard.lines import alive_line, request_line, sandbox_line
from daytona_local.journal import Entry, Journal
from daytona_local.lifecycle import Lifecycle
from daytona_local.records import Sandbox

WAITING = 2000
"""How many lines may wait for a reader; one that takes them more slowly is let go."""


class Reader:
    """Hold the lines that one reader has still to take.

    Attributes:
        over: Set when it gets no more: it was too slow, or the server ends.
    """

    def __init__(self) -> None:
        self._lines: deque[bytes] = deque()
        self._news = asyncio.Event()
        self.over = asyncio.Event()

    def offer(self, line: bytes) -> None:
        """Add a line, if the reader keeps up."""
        if len(self._lines) >= WAITING:
            self.over.set()
            return
        self._lines.append(line)
        self._news.set()

    async def take(self) -> bytes:
        """Return all lines that wait, as soon as there are any."""
        await self._news.wait()
        self._news.clear()
        taken = b"".join(self._lines)
        self._lines.clear()
        return taken


class Feed:
    """Tell everyone who reads along what happens; nothing is put into words while nobody does.

    Args:
        lifecycle: Where sandboxes change, and are used.
        journal: Where requests are noted.
        clock: Tells the time.
        base_url: Where clients reach the server.
    """

    def __init__(self, lifecycle: Lifecycle, journal: Journal, clock: Clock, base_url: str) -> None:
        self._clock = clock
        self._base_url = base_url
        self._readers: set[Reader] = set()
        self._is_closed = False
        lifecycle.transitions.on_change.append(lambda sandbox, _: self._tell_sandbox(sandbox))
        lifecycle.on_use.append(self._tell_sandbox)
        journal.on_entry.append(self._tell_request)

    @contextlib.contextmanager
    def read(self) -> Iterator[Reader]:
        """Return a reader that gets every line from now on."""
        reader = Reader()
        if self._is_closed:
            reader.over.set()
        self._readers.add(reader)
        try:
            yield reader
        finally:
            self._readers.discard(reader)

    async def run(self) -> None:
        """Tell the time when somebody has moved it, for ever."""
        moved = asyncio.Event()
        while True:
            moved.clear()
            await self._clock.wait_until(None, moved)
            self._tell(alive_line(self._clock.now()))

    def close(self) -> None:
        """Let every reader go, and those who come later."""
        self._is_closed = True
        for reader in self._readers:
            reader.over.set()

    def _tell_sandbox(self, sandbox: Sandbox) -> None:
        if self._readers:
            self._tell(sandbox_line(sandbox, self._base_url, self._clock.now()))

    def _tell_request(self, entry: Entry) -> None:
        if self._readers:
            self._tell(request_line(entry))

    def _tell(self, line: bytes) -> None:
        for reader in self._readers:
            reader.offer(line)
