"""Look up what happened: the logs, traces and metrics of sandboxes, and the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from daytona_httpx import AsyncDaytona, AuditLog, SandboxMetrics
from daytona_httpx.audit_query import AuditQuery
from daytona_httpx.models.audit import AuditScenarios
from daytona_httpx.models.telemetry import LogEntry, MetricsResponse, TraceSpan, TraceSummary

from pulumi_daytona.core.functions.arguments import (
    END,
    MOST,
    ORGANIZATION,
    SANDBOX,
    SANDBOX_ID,
    START,
    Moment,
)
from pulumi_daytona.core.functions.gather import LARGEST_PAGE, first
from pulumi_daytona.core.functions.look_up import Argument, Given, LookUp


async def _logs(client: AsyncDaytona, given: Given) -> list[LogEntry]:
    return await first(client.telemetry.list_logs(**_paged(given)), given["limit"])


async def _traces(client: AsyncDaytona, given: Given) -> list[TraceSummary]:
    return await first(client.telemetry.list_traces(**_paged(given)), given["limit"])


def _paged(given: Given) -> Given:
    """Return the arguments with the size of a page where they have the size of the whole."""
    return {**given, "limit": min(given["limit"], LARGEST_PAGE)}


async def _usage(client: AsyncDaytona, given: Given) -> SandboxMetrics:
    return await (await client.get(given["sandbox"])).get_metrics_latest()


async def _usages(client: AsyncDaytona, given: Given) -> list[SandboxMetrics]:
    return await (await client.get(given.pop("sandbox"))).get_metrics(**given)


async def _audit_logs(client: AsyncDaytona, given: Given) -> list[AuditLog]:
    organization_id, most = given.pop("organization_id"), given.pop("limit")
    query = AuditQuery(limit=min(most, LARGEST_PAGE), **given)
    return await first(client.audit.list(organization_id, query), most)


def _filter(name: str, doc: str, one: Any = str) -> Argument:
    return Argument(name, one | list[one] | dict[str, Any], doc, None)


AUDIT_FILTERS = (
    Argument("start", Moment, "Only what was done since then.", None),
    Argument("end", Moment, "Only what was done until then.", None),
    _filter("id", "Only these records, by id."),
    _filter("actor_id", "Only what these users did, by id."),
    _filter("actor_email", "Only what these users did, by address."),
    _filter("actor_api_key_prefix", "Only what was done with keys that begin so."),
    _filter("actor_api_key_suffix", "Only what was done with keys that end so."),
    _filter("action", "Only these actions, for example ``create``."),
    _filter("target_type", "Only what was done to these kinds of things, for example ``sandbox``."),
    _filter("target_id", "Only what was done to these, by id."),
    _filter("status_code", "Only what was answered so, for example ``200``.", int),
)

LOOK_UPS = (
    LookUp(
        "list_sandbox_logs",
        "Return the log of what a sandbox's programs sent over OpenTelemetry.",
        "getSandboxLogs",
        list[LogEntry],
        _logs,
        (
            SANDBOX_ID,
            START,
            END,
            Argument("severities", list[str], "Only those of these severities, for example ``ERROR``.", None),
            Argument("search", str, "Only those with this text.", None),
            MOST,
        ),
    ),
    LookUp(
        "list_sandbox_traces",
        "Return the traces that a sandbox's programs sent over OpenTelemetry.",
        "getSandboxTraces",
        list[TraceSummary],
        _traces,
        (SANDBOX_ID, START, END, MOST),
    ),
    LookUp(
        "list_sandbox_trace_spans",
        "Return the spans of a trace.",
        "getSandboxTraceSpans",
        list[TraceSpan],
        lambda client, given: client.telemetry.get_trace_spans(**given),
        (SANDBOX_ID, Argument("trace_id", str, "The trace's id.")),
    ),
    LookUp(
        "get_sandbox_metrics",
        "Return the metrics of a sandbox over a time, as series.",
        "getSandboxMetrics",
        MetricsResponse,
        lambda client, given: client.telemetry.get_metrics(**given),
        (
            SANDBOX_ID,
            START,
            END,
            Argument("metric_names", list[str], "Only the series of these names; all by default.", None),
        ),
    ),
    LookUp(
        "get_sandbox_usage",
        "Return how much a running sandbox uses now; bytes for memory and disk.",
        "getSystemMetrics",
        SandboxMetrics,
        _usage,
        (SANDBOX,),
    ),
    LookUp(
        "list_sandbox_usage",
        "Return how much a sandbox used over a time, the first sample first; bytes for memory and disk.",
        "getSandboxMetrics",
        list[SandboxMetrics],
        _usages,
        (
            SANDBOX,
            Argument("start", datetime, "From when; from its creation by default.", None),
            Argument("end", datetime, "Until when; until now by default.", None),
        ),
    ),
    LookUp(
        "list_audit_logs",
        "Return who did what in an organization. A filter takes one value, several of which any will do, "
        'or the API\'s own words, for example ``{"not": "create"}``.',
        "getOrganizationAuditLogs",
        list[AuditLog],
        _audit_logs,
        (*AUDIT_FILTERS, MOST, ORGANIZATION),
        needs="the permission read:audit_logs",
    ),
    LookUp(
        "get_audit_scenarios",
        "Return which actions the audit log may have.",
        "getAuditScenarios",
        AuditScenarios,
        lambda client, _: client.audit.get_scenarios(),
    ),
)
