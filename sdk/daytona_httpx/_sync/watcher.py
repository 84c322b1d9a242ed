# Generated from _async by `make generate`; do not edit.
"""One poller for every wait of a client: N waiting sandboxes cost one list request per tick."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from daytona_httpx._sync import clock
from daytona_httpx._sync.transport import Transport
from daytona_httpx.answers import object_of
from daytona_httpx.deadline import FIRST_TICK_S, Deadline, tick_s
from daytona_httpx.errors import DaytonaError, DaytonaTimeoutError

Record = dict[str, Any]
"""A sandbox as the API sends it."""

PAGE = 200
RESTS = 4
"""How many times as long as a look itself takes it pauses at least: one at hundreds of sandboxes is dear."""

RARE = 4
"""A sandbox that the lists don't show is asked for by id only at every so many ticks."""


class Waiting:
    """Hold what the last tick brought for one who waits."""

    def __init__(self, sandbox_id: str) -> None:
        self.sandbox_id = sandbox_id
        self._listed: Record | None = None
        self._unseen = 0
        self._must_ask = False

    def ask(self) -> None:
        """Take note that this tick leaves it to a get by id."""
        self._must_ask = True

    def hear(self, listed: Record | None) -> None:
        """Take note of what a list says of the sandbox, None where it isn't in it.

        Lists may lag, and leave out what is gone: so an absent one is asked for by id, ever more rarely.
        """
        self._listed = listed
        self._unseen = 0 if listed else self._unseen + 1
        self._must_ask = self._unseen in (1, 2) or (self._unseen > 0 and self._unseen % RARE == 0)

    def calls_for_a_get(self, done: Callable[[Record], bool]) -> bool:
        """Tell, once per tick, whether to ask by id: to look, or for the last word on what a list says."""
        must_ask, self._must_ask = self._must_ask, False
        listed, self._listed = self._listed, None
        return must_ask or (listed is not None and _ends(done, listed))


class Watcher:
    """Wait for sandboxes, with one request per tick for all of them.

    Whoever finds a tick due and the turn free looks for everyone; the others are woken then.

    Args:
        transport: Sends the requests.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._waiting: dict[int, Waiting] = {}
        self._turn = threading.Lock()  # never waited for, so it is right for tasks and threads alike
        self._looked = clock.Event()
        self._waited_s = 0.0
        self._due_at = 0.0

    def wait(self, sandbox_id: str, done: Callable[[Record], bool], deadline: Deadline) -> Record:
        """Return a sandbox's record once it is as asked for; the last word is a get by id.

        Args:
            sandbox_id: The sandbox's id.
            done: Tells whether the wait is over; it raises for a sandbox that will never be.
            deadline: When to give up.

        Raises:
            DaytonaTimeoutError: The time ran out.
            DaytonaNotFoundError: The sandbox is gone.
        """
        with self._joined(sandbox_id) as waiting:
            while not deadline.is_over:
                looked = self._looked
                if waiting.calls_for_a_get(done):
                    record = object_of(self._transport.api("GET", f"/sandbox/{sandbox_id}", deadline))
                    if done(record):
                        return record
                self._look_or_listen(looked, deadline)
        raise DaytonaTimeoutError(f"sandbox {sandbox_id} is not there yet after {deadline.timeout} s")

    @contextmanager
    def _joined(self, sandbox_id: str) -> Iterator[Waiting]:
        waiting = Waiting(sandbox_id)
        self._waiting[id(waiting)] = waiting
        self._waited_s = 0.0
        self._due_at = min(self._due_at, clock.now() + FIRST_TICK_S)
        try:
            yield waiting
        finally:
            del self._waiting[id(waiting)]

    def _look_or_listen(self, looked: clock.Event, deadline: Deadline) -> None:
        wait_s = self._due_at - clock.now()
        if wait_s > 0 or not self._turn.acquire(blocking=False):
            clock.listen(looked, deadline.shorten(max(wait_s, FIRST_TICK_S)) or 0.0)
            return
        began = clock.now()
        try:
            self._look([*self._waiting.copy().values()], deadline)
        finally:
            tick = max(tick_s(self._waited_s), RESTS * (clock.now() - began))
            self._due_at = clock.now() + tick
            self._waited_s += tick
            self._turn.release()
            looked, self._looked = self._looked, clock.Event()
            looked.set()

    def _look(self, waiting: list[Waiting], deadline: Deadline) -> None:
        """Let everyone who waits hear of their sandbox; each asks for the last word itself."""
        ids = {one.sandbox_id for one in waiting}
        try:
            listed, is_whole = self._list(ids, deadline) if len(waiting) > 1 else ({}, False)
        except DaytonaError:
            listed, is_whole = {}, False  # lists only spare requests: everyone asks, and hears the reason
        for one in waiting:
            record = listed.get(one.sandbox_id)
            if record or is_whole:
                one.hear(record)
            else:
                one.ask()

    def _list(self, ids: set[str], deadline: Deadline) -> tuple[dict[str, Record], bool]:
        """Return the records of those who are waited for, and whether the lists have no others."""
        seen: dict[str, Record] = {}
        params: dict[str, Any] = {"limit": PAGE, "sort": "createdAt", "order": "desc"}
        for _ in ids:  # more pages than this would cost more than asking for each by id
            page = object_of(self._transport.api("GET", "/sandbox", deadline, params=params))
            seen |= {item["id"]: item for item in page.get("items") or () if item.get("id") in ids}
            if len(seen) == len(ids) or not page.get("nextCursor"):
                return seen, True
            params["cursor"] = page["nextCursor"]
        return seen, False


def _ends(done: Callable[[Record], bool], listed: Record) -> bool:
    """Tell whether a wait would end with this record, well or badly."""
    try:
        return done(listed)
    except DaytonaError:
        return True
