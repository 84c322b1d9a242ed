# Generated from the core's look-ups by `make generate`; do not edit.
"""What the look-ups of ``telemetry`` return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class LogEntryResult:
    """Hold one record of a log."""

    timestamp: str
    body: str
    severity_text: str
    severity_number: int | None
    service_name: str
    resource_attributes: dict[str, str]
    log_attributes: dict[str, str]
    trace_id: str | None
    span_id: str | None


@dataclass(frozen=True, kw_only=True)
class TraceSummaryResult:
    """Hold what a trace is about; milliseconds for the duration."""

    trace_id: str
    root_span_name: str
    start_time: str | None
    end_time: str | None
    duration_ms: float
    span_count: int
    status_code: str | None


@dataclass(frozen=True, kw_only=True)
class TraceSpanResult:
    """Hold one span of a trace; nanoseconds for the duration."""

    trace_id: str
    span_id: str
    parent_span_id: str | None
    span_name: str
    timestamp: str | None
    duration_ns: float
    span_attributes: dict[str, str]
    status_code: str | None
    status_message: str | None


@dataclass(frozen=True, kw_only=True)
class MetricDataPointResult:
    """Hold a metric's value at a time."""

    timestamp: str
    value: float


@dataclass(frozen=True, kw_only=True)
class MetricSeriesResult:
    """Hold the values of one metric."""

    metric_name: str
    data_points: list[MetricDataPointResult]


@dataclass(frozen=True, kw_only=True)
class MetricsResult:
    """Hold the metrics of a sandbox."""

    series: list[MetricSeriesResult]


@dataclass(frozen=True, kw_only=True)
class SandboxUsageResult:
    """Hold how much a sandbox used at a time; bytes for memory and disk, percent of its cores for the CPU."""

    cpu_count: int
    cpu_used_pct: float
    disk_total: int
    disk_used: int
    mem_total: int
    mem_used: int
    mem_cache: int
    timestamp: str


@dataclass(frozen=True, kw_only=True)
class AuditLogResult:
    """Hold who did what to what, and how it went."""

    id: str
    action: str
    actor_id: str
    actor_email: str
    actor_api_key_prefix: str | None
    actor_api_key_suffix: str | None
    organization_id: str | None
    target_type: str | None
    target_id: str | None
    status_code: int | None
    error_message: str | None
    ip_address: str | None
    user_agent: str | None
    source: str | None
    metadata: dict[str, Any] | None
    created_at: str | None


@dataclass(frozen=True, kw_only=True)
class AuditTargetScenarioResult:
    """Hold the actions that the log may have for a kind of target."""

    target_type: str
    actions: list[str]


@dataclass(frozen=True, kw_only=True)
class AuditScenariosResult:
    """Hold what the audit log may have."""

    targets: list[AuditTargetScenarioResult]
