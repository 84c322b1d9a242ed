"""How much a sandbox uses."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest
from daytona_httpx import AsyncSandbox, DaytonaError

from tests.unit.daytona_httpx.fake_api import FakeApi, refusal

pytestmark = pytest.mark.anyio

START = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2026, 1, 2, tzinfo=UTC)
SYSTEM = {
    "cpuCount": 2,
    "cpuUsedPct": 12.5,
    "diskTotal": 100,
    "diskUsed": 40,
    "memTotal": 50,
    "memUsed": 20,
    "memCache": 5,
    "timestamp": "2026-01-01T00:00:00Z",
}


async def test_the_latest_sample_comes_from_the_sandbox(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/system/metrics", SYSTEM)
    sample = await sandbox.get_metrics_latest()
    assert (2, 12.5, 40, 20, START) == (
        sample.cpu_count,
        sample.cpu_used_pct,
        sample.disk_used,
        sample.mem_used,
        sample.timestamp,
    )
    assert str(api.requests[0].url) == "http://toolbox.test/toolbox/s1/system/metrics"


async def test_a_sample_without_a_time_is_of_now(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/system/metrics", {"cpuCount": 1})
    before = datetime.now(UTC)
    assert before <= (await sandbox.get_metrics_latest()).timestamp <= datetime.now(UTC)


async def test_samples_are_put_together_from_the_series_by_time(sandbox: AsyncSandbox, api: FakeApi) -> None:
    def series(name: str, *values: float | None) -> dict[str, object]:
        times = ["2026-01-01T00:01:00Z", "2026-01-01T00:00:00Z"]
        points = [{"timestamp": time, "value": value} for time, value in zip(times, values, strict=False)]
        return {"metricName": f"daytona.sandbox.{name}", "dataPoints": points}

    api.on("GET", "/config", {"version": "1"})
    api.on(
        "GET",
        "/telemetry/metrics",
        {
            "series": [
                series("cpu.utilization", 50.5, 25),
                series("cpu.limit", 2.0, 2.0),
                series("memory.usage", 10.0, None),
                series("filesystem.total", 7),
                series("not.known", 1, 1),
            ]
        },
    )
    first, second = await sandbox.get_metrics(START, END)
    assert [START, datetime(2026, 1, 1, 0, 1, tzinfo=UTC)] == [first.timestamp, second.timestamp]
    assert [(25, 2, 0, 0), (50.5, 2, 10, 7)] == [
        (one.cpu_used_pct, one.cpu_count, one.mem_used, one.disk_total) for one in (first, second)
    ]
    params = api.sent("GET", "/telemetry/metrics")[0].url.params
    assert (START.isoformat(), END.isoformat()) == (params["from"], params["to"])
    assert 7 == len(params.get_list("metricNames"))


async def test_the_time_is_from_the_creation_until_now(sandbox: AsyncSandbox, api: FakeApi) -> None:
    sandbox.created_at = "2026-01-01T00:00:00Z"
    api.on("GET", "/config", {})
    api.on("GET", "/telemetry/metrics", {"series": []})
    before = datetime.now(UTC)
    assert [] == await sandbox.get_metrics()
    params = api.requests[-1].url.params
    assert START.isoformat() == params["from"]
    assert before <= datetime.fromisoformat(params["to"]) <= datetime.now(UTC)


async def test_a_server_of_its_own_for_measurements_is_asked(sandbox: AsyncSandbox, api: FakeApi) -> None:
    point = {"metricName": "daytona.sandbox.cpu.utilization", "timestamp": "2026-01-01T00:00:00Z", "value": 9}
    api.on("GET", "/config", {"analyticsApiUrl": "http://analytics.test/v1/"})
    api.on("GET", "/telemetry/metrics", httpx.Response(200, json=[point]))
    (sample,) = await sandbox.get_metrics(START, END)
    assert (9, START) == (sample.cpu_used_pct, sample.timestamp)
    url = api.requests[-1].url
    expected = "http://analytics.test/v1/organization/org/sandbox/s1/telemetry/metrics"
    assert expected == str(url.copy_with(query=None))
    assert "daytona.sandbox.cpu.utilization,daytona.sandbox.cpu.limit" in url.params["metricNames"]


async def test_refusals_have_the_operation_s_prefix(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/system/metrics", refusal(503, "asleep"))
    api.on("GET", "/config", refusal(500, "broken"))
    with pytest.raises(DaytonaError, match="Failed to get sandbox metrics: asleep"):
        await sandbox.get_metrics_latest()
    with pytest.raises(DaytonaError, match="Failed to get sandbox metrics: broken"):
        await sandbox.get_metrics()
