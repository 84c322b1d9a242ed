# Generated from the core by `make generate`; do not edit.
"""Look up what happened: the logs, traces and metrics of sandboxes, and the audit log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pulumi
from pulumi import Input, Output

from pulumi_daytona.functions.results.telemetry import (
    AuditLogResult,
    AuditScenariosResult,
    LogEntryResult,
    MetricsResult,
    SandboxUsageResult,
    TraceSpanResult,
    TraceSummaryResult,
)
from pulumi_daytona.native.function import look_up, look_up_output


def list_sandbox_logs(
    sandbox_id: str,
    start: str | datetime,
    end: str | datetime,
    *,
    severities: Sequence[str] | None = None,
    search: str | None = None,
    limit: int = 1000,
    opts: pulumi.InvokeOptions | None = None,
) -> list[LogEntryResult]:
    """Return the log of what a sandbox's programs sent over OpenTelemetry (get sandbox logs).

    Args:
        sandbox_id: The sandbox's id.
        start: From when, for example ``2030-01-31T12:00:00Z``.
        end: Until when.
        severities: Only those of these severities, for example ``ERROR``.
        search: Only those with this text.
        limit: How many at most, 1000 by default.
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        list[LogEntryResult],
        "telemetry.list_sandbox_logs",
        {
            "sandbox_id": sandbox_id,
            "start": start,
            "end": end,
            "severities": severities,
            "search": search,
            "limit": limit,
        },
        opts,
    )


def list_sandbox_logs_output(
    sandbox_id: Input[str],
    start: Input[str | datetime],
    end: Input[str | datetime],
    *,
    severities: Input[Sequence[Input[str]]] | None = None,
    search: Input[str] | None = None,
    limit: Input[int] = 1000,
    opts: pulumi.InvokeOptions | None = None,
) -> Output[list[LogEntryResult]]:
    """Look up what ``list_sandbox_logs`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        list[LogEntryResult],
        "telemetry.list_sandbox_logs",
        {
            "sandbox_id": sandbox_id,
            "start": start,
            "end": end,
            "severities": severities,
            "search": search,
            "limit": limit,
        },
        opts,
    )


def list_sandbox_traces(
    sandbox_id: str,
    start: str | datetime,
    end: str | datetime,
    *,
    limit: int = 1000,
    opts: pulumi.InvokeOptions | None = None,
) -> list[TraceSummaryResult]:
    """Return the traces that a sandbox's programs sent over OpenTelemetry (get sandbox traces).

    Args:
        sandbox_id: The sandbox's id.
        start: From when, for example ``2030-01-31T12:00:00Z``.
        end: Until when.
        limit: How many at most, 1000 by default.
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        list[TraceSummaryResult],
        "telemetry.list_sandbox_traces",
        {"sandbox_id": sandbox_id, "start": start, "end": end, "limit": limit},
        opts,
    )


def list_sandbox_traces_output(
    sandbox_id: Input[str],
    start: Input[str | datetime],
    end: Input[str | datetime],
    *,
    limit: Input[int] = 1000,
    opts: pulumi.InvokeOptions | None = None,
) -> Output[list[TraceSummaryResult]]:
    """Look up what ``list_sandbox_traces`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        list[TraceSummaryResult],
        "telemetry.list_sandbox_traces",
        {"sandbox_id": sandbox_id, "start": start, "end": end, "limit": limit},
        opts,
    )


def list_sandbox_trace_spans(
    sandbox_id: str, trace_id: str, *, opts: pulumi.InvokeOptions | None = None
) -> list[TraceSpanResult]:
    """Return the spans of a trace (get sandbox trace spans).

    Args:
        sandbox_id: The sandbox's id.
        trace_id: The trace's id.
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        list[TraceSpanResult],
        "telemetry.list_sandbox_trace_spans",
        {"sandbox_id": sandbox_id, "trace_id": trace_id},
        opts,
    )


