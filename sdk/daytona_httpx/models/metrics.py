"""How much a sandbox uses, and the series that the API sends it in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from pydantic import Field

from daytona_httpx.models.base import WireModel, parse

FIELDS = {
    "daytona.sandbox.cpu.utilization": "cpu_used_pct",
    "daytona.sandbox.cpu.limit": "cpu_count",
    "daytona.sandbox.memory.usage": "mem_used",
    "daytona.sandbox.memory.limit": "mem_total",
    "daytona.sandbox.memory.cache": "mem_cache",
    "daytona.sandbox.filesystem.usage": "disk_used",
    "daytona.sandbox.filesystem.total": "disk_total",
}
"""What the series are called, and what each holds of."""


class SandboxMetrics(WireModel):
    """Hold how much a sandbox used at a time; bytes for memory and disk, percent of its cores for the CPU.

    Example:
        >>> now = sandbox.get_metrics_latest()
        >>> 0 < now.mem_used <= now.mem_total
        True
    """

    cpu_count: int = 0
    cpu_used_pct: float = 0
    disk_total: int = 0
    disk_used: int = 0
    mem_total: int = 0
    mem_used: int = 0
    mem_cache: int = 0
    timestamp: datetime = Field(default_factory=lambda: datetime.now(UTC))


class MetricPoint(WireModel):
    """Hold one value of a series."""

    metric_name: str
    timestamp: str
    value: float | None = None


class DataPoint(WireModel):
    """Hold one value of a series that has its name elsewhere."""

    timestamp: str
    value: float | None = None


class MetricSeries(WireModel):
    """Hold the values of one name."""

    metric_name: str
    data_points: list[DataPoint] = Field(default_factory=list)


class MetricsResponse(WireModel):
    """Hold all series of a sandbox."""

    series: list[MetricSeries] = Field(default_factory=list)

    def points(self) -> list[MetricPoint]:
        """Return the values of all series, each with its name."""
        return [
            MetricPoint(metric_name=series.metric_name, timestamp=point.timestamp, value=point.value)
            for series in self.series
            for point in series.data_points
        ]


def samples_of(points: Iterable[MetricPoint]) -> list[SandboxMetrics]:
    """Return what was used at each time, the first time first; names that aren't known are left out."""
    at: dict[str, dict[str, object]] = {}
    for point in points:
        if point.metric_name in FIELDS and point.value is not None:
            sample = at.setdefault(point.timestamp, {"timestamp": point.timestamp})
            name = FIELDS[point.metric_name]
            sample[name] = point.value if name == "cpu_used_pct" else int(point.value)
    return sorted((parse(SandboxMetrics, sample) for sample in at.values()), key=lambda one: one.timestamp)
