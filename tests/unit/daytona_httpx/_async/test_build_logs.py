"""The log of a build, handed over as it grows."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from daytona_httpx import (
    AsyncDaytona,
    CreateSandboxFromImageParams,
    DaytonaError,
    DaytonaTimeoutError,
    Image,
)

from tests.unit.daytona_httpx.fake_api import FakeApi, record, refusal

pytestmark = pytest.mark.anyio

PARAMS = CreateSandboxFromImageParams(image=Image.base("x"))


async def test_each_line_is_handed_over_once_and_whole(client: AsyncDaytona, api: FakeApi) -> None:
    logs = [b"one\ntw", b"one\ntwo\n", b"one\ntwo\nend \xe2\x9c\x93"]
    api.on("POST", "/sandbox", record(state="pending_build"))
    api.on("GET", "/s1", *[record(state="building_snapshot")] * 2, record(state="creating"), record())
    api.on("GET", "/build-logs-url", {"url": "http://logs.test/b"})
    api.on("GET", "/b", *[httpx.Response(200, content=log) for log in logs])
    seen: list[str] = []
    await client.create(PARAMS, on_snapshot_create_logs=seen.append)
    assert seen == ["one\n", "two\n", "end ✓"]


async def test_a_log_that_isn_t_there_yet_is_waited_for(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/sandbox", record(state="pending_build"))
    api.on("GET", "/s1", record(state="pending_build"), record(state="building_snapshot"), record())
    api.on(
        "GET",
        "/build-logs-url",
        refusal(404, "not yet"),
        httpx.Response(200, json={"url": "http://l.test/b"}),
    )
    api.on("GET", "/b", httpx.Response(200, content=b"done\n"))
    seen: list[str] = []
    await client.create(PARAMS, on_snapshot_create_logs=seen.append)
    assert seen == ["done\n"]


async def test_a_failed_build_hands_over_its_log_and_gives_its_reason(
    client: AsyncDaytona, api: FakeApi
) -> None:
    api.on("POST", "/sandbox", record(state="pending_build"))
    api.on("GET", "/s1", record(state="build_failed", errorReason="exit 1"))
    api.on("GET", "/build-logs-url", {"url": "http://logs.test/b"})
    api.on("GET", "/b", httpx.Response(200, content=b"E: no such package"))
    seen: list[str] = []
    with pytest.raises(DaytonaError, match="build_failed, error reason: exit 1"):
        await client.create(PARAMS, on_snapshot_create_logs=seen.append)
    assert seen == ["E: no such package"]


async def test_a_coroutine_function_takes_the_log_too(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/sandbox", record(state="pending_build"))
    api.on("GET", "/build-logs-url", {"url": "http://logs.test/b"})
    api.on("GET", "/b", httpx.Response(200, content=b"done\n"))
    seen: list[str] = []

    async def take(piece: str) -> None:
        await asyncio.sleep(1)
        seen.append(piece)

    await client.create(PARAMS, on_snapshot_create_logs=take)
    assert seen == ["done\n"]


async def test_a_build_that_takes_too_long_names_the_sandbox(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/sandbox", record(state="pending_build"))
    api.on("GET", "/build-logs-url", {"url": "http://logs.test/b"})
    api.on("GET", "/b", httpx.Response(200, content=b"step 1\n"))
    api.sandboxes["s1"] = record(state="building_snapshot")
    began = asyncio.get_running_loop().time()
    with pytest.raises(DaytonaTimeoutError, match="failed to start within the 7 seconds") as caught:
        await client.create(PARAMS, timeout=7, on_snapshot_create_logs=lambda piece: None)
    assert caught.value.sandbox_id == "s1"
    assert asyncio.get_running_loop().time() - began == pytest.approx(7, abs=0.05)


async def test_a_create_that_builds_nothing_asks_for_no_log(client: AsyncDaytona, api: FakeApi) -> None:
    api.on("POST", "/sandbox", record())
    await client.create(on_snapshot_create_logs=print)
    assert len(api.requests) == 1


async def test_who_waits_for_a_start_may_hear_the_log_and_every_state(
    client: AsyncDaytona, api: FakeApi
) -> None:
    api.on("POST", "/sandbox", record(state="pending_build"))
    api.on("GET", "/s1", record(state="building_snapshot"), record(state="creating"), record())
    api.on("GET", "/build-logs-url", {"url": "http://logs.test/b"})
    api.on("GET", "/b", httpx.Response(200, content=b"one\n"), httpx.Response(200, content=b"one\ntwo\n"))
    sandbox = await client.create(PARAMS, wait=False)
    states: list[str] = []
    seen: list[str] = []
    await sandbox.wait_for_sandbox_start(on_state=states.append, on_logs=seen.append)
    assert ["building_snapshot", "creating", "started"] == [*dict.fromkeys(states)]
    assert ["one\n", "two\n"] == seen
