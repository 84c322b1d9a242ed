"""What sandboxes held, and how long: from one change of state or sizes to the next."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import ClassVar, NamedTuple

from daytona_local.clock import Clock
from daytona_local.records import Record, Sandbox
from daytona_local.store import Store
from daytona_local.tables import Table
from daytona_local.transitions import Transitions

MOST_PERIODS = 20_000
"""How many are kept; the oldest go first."""


class Held(NamedTuple):
    """Hold what a sandbox holds: cores, GPUs, and GiB of memory and disk."""

    cpu: int = 0
    gpu: int = 0
    memory: int = 0
    disk: int = 0


class UsagePeriod(Record):
    """Hold what a sandbox held for a time; one that goes on has no end yet."""

    kind: ClassVar[str] = "usage_period"

    sandbox_id: str
    region: str
    started_at: float
    ended_at: float | None = None
    held: Held


class Usage:
    """Take note of what sandboxes hold.

    A period goes on while a killed server is away, as the state of its sandbox does.

    Args:
        store: Where periods are kept.
        clock: Tells the time.
        transitions: Where sandboxes change.
    """

    def __init__(self, store: Store, clock: Clock, transitions: Transitions) -> None:
        self._periods = Table(UsagePeriod, store)
        self._clock = clock
        self._open = {period.sandbox_id: period for period in self._periods if period.ended_at is None}
        self._ended = deque(period for period in self._periods if period.ended_at is not None)
        transitions.on_change.append(self._note)

    def resume(self, sandboxes: Iterable[Sandbox]) -> None:
        """Take note of changes that a kill kept from being noted, though they were made."""
        for sandbox in sandboxes:
            self._note(sandbox, "")

    def between(self, start: float, end: float, sandbox_id: str | None = None) -> Iterator[UsagePeriod]:
        """Yield the periods that reach into a time, the oldest first; of all sandboxes, or of one."""
        for period in self._periods:
            until = self.end_of(period)
            if period.started_at < end and until > start and sandbox_id in (None, period.sandbox_id):
                yield period

    def end_of(self, period: UsagePeriod) -> float:
        """Return when a period ended: now, where it goes on; never before it began, as clocks may be set."""
        now = max(self._clock.now(), period.started_at)
        return now if period.ended_at is None else period.ended_at

    def clear(self) -> None:
        """Forget them all."""
        for period in self._periods:
            self._periods.remove(period)
        self._open.clear()
        self._ended.clear()

    def _note(self, sandbox: Sandbox, _: str) -> None:
        held, period = _held(sandbox), self._open.get(sandbox.id)
        if held is None or (period is not None and period.held == held):
            return
        now = self._clock.now()
        if period is not None:
            self._periods.note(period, ended_at=max(now, period.started_at))
            self._ended.append(self._open.pop(sandbox.id))
        if any(held):
            begun = UsagePeriod(sandbox_id=sandbox.id, region=sandbox.target, started_at=now, held=held)
            self._periods.note(begun)
            self._open[sandbox.id] = begun
        self._forget_oldest()

    def _forget_oldest(self) -> None:
        if len(self._periods) > MOST_PERIODS and self._ended:
            self._periods.remove(self._ended[0])
            self._ended.popleft()


def _held(sandbox: Sandbox) -> Held | None:
    """Return what a sandbox holds in its state, None where that is only on the way to another."""
    if sandbox.state == "started":
        return Held(sandbox.cpu, sandbox.gpu, sandbox.memory, sandbox.disk)
    if sandbox.state == "paused":
        return Held(memory=sandbox.memory, disk=sandbox.disk)
    if sandbox.state == "stopped":
        return Held(disk=sandbox.disk)
    return Held() if sandbox.state in ("archived", "destroyed", "error", "build_failed") else None
