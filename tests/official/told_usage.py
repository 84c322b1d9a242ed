"""Ask for what was used with the official client of the analytics API, and print what it is told."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

from daytona import Daytona
from daytona_analytics_api_client import (  # type: ignore[import-not-found]  # it comes with daytona
    ApiClient,
    Configuration,
    TelemetryApi,
    UsageApi,
)

if __name__ == "__main__":
    daytona = Daytona()
    sandbox = daytona.create()
    sandbox.stop()
    now = datetime.now(UTC)
    span = ((now - timedelta(hours=1)).isoformat(), (now + timedelta(hours=1)).isoformat())
    where = Configuration(host=os.environ["DAYTONA_API_URL"].removesuffix("/api") + "/analytics")
    with ApiClient(where) as client:
        client.default_headers["Authorization"] = f"Bearer {os.environ['DAYTONA_API_KEY']}"
        usage, place = UsageApi(client), (sandbox.organization_id, sandbox.id)
        periods = usage.organization_organization_id_sandbox_sandbox_id_usage_get(*place, *span)
        total = usage.organization_organization_id_usage_aggregated_get(place[0], *span)
        each = usage.organization_organization_id_usage_sandbox_get(place[0], *span)
        chart = usage.organization_organization_id_usage_chart_get(place[0], *span)
        measured = TelemetryApi(client)
        points = measured.organization_organization_id_sandbox_sandbox_id_telemetry_metrics_get(*place, *span)
    print([
        [(period.cpu, period.ram_gb, period.disk_gb, period.end_at is None) for period in periods],
        (total.sandbox_count, total.total_price, [one.sandbox_id == sandbox.id for one in each]),
        [(point.cpu, point.disk_gb) for point in chart],
        points,
    ])  # fmt: skip
    sandbox.delete()
