"""Volumes."""

from __future__ import annotations

import httpx
import pytest
from daytona_httpx import AsyncDaytona, DaytonaConflictError, DaytonaNotFoundError

from tests.unit.daytona_httpx.fake_api import FakeApi, refusal

pytestmark = pytest.mark.anyio

VOLUME = {"id": "v1", "name": "data", "organizationId": "o", "state": "ready"}


async def test_volumes_are_listed(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/volumes", httpx.Response(200, json=[VOLUME]))
    assert ["data"] == [volume.name for volume in await client.volume.list()]


async def test_a_volume_is_got_by_name_or_id(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/volumes/by-name/a/b", VOLUME)
    api.on("GET", "/volumes/v1", VOLUME)
    assert (await client.volume.get("a/b")).id == "v1"
    assert (await client.volume.get_by_id("v1")).name == "data"
    assert api.requests[0].url.raw_path.endswith(b"/by-name/a%2Fb")


async def test_a_volume_is_made_only_on_request(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/volumes/by-name/data", refusal(404, "Volume with name data not found"))
    api.on("POST", "/volumes", {**VOLUME, "state": "pending_create"})
    with pytest.raises(DaytonaNotFoundError, match="Failed to get volume: "):
        await client.volume.get("data")
    assert (await client.volume.get("data", create=True)).state == "pending_create"
    assert api.bodies("POST") == [{"name": "data"}]


async def test_a_volume_in_use_stays(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/volumes", VOLUME)
    volume = await client.volume.create("data")
    api.on("DELETE", "/volumes/v1", refusal(409, "Volume is in use"))
    with pytest.raises(DaytonaConflictError, match="Failed to delete volume: Volume is in use"):
        await client.volume.delete(volume)


async def test_a_delete_whose_first_answer_was_lost_is_done(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/volumes/v1", VOLUME)
    volume = await client.volume.get_by_id("v1")
    api.on("DELETE", "/volumes/v1", httpx.ReadError("reset"), refusal(404, "not found"))
    await client.volume.delete(volume)
    with pytest.raises(DaytonaNotFoundError):
        await client.volume.delete(volume)
