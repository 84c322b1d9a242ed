"""How much sandboxes used: measured when someone asks, and kept for a while."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from daytona_local.clock import Clock
from daytona_local.records import Sandbox
from daytona_local.runtime import NotRunningError, Runtime

GIB = 1024**3
KEPT = 500
SANDBOXES = 200


@dataclass(frozen=True)
class Sample:
    """Hold what a sandbox used at a time; bytes, and percent of its cores since the sample before.

    Args:
        at: Seconds since 1970.
        cpu_s: Seconds of processor time so far.
        cpu_percent: None in a first sample, which has none before.
    """

    at: float
    cpu_s: float
    cpu_percent: float | None
    cpu_count: int
    memory: int
    memory_limit: int
    cache: int
    disk: int
    disk_limit: int

    @property
    def series(self) -> dict[str, float]:
        """Return the values by the names of their series."""
        values: dict[str, float] = {
            "daytona.sandbox.cpu.limit": self.cpu_count,
            "daytona.sandbox.memory.usage": self.memory,
            "daytona.sandbox.memory.limit": self.memory_limit,
            "daytona.sandbox.memory.cache": self.cache,
            "daytona.sandbox.filesystem.usage": self.disk,
            "daytona.sandbox.filesystem.total": self.disk_limit,
        }
        if self.cpu_percent is not None:
            values["daytona.sandbox.cpu.utilization"] = self.cpu_percent
        return values


class Telemetry:
    """Measure sandboxes, and keep the newest samples of those that were asked for last.

    Args:
        runtime: What runs them.
        clock: Tells the time.
    """

    def __init__(self, runtime: Runtime, clock: Clock) -> None:
        self._runtime = runtime
        self._clock = clock
        self._samples: dict[str, deque[Sample]] = {}

    async def measure(self, sandbox: Sandbox) -> None:
        """Take a sample of a sandbox that runs; of one that doesn't, there is nothing to measure."""
        if sandbox.state != "started":
            return
        try:
            found = await self._runtime.agent(sandbox.id).ask("measure", disk=True)
        except NotRunningError:
            return
        kept = self._kept(sandbox.id)
        now, before = self._clock.now(), kept[-1] if kept else None
        kept.append(
            Sample(
                at=now,
                cpu_s=found["cpu_s"],
                cpu_percent=_percent(before, now, found["cpu_s"], sandbox.cpu),
                cpu_count=sandbox.cpu,
                memory=found["memory"],
                memory_limit=sandbox.memory * GIB,
                cache=found["cache"],
                disk=found["disk"],
                disk_limit=sandbox.disk * GIB,
            )
        )

    def between(self, sandbox: Sandbox, start: float, end: float) -> list[Sample]:
        """Return the samples of a time, the oldest first."""
        return [sample for sample in self._samples.get(sandbox.id, ()) if start <= sample.at <= end]

    def clear(self) -> None:
        """Forget them all."""
        self._samples.clear()

    def _kept(self, sandbox_id: str) -> deque[Sample]:
        kept = self._samples.pop(sandbox_id, None) or deque(maxlen=KEPT)
        self._samples[sandbox_id] = kept  # to the end: the first is the one that was asked for longest ago
        while len(self._samples) > SANDBOXES:
            del self._samples[next(iter(self._samples))]
        return kept


def _percent(before: Sample | None, now: float, cpu_s: float, cores: int) -> float | None:
    if before is None or now <= before.at or cpu_s < before.cpu_s:
        return None  # the first, or the first since it started anew
    return round(100 * (cpu_s - before.cpu_s) / (now - before.at) / cores, 2)
