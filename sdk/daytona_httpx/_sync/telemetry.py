# Generated from _async by `make generate`; do not edit.
"""Telemetry: what a sandbox's programs sent over OpenTelemetry."""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Sequence

from daytona_httpx._sync.group import Group, Parts
from daytona_httpx.models.telemetry import (
    LogEntry,
    MetricsResponse,
    PaginatedLogs,
    PaginatedTraces,
    TraceSpan,
    TraceSummary,
)
from daytona_httpx.wire import Moment, given, moment


class Telemetry(Group):
    """Look into the logs, traces and metrics of a sandbox.

    Every operation but that of spans takes a range: from ``start`` to ``end``.
    """

    def list_logs(
        self,
        sandbox_id: str,
        start: Moment,
        end: Moment,
        *,
        severities: Sequence[str] | None = None,
        search: str | None = None,
        limit: int | None = None,
    ) -> Iterator[LogEntry]:
        """Yield records of the log, page by page (get sandbox logs).

        Args:
            sandbox_id: The sandbox's id.
            start: From when.
            end: Until when.
            severities: Only those of these severities, such as ``ERROR``.
            search: Only those with this text.
            limit: How many on a page; the server's default of 100 when left out.
        """
        params = _range(start, end) | given(severities=severities, search=search, limit=limit)
        return self._pages(PaginatedLogs, "get logs", _path(sandbox_id, "logs"), params)

    def get_logs_page(
        self,
        sandbox_id: str,
        start: Moment,
        end: Moment,
        *,
        page: int | None = None,
        limit: int | None = None,
        severities: Sequence[str] | None = None,
        search: str | None = None,
    ) -> PaginatedLogs:
        """Return one page of the log (get sandbox logs); as ``list_logs``, the page from 1."""
        params = _range(start, end)
        params |= given(page=page, limit=limit, severities=severities, search=search)
        path = _path(sandbox_id, "logs")
        return self._one(PaginatedLogs, "get logs", "GET", path, params=params)

    def list_traces(
        self, sandbox_id: str, start: Moment, end: Moment, *, limit: int | None = None
    ) -> Iterator[TraceSummary]:
        """Yield traces, page by page (get sandbox traces).

        Args:
            sandbox_id: The sandbox's id.
            start: From when.
            end: Until when.
            limit: How many on a page; the server's default of 100 when left out.
        """
        params = _range(start, end) | given(limit=limit)
        return self._pages(PaginatedTraces, "get traces", _path(sandbox_id, "traces"), params)

    def get_traces_page(
        self,
        sandbox_id: str,
        start: Moment,
        end: Moment,
        *,
        page: int | None = None,
        limit: int | None = None,
    ) -> PaginatedTraces:
        """Return one page of traces (get sandbox traces); as ``list_traces``, the page from 1."""
        params = _range(start, end) | given(page=page, limit=limit)
        path = _path(sandbox_id, "traces")
        return self._one(PaginatedTraces, "get traces", "GET", path, params=params)

    def get_trace_spans(self, sandbox_id: str, trace_id: str) -> builtins.list[TraceSpan]:
        """Return the spans of a trace (get sandbox trace spans)."""
        return self._many(TraceSpan, "get trace", (*_path(sandbox_id, "traces"), trace_id))

    def get_metrics(
        self, sandbox_id: str, start: Moment, end: Moment, metric_names: Sequence[str] | None = None
    ) -> MetricsResponse:
        """Return metrics over time (get sandbox metrics).

        Args:
            sandbox_id: The sandbox's id.
            start: From when.
            end: Until when.
            metric_names: Only these; all when left out.
        """
        params = _range(start, end) | given(metric_names=metric_names)
        path = _path(sandbox_id, "metrics")
        return self._one(MetricsResponse, "get metrics", "GET", path, params=params)


def _path(sandbox_id: str, kind: str) -> Parts:
    return ("sandbox", sandbox_id, "telemetry", kind)


def _range(start: Moment, end: Moment) -> dict[str, object]:
    return {"from": moment(start), "to": moment(end)}
