"""Quotas: nothing is limited until someone asks for it, and then exceeding it is the API's refusal."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from daytona_httpx.errors import DaytonaConflictError, DaytonaNotFoundError

from tests.contract.conftest import Api
from tests.contract.test_lifecycle import becomes

pytestmark = pytest.mark.anyio

OWN = "00000000-0000-4000-8000-00000000da71"
TOTALS = ("totalCpuQuota", "totalMemoryQuota", "totalDiskQuota", "totalGpuQuota")
FULL = "Total CPU limit exceeded. Maximum allowed: 2.\n"


async def limit(api: Api, **totals: int) -> None:
    body = {name: totals.get(name) for name in TOTALS}
    answer = await api.call("PATCH", f"/organizations/{OWN}/quota/us", body)
    assert (204, b"") == (answer.status_code, answer.content)


async def usage(api: Api) -> dict[str, Any]:
    overview: dict[str, Any] = (await api.call("GET", f"/organizations/{OWN}/usage")).json()
    return overview


async def test_what_is_used_is_shown_and_nothing_is_limited(api: Api) -> None:
    await api.made(name="a")
    await api.made(name="b")
    await api.call("POST", "/sandbox/b/stop")
    await becomes(api, "b", "stopped")
    await api.call("POST", "/volumes", {"name": "v"})
    overview = await usage(api)
    (region,) = overview["regionUsage"]
    assert ("us", "container", 1, 1, 6, 0) == (
        region["regionId"], region["sandboxClass"], region["currentCpuUsage"],
        region["currentMemoryUsage"], region["currentDiskUsage"], region["currentGpuUsage"],
    )  # fmt: skip
    assert region["totalCpuQuota"] >= 1_000_000
    assert (0, 1) == (overview["currentSnapshotUsage"], overview["currentVolumeUsage"])


async def test_a_total_is_kept_by_creates_and_starts(api: Api) -> None:
    await limit(api, totalCpuQuota=2)
    await api.made(name="a")
    await api.made(name="b")
    status, message = await api.refusal("POST", "/sandbox", {"name": "c"})
    assert 400 == status
    assert message.startswith(FULL)
    assert 404 == (await api.call("GET", "/sandbox/c")).status_code
    await api.call("POST", "/sandbox/a/stop")
    await becomes(api, "a", "stopped")
    await api.made(name="c")
    assert (await api.refusal("POST", "/sandbox/a/start"))[1].startswith(FULL)
    await api.call("DELETE", "/sandbox/c")
    assert 200 == (await api.call("POST", "/sandbox/a/start")).status_code


async def test_of_five_creates_at_once_as_many_succeed_as_there_is_room_for(api: Api) -> None:
    await limit(api, totalCpuQuota=2)
    answers = await asyncio.gather(*(api.call("POST", "/sandbox", {}) for _ in range(5)))
    assert [200, 200, 400, 400, 400] == sorted(answer.status_code for answer in answers)


@pytest.mark.parametrize(
    ("total", "message"),
    [
        ({"totalMemoryQuota": 0}, "Total memory limit exceeded. Maximum allowed: 0GiB.\n"),
        ({"totalDiskQuota": 2}, "Total disk limit exceeded. Maximum allowed: 2GiB.\n"),
    ],
)
async def test_memory_and_disk_are_limited_too(api: Api, total: dict[str, int], message: str) -> None:
    await limit(api, **total)
    status, said = await api.refusal("POST", "/sandbox", {})
    assert 400 == status
    assert said.startswith(message)


async def test_growing_is_limited_and_shrinking_is_not(api: Api) -> None:
    await api.made(name="a")
    await limit(api, totalCpuQuota=1, totalMemoryQuota=2)
    status, said = await api.refusal("POST", "/sandbox/a/resize", {"cpu": 2})
    assert 400 == status
    assert said.startswith("Total CPU limit exceeded. Maximum allowed: 1.\n")
    assert 200 == (await api.call("POST", "/sandbox/a/resize", {"memory": 2})).status_code
    await becomes(api, "a", "started")
    await limit(api, totalCpuQuota=0, totalMemoryQuota=0)
    await api.call("POST", "/sandbox/a/stop")
    await becomes(api, "a", "stopped")
    assert 200 == (await api.call("POST", "/sandbox/a/resize", {"memory": 1})).status_code


async def test_the_most_that_one_sandbox_may_have_can_be_changed(api: Api) -> None:
    await api.made(name="a")
    too_much = "CPU request 5 exceeds maximum allowed per sandbox (4).\n"
    assert (await api.refusal("POST", "/sandbox/a/resize", {"cpu": 5}))[1].startswith(too_much)
    await api.client.organizations.update_quota(OWN, max_cpu_per_sandbox=5)
    assert 200 == (await api.call("POST", "/sandbox/a/resize", {"cpu": 5})).status_code
    await limit(api)
    body = {"maxMemoryPerSandbox": 0} | dict.fromkeys(TOTALS)
    await api.call("PATCH", f"/organizations/{OWN}/quota/us", body)
    said = (await api.refusal("POST", "/sandbox", {}))[1]
    assert said.startswith("Memory request 1GB exceeds maximum allowed per sandbox (0GB).\n")


async def test_a_disk_that_stays_may_be_limited_more_than_one_that_goes(api: Api) -> None:
    body = {"maxDiskPerNonEphemeralSandbox": 2} | dict.fromkeys(TOTALS)
    await api.call("PATCH", f"/organizations/{OWN}/quota/us", body)
    said = (await api.refusal("POST", "/sandbox", {}))[1]
    assert said.startswith("Disk request 3GB exceeds maximum allowed per sandbox (2GB).\n")
    assert 200 == (await api.call("POST", "/sandbox", {"autoDeleteInterval": 0})).status_code


async def test_volumes_are_limited_when_asked_for(api: Api) -> None:
    await api.client.organizations.update_quota(OWN, volume_quota=1)
    await api.call("POST", "/volumes", {"name": "v"})
    said = await api.refusal("POST", "/volumes", {"name": "w"})
    assert (400, "Volume quota exceeded. Maximum allowed: 1") == said


async def test_snapshots_are_limited_when_asked_for_those_of_sandboxes_too(api: Api) -> None:
    sandbox = await api.made()
    await api.client.organizations.update_quota(OWN, snapshot_quota=0)
    refused = (400, "Snapshot quota exceeded. Maximum allowed: 0")
    made = {"name": "s", "imageName": "daytona-local:default"}
    assert refused == await api.refusal("POST", "/snapshots", made)
    assert refused == await api.refusal("POST", f"/sandbox/{sandbox['id']}/snapshot", {"name": "s"})
    await api.client.organizations.update_quota(OWN, snapshot_quota=1)
    assert 200 == (await api.call("POST", "/snapshots", made)).status_code
    assert (400, "Snapshot quota exceeded. Maximum allowed: 1") == await api.refusal(
        "POST", "/snapshots", made
    )


async def test_quotas_of_a_region_through_the_client(api: Api) -> None:
    admin = api.client.admin
    totals: Any = {"total_memory_quota": 20, "total_disk_quota": 30, "total_gpu_quota": 0}
    with pytest.raises(DaytonaNotFoundError):
        await admin.get_region_quota(OWN, "us", "container")
    made = await admin.create_region_quota(OWN, "us", "container", total_cpu_quota=1, **totals)
    assert made == await admin.get_region_quota(OWN, "us", "container")
    with pytest.raises(DaytonaConflictError):
        await admin.create_region_quota(OWN, "us", "container", total_cpu_quota=1, **totals)
    await admin.update_region_quota(
        OWN,
        "us",
        "container",
        total_cpu_quota=2,
        total_memory_quota=None,
        total_disk_quota=None,
        total_gpu_quota=None,
        max_cpu_per_sandbox=1,
    )
    found = await admin.get_region_quota(OWN, "us", "container")
    assert (2, 20, 1) == (found.total_cpu_quota, found.total_memory_quota, found.max_cpu_per_sandbox)
    sandbox = await api.made()
    assert found == await api.client.usage.get_region_quota_of_sandbox(sandbox["id"])
    used = (await api.client.usage.get(OWN)).region_usage[0]
    assert (2, 1) == (used.total_cpu_quota, used.current_cpu_usage)
    await admin.delete_region_quota(OWN, "us", "container")
    with pytest.raises(DaytonaNotFoundError):
        await admin.delete_region_quota(OWN, "us", "container")


async def test_what_can_be_made_where(api: Api) -> None:
    (found,) = await api.client.usage.list_sandbox_classes(OWN)
    assert ("us", "container", False) == (found.region_id, found.sandbox_class, found.gpu_available)
    assert [] == (await api.client.usage.get_gpu_capacity(OWN)).capacity


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PATCH", f"/organizations/{OWN}/quota", {"snapshotQuota": "many"}, 400),
        ("PATCH", f"/organizations/{OWN}/quota", {"snapshotQuota": -1}, 400),
        ("PATCH", f"/organizations/{OWN}/quota/mars", {}, 404),
        ("PATCH", "/organizations/nope/quota/us", {}, 404),
        ("POST", f"/admin/organizations/{OWN}/quota/us", {"sandboxClass": "container"}, 400),
        ("POST", f"/admin/organizations/{OWN}/quota/us", {"sandboxClass": "cloud"}, 400),
    ],
)
async def test_a_quota_that_can_t_be(api: Api, method: str, path: str, body: Any, status: int) -> None:
    assert status == (await api.refusal(method, path, body))[0]
