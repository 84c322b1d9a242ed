"""Measure what a sandbox uses, by its own processes and files."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from daytona_local.toolbox.running import Running, running

GIB = 1024**3
WINDOW_S = 1.0
"""The shortest time over which the use of processors is averaged."""

DISK_S = 10.0
"""How long a measure of the disk is good for: it means to look at every file."""


@dataclass(frozen=True)
class Sample:
    """Hold the processor time that was used up to a moment; both in seconds."""

    at: float
    used: float


class Metrics:
    """Keep the last measures of one sandbox.

    Args:
        running: The sandbox.
    """

    def __init__(self, running: Running) -> None:
        self._running = running
        self._one_at_a_time = asyncio.Lock()
        self._sample: Sample | None = None
        self._percent = 0.0
        self._disk = 0
        self._disk_at: float | None = None

    async def measure(self) -> dict[str, Any]:
        """Return the measures as the API has them; bytes, and percent of the processors that it may use."""
        async with self._one_at_a_time:
            now = _now()
            look = self._disk_at is None or now - self._disk_at >= DISK_S
            found = await self._running.agent.ask("measure", disk=look)
            if look:
                self._disk, self._disk_at = int(found["disk"]), now
            self._average(Sample(now, float(found["cpu_s"])))
        return self._told(int(found["memory"]), int(found["cache"]))

    async def close(self) -> None:
        """Do nothing: what is kept goes with this."""

    def _average(self, sample: Sample) -> None:
        before = self._sample
        if before is not None and sample.at - before.at < WINDOW_S:
            return
        if before is not None:
            busy = max(0.0, sample.used - before.used)
            self._percent = 100 * busy / (sample.at - before.at) / self._running.sandbox.cpu
        self._sample = sample

    def _told(self, memory: int, cache: int) -> dict[str, Any]:
        sandbox, moment = self._running.sandbox, time.time()
        disk = sandbox.disk * GIB
        return {
            "cpuCount": sandbox.cpu,
            "cpuUsedPct": round(self._percent, 2),
            "memTotal": sandbox.memory * GIB,
            "memUsed": memory,
            "memCache": cache,
            "diskTotal": disk,
            "diskUsed": self._disk,
            "diskFree": max(0, disk - self._disk),
            "timestamp": datetime.fromtimestamp(moment, UTC).isoformat().replace("+00:00", "Z"),
            "timestampUnix": int(moment),
        }


async def get_metrics(request: Request) -> Response:
    """Say what the sandbox uses [GetSystemMetrics]."""
    return JSONResponse(await (await running(request)).service(Metrics).measure())


def _now() -> float:
    return asyncio.get_running_loop().time()


routes: list[BaseRoute] = [Route("/system/metrics", get_metrics, methods=["GET"])]