def list_sandbox_trace_spans_output(
    sandbox_id: Input[str], trace_id: Input[str], *, opts: pulumi.InvokeOptions | None = None
) -> Output[list[TraceSpanResult]]:
    """Look up what ``list_sandbox_trace_spans`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        list[TraceSpanResult],
        "telemetry.list_sandbox_trace_spans",
        {"sandbox_id": sandbox_id, "trace_id": trace_id},
        opts,
    )


def get_sandbox_metrics(
    sandbox_id: str,
    start: str | datetime,
    end: str | datetime,
    *,
    metric_names: Sequence[str] | None = None,
    opts: pulumi.InvokeOptions | None = None,
) -> MetricsResult:
    """Return the metrics of a sandbox over a time, as series (get sandbox metrics).

    Args:
        sandbox_id: The sandbox's id.
        start: From when, for example ``2030-01-31T12:00:00Z``.
        end: Until when.
        metric_names: Only the series of these names; all by default.
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        MetricsResult,
        "telemetry.get_sandbox_metrics",
        {"sandbox_id": sandbox_id, "start": start, "end": end, "metric_names": metric_names},
        opts,
    )


def get_sandbox_metrics_output(
    sandbox_id: Input[str],
    start: Input[str | datetime],
    end: Input[str | datetime],
    *,
    metric_names: Input[Sequence[Input[str]]] | None = None,
    opts: pulumi.InvokeOptions | None = None,
) -> Output[MetricsResult]:
    """Look up what ``get_sandbox_metrics`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        MetricsResult,
        "telemetry.get_sandbox_metrics",
        {"sandbox_id": sandbox_id, "start": start, "end": end, "metric_names": metric_names},
        opts,
    )


def get_sandbox_usage(sandbox: str, *, opts: pulumi.InvokeOptions | None = None) -> SandboxUsageResult:
    """Return how much a running sandbox uses now; bytes for memory and disk (get system metrics).

    Args:
        sandbox: The sandbox's id or name.
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(SandboxUsageResult, "telemetry.get_sandbox_usage", {"sandbox": sandbox}, opts)


def get_sandbox_usage_output(
    sandbox: Input[str], *, opts: pulumi.InvokeOptions | None = None
) -> Output[SandboxUsageResult]:
    """Look up what ``get_sandbox_usage`` does, as an output; its arguments may be outputs."""
    return look_up_output(SandboxUsageResult, "telemetry.get_sandbox_usage", {"sandbox": sandbox}, opts)


