"""Telemetry: what was measured when someone asked, and nothing that wasn't."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.contract.conftest import Api
from tests.contract.test_lifecycle import becomes

pytestmark = pytest.mark.anyio


def span(api: Api) -> tuple[datetime, datetime]:
    now = datetime.fromtimestamp(api.clock.now(), UTC)
    return now - timedelta(minutes=5), now + timedelta(minutes=5)


async def test_a_running_sandbox_is_measured_when_someone_asks(api: Api) -> None:
    sandbox = await api.client.get((await api.made())["id"])
    start, end = span(api)
    first = {
        one.metric_name: one.data_points
        for one in (await api.client.telemetry.get_metrics(sandbox.id, start, end)).series
    }
    assert 1 == first["daytona.sandbox.cpu.limit"][0].value
    assert 1024**3 == first["daytona.sandbox.memory.limit"][0].value
    assert first["daytona.sandbox.memory.usage"][0].value > 0
    assert "daytona.sandbox.cpu.utilization" not in first
    await sandbox.process.exec("head -c 3000000 /dev/zero > big")
    api.clock.advance(10)
    samples = await sandbox.get_metrics(start, end)
    assert 2 == len(samples)
    assert samples[1].disk_used - samples[0].disk_used >= 3_000_000
    assert 0 <= samples[1].cpu_used_pct <= 100


async def test_only_what_was_asked_for_is_answered(api: Api) -> None:
    sandbox = await api.made()
    start, end = span(api)
    names = ["daytona.sandbox.memory.usage"]
    found = await api.client.telemetry.get_metrics(sandbox["id"], start, end, names)
    assert names == [one.metric_name for one in found.series]
    before = await api.client.telemetry.get_metrics(sandbox["id"], start, start)
    assert [] == before.series


async def test_measuring_is_no_activity(api: Api) -> None:
    sandbox = await api.made()
    api.clock.advance(60)
    start, end = span(api)
    await api.client.telemetry.get_metrics(sandbox["id"], start, end)
    assert sandbox["lastActivityAt"] == (await api.get(sandbox["id"]))["lastActivityAt"]


async def test_of_a_stopped_sandbox_there_is_nothing_to_measure(api: Api) -> None:
    sandbox = await api.made(name="a")
    await api.call("POST", "/sandbox/a/stop")
    await becomes(api, "a", "stopped")
    start, end = span(api)
    assert [] == (await api.client.telemetry.get_metrics(sandbox["id"], start, end)).series


async def test_no_logs_and_traces_are_collected(api: Api) -> None:
    sandbox = await api.made()
    start, end = span(api)
    assert [] == [one async for one in api.client.telemetry.list_logs(sandbox["id"], start, end)]
    assert [] == [one async for one in api.client.telemetry.list_traces(sandbox["id"], start, end)]
    assert [] == await api.client.telemetry.get_trace_spans(sandbox["id"], "nope")
    assert 400 == (await api.refusal("GET", f"/sandbox/{sandbox['id']}/telemetry/metrics?from=x"))[0]
    assert 404 == (await api.refusal("GET", "/sandbox/nope/telemetry/logs?from=x&to=x"))[0]
