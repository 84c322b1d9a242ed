"""Warm pools."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from daytona_httpx import AsyncDaytona, DaytonaConflictError, DaytonaNotFoundError, DaytonaValidationError

from tests.unit.daytona_httpx.fake_api import FakeApi, refusal

pytestmark = pytest.mark.anyio

POOL = {
    "id": "p1",
    "organizationId": "o",
    "snapshot": "snap",
    "target": "eu",
    "pool": 3,
    "currentSize": 1,
    "cpu": 1,
    "mem": 2,
    "disk": 3,
    "osUser": "daytona",
    "env": {"K": "hidden"},
    "errorReason": None,
}


async def test_warm_pools_are_listed(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/warm-pools", httpx.Response(200, json=[POOL]))
    (pool,) = await client.warm_pool.list()
    assert ("snap", 3, 1, 2) == (pool.snapshot, pool.pool, pool.current_size, pool.mem)
    assert "hidden" not in repr(pool)


async def test_a_warm_pool_is_made_where_it_was_asked_for(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/warm-pools", httpx.Response(201, json=POOL))
    assert (await client.warm_pool.create("snap", 3, "eu")).id == "p1"
    await client.warm_pool.create("snap", pool=3)
    expected = [{"snapshot": "snap", "pool": 3, "target": "eu"}, {"snapshot": "snap", "pool": 3}]
    assert expected == api.bodies("POST")


async def test_the_size_of_a_warm_pool_is_changed(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("PATCH", "/warm-pools/p1", {**POOL, "pool": 0})
    assert (await client.warm_pool.update("p1", 0)).pool == 0
    assert api.bodies("PATCH") == [{"pool": 0}]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda pools: pools.create("snap", 0), "Failed to create warm pool: pool must be at least 1, not 0"),
        (lambda pools: pools.update("p1", -1), "Failed to update warm pool: pool must be at least 0, not -1"),
        (lambda pools: pools.update("", 1), "Failed to update warm pool: warm_pool_id must not be empty"),
    ],
)
async def test_a_size_that_can_t_be_is_refused(
    client: AsyncDaytona, api: FakeApi, call: Any, message: str
) -> None:
    with pytest.raises(DaytonaValidationError) as caught:
        await call(client.warm_pool)
    assert message == str(caught.value)
    assert api.requests == []


async def test_a_warm_pool_is_deleted_once(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("DELETE", "/warm-pools/p1", httpx.ReadError("reset"), refusal(404, "Warm pool not found"))
    await client.warm_pool.delete("p1")
    with pytest.raises(DaytonaNotFoundError, match="Failed to delete warm pool: Warm pool not found"):
        await client.warm_pool.delete("p1")


async def test_a_second_pool_of_a_snapshot_is_a_conflict(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/warm-pools", refusal(409, "Warm pool already exists"))
    with pytest.raises(DaytonaConflictError, match="Failed to create warm pool: Warm pool already exists"):
        await client.warm_pool.create("snap", 1)