def list_sandbox_usage(
    sandbox: str,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    opts: pulumi.InvokeOptions | None = None,
) -> list[SandboxUsageResult]:
    """Return how much a sandbox used over a time, the first sample first; bytes for memory and disk (get
    sandbox metrics).

    Args:
        sandbox: The sandbox's id or name.
        start: From when; from its creation by default.
        end: Until when; until now by default.
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        list[SandboxUsageResult],
        "telemetry.list_sandbox_usage",
        {"sandbox": sandbox, "start": start, "end": end},
        opts,
    )


def list_sandbox_usage_output(
    sandbox: Input[str],
    *,
    start: Input[datetime] | None = None,
    end: Input[datetime] | None = None,
    opts: pulumi.InvokeOptions | None = None,
) -> Output[list[SandboxUsageResult]]:
    """Look up what ``list_sandbox_usage`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        list[SandboxUsageResult],
        "telemetry.list_sandbox_usage",
        {"sandbox": sandbox, "start": start, "end": end},
        opts,
    )


def list_audit_logs(
    *,
    start: str | datetime | None = None,
    end: str | datetime | None = None,
    id: str | Sequence[str] | Mapping[str, Any] | None = None,
    actor_id: str | Sequence[str] | Mapping[str, Any] | None = None,
    actor_email: str | Sequence[str] | Mapping[str, Any] | None = None,
    actor_api_key_prefix: str | Sequence[str] | Mapping[str, Any] | None = None,
    actor_api_key_suffix: str | Sequence[str] | Mapping[str, Any] | None = None,
    action: str | Sequence[str] | Mapping[str, Any] | None = None,
    target_type: str | Sequence[str] | Mapping[str, Any] | None = None,
    target_id: str | Sequence[str] | Mapping[str, Any] | None = None,
    status_code: int | Sequence[int] | Mapping[str, Any] | None = None,
    limit: int = 1000,
    organization_id: str | None = None,
    opts: pulumi.InvokeOptions | None = None,
) -> list[AuditLogResult]:
    """Return who did what in an organization (get organization audit logs). A filter takes one value, several
    of which any will do, or the API's own words, for example ``{"not": "create"}``.

    It needs the permission read:audit_logs.

    Args:
        start: Only what was done since then.
        end: Only what was done until then.
        id: Only these records, by id.
        actor_id: Only what these users did, by id.
        actor_email: Only what these users did, by address.
        actor_api_key_prefix: Only what was done with keys that begin so.
        actor_api_key_suffix: Only what was done with keys that end so.
        action: Only these actions, for example ``create``.
        target_type: Only what was done to these kinds of things, for example ``sandbox``.
        target_id: Only what was done to these, by id.
        status_code: Only what was answered so, for example ``200``.
        limit: How many at most, 1000 by default.
        organization_id: The organization's id; by default the one of the stack's configuration.
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        list[AuditLogResult],
        "telemetry.list_audit_logs",
        {
            "start": start,
            "end": end,
            "id": id,
            "actor_id": actor_id,
            "actor_email": actor_email,
            "actor_api_key_prefix": actor_api_key_prefix,
            "actor_api_key_suffix": actor_api_key_suffix,
            "action": action,
            "target_type": target_type,
            "target_id": target_id,
            "status_code": status_code,
            "limit": limit,
            "organization_id": organization_id,
        },
        opts,
    )


def list_audit_logs_output(
    *,
    start: Input[str | datetime] | None = None,
    end: Input[str | datetime] | None = None,
    id: Input[str | Sequence[Input[str]] | Mapping[str, Input[Any]]] | None = None,
    actor_id: Input[str | Sequence[Input[str]] | Mapping[str, Input[Any]]] | None = None,
    actor_email: Input[str | Sequence[Input[str]] | Mapping[str, Input[Any]]] | None = None,
    actor_api_key_prefix: Input[str | Sequence[Input[str]] | Mapping[str, Input[Any]]] | None = None,
    actor_api_key_suffix: Input[str | Sequence[Input[str]] | Mapping[str, Input[Any]]] | None = None,
    action: Input[str | Sequence[Input[str]] | Mapping[str, Input[Any]]] | None = None,
    target_type: Input[str | Sequence[Input[str]] | Mapping[str, Input[Any]]] | None = None,
    target_id: Input[str | Sequence[Input[str]] | Mapping[str, Input[Any]]] | None = None,
    status_code: Input[int | Sequence[Input[int]] | Mapping[str, Input[Any]]] | None = None,
    limit: Input[int] = 1000,
    organization_id: Input[str] | None = None,
    opts: pulumi.InvokeOptions | None = None,
) -> Output[list[AuditLogResult]]:
    """Look up what ``list_audit_logs`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        list[AuditLogResult],
        "telemetry.list_audit_logs",
        {
            "start": start,
            "end": end,
            "id": id,
            "actor_id": actor_id,
            "actor_email": actor_email,
            "actor_api_key_prefix": actor_api_key_prefix,
            "actor_api_key_suffix": actor_api_key_suffix,
            "action": action,
            "target_type": target_type,
            "target_id": target_id,
            "status_code": status_code,
            "limit": limit,
            "organization_id": organization_id,
        },
        opts,
    )


def get_audit_scenarios(*, opts: pulumi.InvokeOptions | None = None) -> AuditScenariosResult:
    """Return which actions the audit log may have (get audit scenarios).

    Args:
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(AuditScenariosResult, "telemetry.get_audit_scenarios", {}, opts)


def get_audit_scenarios_output(*, opts: pulumi.InvokeOptions | None = None) -> Output[AuditScenariosResult]:
    """Look up what ``get_audit_scenarios`` does, as an output; its arguments may be outputs."""
    return look_up_output(AuditScenariosResult, "telemetry.get_audit_scenarios", {}, opts)
