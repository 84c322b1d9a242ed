"""How much a sandbox uses, now and before."""

from __future__ import annotations

from datetime import UTC, datetime

from daytona_httpx._async.record import AsyncSandboxRecord
from daytona_httpx.answers import items_of, json_of, object_of
from daytona_httpx.errors import prefixed
from daytona_httpx.models.base import parse
from daytona_httpx.models.metrics import FIELDS, MetricPoint, MetricsResponse, SandboxMetrics, samples_of


class AsyncSandboxGauges(AsyncSandboxRecord):
    """Measure a sandbox."""

    async def get_metrics_latest(self) -> SandboxMetrics:
        """Return what the running sandbox uses now (get system metrics)."""
        with prefixed("Failed to get sandbox metrics: "):
            return parse(SandboxMetrics, await self._toolbox.call("GET", "/system/metrics"))

    async def get_metrics(
        self, start: datetime | None = None, end: datetime | None = None
    ) -> list[SandboxMetrics]:
        """Return what the sandbox used over a time, the first sample first (get sandbox metrics).

        Args:
            start: From when on; from its creation when left out.
            end: Until when; until now when left out.
        """
        with prefixed("Failed to get sandbox metrics: "):
            until = end or datetime.now(UTC)
            since = start or (datetime.fromisoformat(self.created_at) if self.created_at else until)
            span = {"from": since.isoformat(), "to": until.isoformat()}
            config = object_of(await self._transport.api("GET", "/config"))
            if config.get("analyticsApiUrl"):
                return samples_of(await self._analysed(str(config["analyticsApiUrl"]), span))
            answer = await self._call("GET", "/telemetry/metrics", params={**span, "metricNames": [*FIELDS]})
            return samples_of(parse(MetricsResponse, answer).points())

    async def _analysed(self, url: str, span: dict[str, str]) -> list[MetricPoint]:
        """Ask the server that keeps the measurements, where the API names one."""
        place = f"{url.rstrip('/')}/organization/{self.organization_id}/sandbox/{self.id}/telemetry/metrics"
        params = {**span, "metricNames": ",".join(FIELDS)}
        deadline = self._transport.request_deadline(None)
        answer = json_of(await self._transport.send("GET", place, deadline, params=params))
        return [parse(MetricPoint, item) for item in items_of(answer)]
