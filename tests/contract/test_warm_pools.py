"""Warm pools: sandboxes that are ready before anyone asks, handed over at once and made anew."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from daytona_httpx.errors import DaytonaConflictError

from tests.contract.conftest import Api, serving
from tests.contract.test_lifecycle import becomes

pytestmark = pytest.mark.anyio

SNAPSHOT = "daytona-local:default"
ORGANIZATION = "00000000-0000-4000-8000-00000000da71"


async def pool(api: Api, size: int = 1) -> dict[str, Any]:
    answer = await api.call("POST", "/warm-pools", {"snapshot": SNAPSHOT, "pool": size})
    assert 201 == answer.status_code, answer.text
    await holds(api, size)
    made: dict[str, Any] = answer.json()
    return made


async def holds(api: Api, size: int) -> dict[str, Any]:
    """Wait until the only pool has so many ready, and none under way."""
    for _ in range(1000):
        found = (await api.call("GET", "/warm-pools")).json()[0]
        if found["currentSize"] == size and size == len(await warm(api)):
            return dict(found)
        await asyncio.sleep(0.01)
    raise AssertionError(f"it never held {size}: {found}")


async def warm(api: Api) -> list[str]:
    """Return the ids of the warm sandboxes that there are, ready or not."""
    items = (await api.call("GET", "/sandbox?includeWarm=true")).json()["items"]
    return [one["id"] for one in items if one["warmPoolId"] and one["state"] != "destroying"]


async def test_a_pool_s_life(api: Api) -> None:
    made = await pool(api)
    assert (SNAPSHOT, "us", 1, "daytona", {}) == (
        made["snapshot"], made["target"], made["pool"], made["osUser"], made["env"]
    )  # fmt: skip
    path = f"/warm-pools/{made['id']}"
    answer = await api.call("PATCH", path, {"pool": 2})
    assert (200, 2) == (answer.status_code, answer.json()["pool"])
    await holds(api, 2)
    await api.call("PATCH", path, {"pool": 0})
    await holds(api, 0)
    assert 204 == (await api.call("DELETE", path)).status_code
    missing = (404, f"Warm pool with ID {made['id']} not found")
    assert missing == await api.refusal("DELETE", path)
    assert missing == await api.refusal("PATCH", path, {"pool": 1})


async def test_a_create_takes_what_is_ready_at_once_and_it_is_made_anew(api: Api) -> None:
    await pool(api)
    ready = (await warm(api))[0]
    assert [] == (await api.call("GET", "/sandbox")).json()["items"]
    wanted = {"name": "a", "labels": {"x": "y"}, "autoStopInterval": 7, "public": True}
    made = (await api.call("POST", "/sandbox", wanted)).json()
    assert (ready, "a", "started", None) == (made["id"], made["name"], made["state"], made["warmPoolId"])
    assert ({"x": "y"}, 7, True) == (made["labels"], made["autoStopInterval"], made["public"])
    assert ["a"] == [one["name"] for one in (await api.call("GET", "/sandbox")).json()["items"]]
    await holds(api, 1)
    second = (await api.call("POST", "/sandbox", {})).json()
    assert second["id"] == second["name"]
    assert "started" == second["state"]
    sandbox = await api.client.get(ready)
    assert "here" == (await sandbox.process.exec("echo here")).result.strip()


@pytest.mark.parametrize(
    "wanted",
    [
        {"env": {"A": "b"}},
        {"user": "root"},
        {"networkBlockAll": True},
        {"buildInfo": {"dockerfileContent": "x"}},
    ],
)
async def test_a_create_that_wants_what_a_running_one_can_t_be_given_is_made_as_usual(
    api: Api, wanted: dict[str, Any]
) -> None:
    await pool(api)
    ready = await warm(api)
    made = (await api.call("POST", "/sandbox", wanted)).json()
    assert made["id"] not in ready
    assert ready == await warm(api)


async def test_a_name_that_is_taken_leaves_the_pool_as_it_is(api: Api) -> None:
    await api.made(name="a", env={"A": "b"})
    await pool(api)
    ready = await warm(api)
    assert (409, "Sandbox with name a already exists") == await api.refusal("POST", "/sandbox", {"name": "a"})
    assert ready == await warm(api)


async def test_deleting_a_pool_removes_what_is_in_it(api: Api) -> None:
    made = await pool(api, 2)
    ready = await warm(api)
    await api.call("DELETE", f"/warm-pools/{made['id']}")
    for sandbox_id in ready:
        await becomes(api, sandbox_id, "gone")


async def test_what_was_lost_of_a_pool_is_made_anew(api: Api) -> None:
    await pool(api)
    lost = (await warm(api))[0]
    await api.call("POST", f"/sandbox/{lost}/stop")
    await becomes(api, lost, "gone")
    await holds(api, 1)


async def test_an_idle_pool_outlives_every_interval(api: Api) -> None:
    await pool(api)
    ready = await warm(api)
    api.clock.advance(30 * 24 * 3600)
    await asyncio.sleep(0.2)
    assert ready == await warm(api)
    assert "started" == (await api.get(ready[0]))["state"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"snapshot": SNAPSHOT, "pool": 0}, 400),
        ({"snapshot": SNAPSHOT, "pool": 1.5}, 400),
        ({"snapshot": SNAPSHOT, "pool": 10**6}, 400),
        ({"snapshot": "nope:1", "pool": 1}, 400),
        ({"snapshot": SNAPSHOT, "pool": 1, "target": "mars"}, 404),
    ],
)
async def test_a_pool_that_can_t_be(api: Api, body: dict[str, Any], status: int) -> None:
    assert status == (await api.refusal("POST", "/warm-pools", body))[0]


async def test_a_quota_that_is_met_is_the_pool_s_error_until_it_is_set_anew(api: Api) -> None:
    quota = {"totalCpuQuota": 1, "totalMemoryQuota": None, "totalDiskQuota": None, "totalGpuQuota": None}
    path = f"/organizations/{ORGANIZATION}/quota/us"
    await api.call("PATCH", path, quota)
    made = (await api.call("POST", "/warm-pools", {"snapshot": SNAPSHOT, "pool": 2})).json()
    found = await holds(api, 1)
    assert found["errorReason"].startswith("Total CPU limit exceeded. Maximum allowed: 1.")
    await api.call("PATCH", path, {**quota, "totalCpuQuota": 2})
    await api.call("PATCH", f"/warm-pools/{made['id']}", {"pool": 2})
    assert (await holds(api, 2))["errorReason"] is None


async def test_pools_through_the_client(api: Api) -> None:
    pools = api.client.warm_pool
    made = await pools.create(SNAPSHOT, 1)
    with pytest.raises(DaytonaConflictError, match="already exists"):
        await pools.create(SNAPSHOT, 1, target="us")
    await holds(api, 1)
    assert 1 == (await pools.list())[0].current_size
    assert 0 == (await pools.update(made.id, 0)).pool
    await pools.delete(made.id)
    assert [] == await pools.list()


async def test_a_restarted_server_keeps_its_pools(tmp_path: Path) -> None:
    async with serving("in process", tmp_path, 0) as api:
        await pool(api)
        ready = await warm(api)
    async with serving("in process", tmp_path, 0) as api:
        await holds(api, 1)
        assert ready == await warm(api)
        assert ready[0] == (await api.call("POST", "/sandbox", {})).json()["id"]
        sandbox = await api.client.get(ready[0])
        assert "here" == (await sandbox.process.exec("echo here")).result.strip()
