"""Snapshots."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from daytona_httpx import (
    AsyncDaytona,
    CreateSnapshotParams,
    DaytonaConflictError,
    DaytonaError,
    DaytonaNotFoundError,
    DaytonaTimeoutError,
    DaytonaValidationError,
    Image,
    Snapshot,
)

from tests.unit.daytona_httpx.fake_api import FakeApi, refusal

pytestmark = pytest.mark.anyio

SNAPSHOT = {"id": "i", "name": "a/b:1", "state": "active", "mem": 2, "size": None, "entrypoint": None}


async def test_a_page_of_snapshots_is_listed(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/snapshots", {"items": [SNAPSHOT], "total": 1, "page": 2, "totalPages": 2})
    page = await client.snapshot.list(page=2, limit=5, source_sandbox_id="s")
    assert (2, ["a/b:1"]) == (page.total_pages, [snapshot.name for snapshot in page.items])
    assert {"page": "2", "limit": "5", "sourceSandboxId": "s"} == dict(api.requests[0].url.params)


async def test_a_page_that_can_t_be_is_refused(client: AsyncDaytona, api: FakeApi) -> None:
    with pytest.raises(DaytonaValidationError, match="Failed to list snapshots: page and limit"):
        await client.snapshot.list(page=0)
    assert api.requests == []


async def test_a_snapshot_is_got_by_a_name_with_slashes(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/snapshots/a/b:1", SNAPSHOT)
    assert (await client.snapshot.get("a/b:1")).mem == 2
    assert api.requests[0].url.raw_path == b"/api/snapshots/a%2Fb%3A1"


async def test_a_snapshot_that_isn_t_there_is_not_found(client: AsyncDaytona) -> None:
    with pytest.raises(DaytonaNotFoundError, match="Failed to get snapshot: "):
        await client.snapshot.get("none")


BY_NAME = CreateSnapshotParams(name="n", image="debian:13")
BUILT = CreateSnapshotParams(name="n", image=Image.base("x"))


def snapshot(state: str, **fields: Any) -> dict[str, Any]:
    return {"id": "i", "name": "n", "state": state, **fields}


def now() -> float:
    return asyncio.get_running_loop().time()


async def test_a_snapshot_is_made_and_waited_for(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/snapshots", snapshot("pending"))
    api.on("GET", "/snapshots/i", snapshot("pulling"), snapshot("active", size=1.5))
    began = now()
    made = await client.snapshot.create(BY_NAME)
    assert ("active", 1.5) == (made.state, made.size)
    assert now() - began < 0.2
    assert [{"name": "n", "imageName": "debian:13"}] == api.bodies("POST")


async def test_a_snapshot_that_is_there_at_once_is_not_asked_for(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/snapshots", snapshot("active"))
    assert (await client.snapshot.create(BY_NAME)).id == "i"
    assert len(api.requests) == 1


async def test_the_client_s_region_is_the_default(api: FakeApi) -> None:
    api.on("POST", "/snapshots", snapshot("active"))
    transport = httpx.MockTransport(api.ahandle)
    async with AsyncDaytona(
        api_key="k", api_url="http://d.test/api", target="eu", transport=transport
    ) as client:
        await client.snapshot.create(BY_NAME)
    assert "eu" == api.bodies("POST")[0]["regionId"]


async def test_the_log_of_a_build_is_handed_over_as_it_grows(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/snapshots", snapshot("pending", buildInfo={}))
    api.on("GET", "/snapshots/i", *[snapshot("building")] * 2, snapshot("active"))
    api.on("GET", "/snapshots/i/build-logs-url", {"url": "http://logs.test/b"})
    logs = [b"one\n", b"one\ntwo", b"one\ntwo\nend"]
    api.on("GET", "/b", *[httpx.Response(200, content=log) for log in logs])
    seen: list[str] = []

    async def take(piece: str) -> None:
        seen.append(piece)

    await client.snapshot.create(BUILT, on_logs=take)
    assert seen == ["one\n", "two\nend"]


async def test_an_image_that_isn_t_built_has_no_log(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/snapshots", snapshot("pending"))
    api.on("GET", "/snapshots/i", snapshot("active"))
    await client.snapshot.create(BY_NAME, on_logs=print)
    assert len(api.requests) == 2


@pytest.mark.parametrize("state", ["error", "build_failed"])
async def test_a_snapshot_that_failed_gives_its_reason(
    client: AsyncDaytona, api: FakeApi, state: str
) -> None:
    api.on("POST", "/snapshots", snapshot("pending"))
    api.on("GET", "/snapshots/i", snapshot(state, errorReason="no such image"))
    with pytest.raises(DaytonaError) as caught:
        await client.snapshot.create(BY_NAME)
    expected = f"Failed to create snapshot: n ended in state {state}, reason: no such image"
    assert expected == str(caught.value)


async def test_a_snapshot_that_is_removed_meanwhile_is_not_waited_for_for_ever(
    client: AsyncDaytona, api: FakeApi
) -> None:
    api.on("POST", "/snapshots", snapshot("pending"))
    api.on("GET", "/snapshots/i", snapshot("removing"))
    with pytest.raises(DaytonaError, match="n ended in state removing"):
        await client.snapshot.create(BY_NAME)
    api.on("GET", "/snapshots/i", refusal(404, "Snapshot not found"))
    with pytest.raises(DaytonaNotFoundError, match="Failed to create snapshot: Snapshot not found"):
        await client.snapshot.create(BY_NAME)


async def test_a_timeout_holds_and_says_that_it_may_exist(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/snapshots", snapshot("pending"))
    api.on("GET", "/snapshots/i", snapshot("building"))
    began = now()
    with pytest.raises(
        DaytonaTimeoutError, match=r"n was not active within the 7\.5 seconds .*; it may exist"
    ):
        await client.snapshot.create(BY_NAME, timeout=7.5)
    assert now() - began == pytest.approx(7.5, abs=0.05)
    assert 30 <= len(api.sent("GET")) <= 45  # short ticks first, then one a second


async def test_a_timeout_that_can_t_be_sends_nothing(client: AsyncDaytona, api: FakeApi) -> None:
    with pytest.raises(DaytonaValidationError, match="Failed to create snapshot: Timeout must be"):
        await client.snapshot.create(BY_NAME, timeout=-1)
    assert api.requests == []


async def test_a_name_that_is_taken_is_a_conflict(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/snapshots", refusal(409, "Snapshot with name n already exists"))
    with pytest.raises(DaytonaConflictError, match="Failed to create snapshot: Snapshot with name n already"):
        await client.snapshot.create(BY_NAME)


@pytest.mark.parametrize("by", ["n", "i", Snapshot(id="i", name="n")])
async def test_a_snapshot_is_changed_by_its_id_whatever_it_is_named_by(
    client: AsyncDaytona, api: FakeApi, by: Any
) -> None:
    api.on("GET", f"/snapshots/{by if isinstance(by, str) else 'i'}", snapshot("active"))
    api.on("POST", "/snapshots/i/activate", snapshot("active"))
    api.on("POST", "/snapshots/i/deactivate", httpx.Response(204))
    api.on("DELETE", "/snapshots/i", httpx.Response(200))
    assert (await client.snapshot.activate(by)).state == "active"
    await client.snapshot.deactivate(by)
    await client.snapshot.delete(by)
    changed = [request.url.path for request in api.requests if request.method != "GET"]
    assert ["/api/snapshots/i/activate", "/api/snapshots/i/deactivate", "/api/snapshots/i"] == changed
    assert (3 if isinstance(by, str) else 0) == len(api.sent("GET"))


@pytest.mark.parametrize(
    ("method", "prefix"),
    [
        ("activate", "Failed to activate snapshot: "),
        ("deactivate", "Failed to deactivate snapshot: "),
        ("delete", "Failed to delete snapshot: "),
    ],
)
async def test_a_name_that_isn_t_there_is_not_found(
    client: AsyncDaytona, api: FakeApi, method: str, prefix: str
) -> None:
    api.on("GET", "/snapshots/none", refusal(404, "Snapshot with name none not found"))
    with pytest.raises(DaytonaNotFoundError, match=f"{prefix}Snapshot with name none not found"):
        await getattr(client.snapshot, method)("none")
    with pytest.raises(DaytonaValidationError, match=f"{prefix}name must not be empty"):
        await getattr(client.snapshot, method)("")


async def test_a_delete_whose_first_answer_was_lost_is_done(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("DELETE", "/snapshots/i", httpx.ReadError("reset"), refusal(404, "Snapshot not found"))
    await client.snapshot.delete(Snapshot(id="i", name="n"))
    with pytest.raises(DaytonaNotFoundError):
        await client.snapshot.delete(Snapshot(id="i", name="n"))


async def test_activating_raises_this_package_s_errors(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/activate", refusal(400, "Snapshot n is already active"))
    with pytest.raises(DaytonaValidationError, match="Failed to activate snapshot: Snapshot n is already"):
        await client.snapshot.activate(Snapshot(id="i", name="n"))


async def test_the_log_of_a_snapshot_s_build_has_an_address(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("GET", "/snapshots/mine", {"id": "i", "name": "mine", "state": "active"})
    api.on("GET", "/snapshots/i/build-logs-url", {"url": "http://logs.test/b"})
    assert "http://logs.test/b" == await client.snapshot.get_build_logs_url("mine")
