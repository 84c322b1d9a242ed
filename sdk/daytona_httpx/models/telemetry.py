"""The wire models of a sandbox's telemetry."""

from __future__ import annotations

from pydantic import Field

from daytona_httpx.models.base import WireModel
from daytona_httpx.models.page import Page


class LogEntry(WireModel):
    """Hold one record of a log."""

    timestamp: str
    body: str
    severity_text: str = ""
    severity_number: int | None = None
    service_name: str = ""
    resource_attributes: dict[str, str] = Field(default_factory=dict)
    log_attributes: dict[str, str] = Field(default_factory=dict)
    trace_id: str | None = None
    span_id: str | None = None


class PaginatedLogs(Page[LogEntry]):
    """Hold one page of a log."""


class TraceSummary(WireModel):
    """Hold what a trace is about; milliseconds for the duration."""

    trace_id: str
    root_span_name: str = ""
    start_time: str | None = None
    end_time: str | None = None
    duration_ms: float = 0
    span_count: int = 0
    status_code: str | None = None


class PaginatedTraces(Page[TraceSummary]):
    """Hold one page of traces."""


class TraceSpan(WireModel):
    """Hold one span of a trace; nanoseconds for the duration."""

    trace_id: str
    span_id: str
    parent_span_id: str | None = None
    span_name: str = ""
    timestamp: str | None = None
    duration_ns: float = 0
    span_attributes: dict[str, str] = Field(default_factory=dict)
    status_code: str | None = None
    status_message: str | None = None


class MetricDataPoint(WireModel):
    """Hold a metric's value at a time."""

    timestamp: str
    value: float


class MetricSeries(WireModel):
    """Hold the values of one metric."""

    metric_name: str
    data_points: list[MetricDataPoint] = Field(default_factory=list)


class MetricsResponse(WireModel):
    """Hold the metrics of a sandbox."""

    series: list[MetricSeries] = Field(default_factory=list)
