"""Regions and runners: the one of each that is this server, and others, which are records."""

from __future__ import annotations

from typing import Any

import pytest
from daytona_httpx.errors import DaytonaConflictError, DaytonaForbiddenError, DaytonaNotFoundError

from tests.contract.conftest import Api

pytestmark = pytest.mark.anyio

THIS = "00000000-0000-4000-8000-0000000000f1"


async def test_the_shared_region_is_always_there(api: Api) -> None:
    (region,) = (await api.call("GET", "/shared-regions")).json()
    assert ("us", "us", "shared", None) == (
        region["id"], region["name"], region["regionType"], region["organizationId"]
    )  # fmt: skip
    assert [region] == (await api.call("GET", "/regions")).json()
    for method, more in (("PATCH", ""), ("DELETE", ""), ("POST", "/regenerate-proxy-api-key")):
        assert 403 == (await api.refusal(method, f"/regions/us{more}", {}))[0]


async def test_everyone_may_know_the_shared_regions_and_what_is_audited(api: Api) -> None:
    del api.raw.headers["Authorization"]
    for path in ("/shared-regions", "/audit/scenarios"):
        assert 200 == (await api.call("GET", path)).status_code


async def test_an_own_region_through_the_client(api: Api) -> None:
    regions = api.client.regions
    made = await regions.create("mine", proxy_url="https://proxy.example.com")
    assert made.proxy_api_key is not None
    assert (None, None) == (made.ssh_gateway_api_key, made.snapshot_manager_password)
    found = await regions.get(made.id)
    assert ("mine", "custom", "https://proxy.example.com") == (found.name, found.region_type, found.proxy_url)
    assert made.proxy_api_key != (await regions.regenerate_proxy_api_key(made.id)).api_key
    assert (400, "Region does not have an SSH gateway URL configured") == await api.refusal(
        "POST", f"/regions/{made.id}/regenerate-ssh-gateway-api-key"
    )
    await regions.update(made.id, proxy_url=None, snapshot_manager_url="https://snapshots.example.com")
    assert (await regions.get(made.id)).proxy_url is None
    assert "daytona" == (await regions.regenerate_snapshot_manager_credentials(made.id)).username
    with pytest.raises(DaytonaConflictError):
        await regions.create("mine")
    assert ["us", "mine"] == [one.name for one in await regions.list()]
    await regions.delete(made.id)
    with pytest.raises(DaytonaNotFoundError):
        await regions.get(made.id)


@pytest.mark.parametrize("name", ["", "a", "a b", "ä" * 3, None])
async def test_a_region_that_can_t_be(api: Api, name: str | None) -> None:
    assert 400 == (await api.refusal("POST", "/regions", {"name": name}))[0]


async def test_a_region_with_runners_stays(api: Api) -> None:
    region = (await api.client.regions.create("mine")).id
    runner = await api.client.runners.create(region, "one", tags=["big"])
    said = (428, "Cannot delete region which has runners associated with it")
    assert said == await api.refusal("DELETE", f"/regions/{region}")
    await api.client.runners.delete(runner.id)
    await api.client.regions.delete(region)


async def test_this_server_is_a_runner(api: Api) -> None:
    sandbox = await api.made()
    (runner,) = (await api.call("GET", "/runners?regionId=us")).json()
    assert (THIS, "ready", "us", 1, 1) == (
        runner["id"], runner["state"], runner["region"],
        runner["currentStartedSandboxes"], runner["currentAllocatedCpu"],
    )  # fmt: skip
    assert runner["cpu"] >= 1
    assert runner["memory"] >= 1
    assert THIS == sandbox["runnerId"]
    assert THIS == (await api.client.runners.get_by_sandbox(sandbox["id"])).id
    assert 403 == (await api.refusal("DELETE", f"/runners/{THIS}"))[0]
    assert "shared" == (await api.client.runners.get_full(THIS)).region_type


@pytest.mark.parametrize(
    ("setting", "body"), [("scheduling", {"unschedulable": True}), ("draining", {"draining": True})]
)
async def test_a_runner_that_takes_nothing_new_is_no_runner_for_a_create(
    api: Api, setting: str, body: dict[str, Any]
) -> None:
    await api.made(name="a")
    assert 200 == (await api.call("PATCH", f"/runners/{THIS}/{setting}", body)).status_code
    assert (400, "No available runners") == await api.refusal("POST", "/sandbox", {})
    assert 200 == (await api.call("GET", "/sandbox/a")).status_code
    await api.call("PATCH", f"/runners/{THIS}/{setting}", dict.fromkeys(body, False))
    assert 200 == (await api.call("POST", "/sandbox", {})).status_code


async def test_own_runners_through_the_client(api: Api) -> None:
    runners = api.client.runners
    with pytest.raises(DaytonaForbiddenError):
        await runners.create("us", "one")
    region = (await api.client.regions.create("mine")).id
    made = await runners.create(region, "one")
    assert made.api_key.startswith("dtn_")
    assert ("one", "initializing") == ((await runners.get(made.id)).name, (await runners.get(made.id)).state)
    assert [made.id] == [one.id for one in await runners.list(region)]
    assert (await runners.update_scheduling(made.id, True)).unschedulable
    with pytest.raises(DaytonaConflictError):
        await runners.create(region, "one")
    await runners.delete(made.id)
    with pytest.raises(DaytonaNotFoundError):
        await runners.get(made.id)


async def test_an_administrator_s_runners_through_the_client(api: Api) -> None:
    admin = api.client.admin
    made = await admin.create_runner("us", "two", "dtn_mine", "2", cpu=4, memory_gib=8, disk_gib=100)
    assert "dtn_mine" == made.api_key
    found = await admin.get_runner(made.id)
    assert (4, 8, 100, "") == (found.cpu, found.memory, found.disk, found.api_key)
    await admin.update_runner_scheduling(made.id, True)
    assert [THIS, made.id] == [one.id for one in await admin.list_runners("us")]
    await admin.delete_runner(made.id)
    assert [THIS] == [one.id for one in await admin.list_runners()]
    assert 400 == (await api.refusal("POST", "/admin/runners", {"name": "a", "apiVersion": "1"}))[0]
