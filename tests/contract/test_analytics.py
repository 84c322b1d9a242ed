"""The analytics API: what sandboxes held, by the server's clock, and nothing that they didn't."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from daytona_httpx import Daytona, Resources
from daytona_httpx.models.usage import AggregatedUsage
from daytona_local import LocalDaytona, ManualClock
from daytona_local.settings import ORGANIZATION_ID

from tests.contract.conftest import Api, serving
from tests.contract.waiting import becomes

pytestmark = pytest.mark.anyio


class Times:
    """Tell the server's time, from the beginning of a test on."""

    def __init__(self, api: Api) -> None:
        self._began = api.clock.now()

    def at(self, seconds: float) -> datetime:
        return datetime.fromtimestamp(self._began + seconds, UTC)

    def text(self, seconds: float) -> str:
        return self.at(seconds).isoformat(timespec="milliseconds").replace("+00:00", "Z")


async def lived(api: Api) -> str:
    """Let a sandbox run for 100 s, grow for 50 more, rest for 10, and end; return its id."""
    sandbox = await api.client.get((await api.made(name="a"))["id"])
    api.clock.advance(100)
    await sandbox.resize(Resources(cpu=2))
    api.clock.advance(50)
    await sandbox.stop()
    api.clock.advance(10)
    await sandbox.delete()
    await becomes(api, f"/sandbox/{sandbox.id}", "gone")
    return sandbox.id


async def test_the_periods_of_a_sandbox_are_told_from_change_to_change_also_when_it_is_gone(api: Api) -> None:
    times, sandbox = Times(api), await lived(api)
    api.clock.advance(1000)
    found = await api.client.usage.list_periods(ORGANIZATION_ID, sandbox, times.at(0), times.at(500))
    assert [
        (times.text(0), times.text(100), 1, 1, 3),
        (times.text(100), times.text(150), 2, 1, 3),
        (times.text(150), times.text(160), 0, 0, 3),
    ] == [(one.start_at, one.end_at, one.cpu, one.ram_gb, one.disk_gb) for one in found]
    later = await api.client.usage.list_periods(ORGANIZATION_ID, sandbox, times.at(150), times.at(500))
    assert found[2:] == later
    assert [] == await api.client.usage.list_periods(ORGANIZATION_ID, "another", times.at(0), times.at(500))


async def test_what_goes_on_has_no_end_and_counts_until_now(api: Api) -> None:
    times, made = Times(api), await api.made()
    api.clock.advance(30)
    (period,) = await api.client.usage.list_periods(ORGANIZATION_ID, made["id"], times.at(0), times.at(900))
    assert (times.text(0), None, 0) == (period.start_at, period.end_at, period.price)
    total = await api.client.usage.get_aggregated(ORGANIZATION_ID, times.at(0), times.at(900))
    assert (30, 90, times.text(30)) == (total.total_cpu_seconds, total.total_disk_gb_seconds, total.last_end)


async def test_usage_is_summed_within_the_time_that_is_asked_for(api: Api) -> None:
    times, first = Times(api), await lived(api)
    second = (await api.made())["id"]
    api.clock.advance(40)
    total = await api.client.usage.get_aggregated(ORGANIZATION_ID, times.at(90), times.at(180))
    assert (10 + 100 + 20, 10 + 50 + 20, 3 * (10 + 50 + 10 + 20), 2, 0) == (
        total.total_cpu_seconds,
        total.total_ram_gb_seconds,
        total.total_disk_gb_seconds,
        total.sandbox_count,
        total.total_price,
    )
    by_sandbox = await api.client.usage.list_by_sandbox(ORGANIZATION_ID, times.at(90), times.at(180))
    assert {first: 110, second: 20} == {one.sandbox_id: one.total_cpu_seconds for one in by_sandbox}
    none = await api.client.usage.get_aggregated(ORGANIZATION_ID, times.at(900), times.at(901))
    assert (0, 0, None) == (none.total_cpu_seconds, none.sandbox_count, none.first_start)


async def test_a_chart_has_a_point_for_each_change(api: Api) -> None:
    times = Times(api)
    await lived(api)
    chart = await api.client.usage.get_chart(ORGANIZATION_ID, times.at(0), times.at(500))
    assert [(0, 1, 3), (100, 2, 3), (150, 0, 3), (160, 0, 0)] == [
        ((datetime.fromisoformat(point.time) - times.at(0)) // timedelta(seconds=1), point.cpu, point.disk_gb)
        for point in chart
    ]
    await api.made()
    api.clock.advance(10)
    (*_, last) = await api.client.usage.get_chart(ORGANIZATION_ID, times.at(0), times.at(500))
    assert (1, 3, times.text(160)) == (last.cpu, last.disk_gb, last.time)
    elsewhere = await api.client.usage.get_chart(ORGANIZATION_ID, times.at(0), times.at(500), "elsewhere")
    assert [] == elsewhere


async def test_measures_are_told_as_they_are_by_the_api_itself(api: Api) -> None:
    sandbox = await api.client.get((await api.made())["id"])
    times = Times(api)
    path = f"/analytics/organization/{ORGANIZATION_ID}/sandbox/{sandbox.id}/telemetry"
    span = {"from": times.text(-60), "to": times.text(60)}
    points = (await api.raw.get(f"{path}/metrics", params=span)).json()
    assert {"daytona.sandbox.memory.usage", "daytona.sandbox.cpu.limit"} <= {
        point["metricName"] for point in points
    }
    (sample,) = await sandbox.get_metrics(times.at(-60), times.at(60))
    assert 1024**3 == sample.mem_total
    for nothing in ("logs", "traces", "traces/none"):
        assert [] == (await api.raw.get(f"{path}/{nothing}", params=span)).json()


async def test_what_is_asked_wrongly_is_refused(api: Api) -> None:
    sandbox = (await api.made())["id"]
    for path in ("usage/aggregated", "usage/chart", "usage/sandbox", f"sandbox/{sandbox}/usage"):
        of_another = f"/analytics/organization/another/{path}?from=2027-01-01&to=2027-01-02"
        assert 403 == (await api.raw.get(of_another)).status_code
        own = f"/analytics/organization/{ORGANIZATION_ID}/{path}"
        assert 400 == (await api.raw.get(own)).status_code
        keyless = await api.raw.get(own, headers={"Authorization": "Bearer none"})
        assert 401 == keyless.status_code


async def test_a_reset_forgets_what_was_used(tmp_path: Path) -> None:
    async with serving("in process", tmp_path, 0, control=True) as api:
        times, _ = Times(api), await api.made()
        api.clock.advance(10)
        assert 10 == (await aggregated(api, times)).total_cpu_seconds
        assert 204 == (await api.raw.post("/_local/reset")).status_code
        assert 0 == (await aggregated(api, times)).total_cpu_seconds


async def aggregated(api: Api, times: Times) -> AggregatedUsage:
    return await api.client.usage.get_aggregated(ORGANIZATION_ID, times.at(0), times.at(900))


def test_what_was_used_is_known_after_the_server_was_started_again(tmp_path: Path) -> None:
    clock, spans = ManualClock(), []
    for _ in range(2):
        with (
            LocalDaytona(tmp_path, clock=clock) as server,
            Daytona(api_key=server.api_key, api_url=server.api_url) as client,
        ):
            sandbox = next(iter(client.list()), None) or client.create()
            clock.advance(10)
            now = datetime.fromtimestamp(clock.now(), UTC)
            day = (now - timedelta(days=1), now + timedelta(days=1))
            spans.append(client.usage.list_periods(ORGANIZATION_ID, sandbox.id, *day))
            total = client.usage.get_aggregated(ORGANIZATION_ID, *day)
    assert spans[0] == spans[1] != []
    assert 20 == total.total_cpu_seconds
