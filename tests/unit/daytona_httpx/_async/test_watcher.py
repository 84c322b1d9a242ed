"""One poller for every wait: few requests, quick answers, and no list has the last word."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import pairwise

import httpx
import pytest
from daytona_httpx import AsyncDaytona, DaytonaError, DaytonaNotFoundError, DaytonaTimeoutError
from daytona_httpx._async.watcher import Record
from daytona_httpx.deadline import LONGEST_TICK_S

from tests.unit.daytona_httpx.fake_api import FakeApi, record, refusal

pytestmark = pytest.mark.anyio


def is_in(state: str) -> Callable[[Record], bool]:
    def done(found: Record) -> bool:
        if found["state"] == "error":
            raise DaytonaError(f"failed: {found.get('errorReason')}")
        return bool(found["state"] == state)

    return done


def now() -> float:
    return asyncio.get_running_loop().time()


async def wait(client: AsyncDaytona, sandbox_id: str, state: str = "started", timeout: float = 60) -> Record:
    return await client._watcher.wait(sandbox_id, is_in(state), client._transport.deadline(timeout))


async def after(seconds: float, change: Callable[[], object]) -> None:
    await asyncio.sleep(seconds)
    change()


def creating(api: FakeApi, count: int) -> list[str]:
    ids = [f"w{number}" for number in range(count)]
    api.sandboxes |= {one: record(one, "creating") for one in ids}
    return ids


async def test_one_wait_asks_by_id_and_never_lists(client: AsyncDaytona, api: FakeApi) -> None:
    creating(api, 1)
    later = asyncio.create_task(after(3, lambda: api.sandboxes.update(w0=record("w0"))))
    assert (await wait(client, "w0"))["state"] == "started"
    await later
    assert api.sent("GET", "/api/sandbox") == []
    assert len(api.sent("GET", "/w0")) <= 33


async def test_a_fast_start_is_seen_fast(client: AsyncDaytona, api: FakeApi) -> None:
    creating(api, 1)
    later = asyncio.create_task(after(0.06, lambda: api.sandboxes.update(w0=record("w0"))))
    began = now()
    await wait(client, "w0")
    assert now() - began < 0.2
    await later


async def test_a_hundred_waits_cost_one_list_per_tick(client: AsyncDaytona, api: FakeApi) -> None:
    ids = creating(api, 100)
    later = asyncio.create_task(after(20, lambda: api.sandboxes.update({one: record(one) for one in ids})))
    began = now()
    found = await asyncio.gather(*(wait(client, one) for one in ids))
    assert ["started"] * 100 == [one["state"] for one in found]
    assert now() - began <= 20 + LONGEST_TICK_S
    await later
    lists = api.sent("GET", "/api/sandbox")
    assert 40 <= len(lists) <= 55
    # The last word for each is a get by id; the first to come was alone, and asked by id once more.
    assert len(api.requests) == len(lists) + 100 + 1


async def test_ticks_grow_to_a_second_and_a_newcomer_makes_them_short_again(
    client: AsyncDaytona, api: FakeApi
) -> None:
    creating(api, 3)
    times: list[float] = []

    def listing(request: httpx.Request) -> httpx.Response:
        times.append(now())
        return httpx.Response(200, json={"items": [*api.sandboxes.values()], "nextCursor": None})

    api.on("GET", "/api/sandbox", listing)
    waits = [asyncio.create_task(wait(client, one, timeout=30)) for one in ("w0", "w1")]
    await asyncio.sleep(15)
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert gaps == sorted(gaps)
    assert [gaps[0], gaps[-1]] == pytest.approx([0.05, 1.0])
    joined = now()
    waits.append(asyncio.create_task(wait(client, "w2", timeout=15)))
    await asyncio.sleep(0.2)
    assert [time for time in times if joined <= time <= joined + 0.06]
    for one in await asyncio.gather(*waits, return_exceptions=True):
        assert isinstance(one, DaytonaTimeoutError)


async def test_a_list_that_lags_behind_ends_no_wait(client: AsyncDaytona, api: FakeApi) -> None:
    creating(api, 2)
    stale = [record("w0"), record("w1", "error", errorReason="yesterday's")]
    api.on("GET", "/api/sandbox", {"items": stale, "nextCursor": None})
    later = asyncio.create_task(after(5, lambda: api.sandboxes.update(w0=record("w0"), w1=record("w1"))))
    began = now()
    await asyncio.gather(wait(client, "w0"), wait(client, "w1"))
    assert 5 <= now() - began <= 7
    await later


async def test_a_sandbox_that_no_list_shows_is_found_by_its_id(client: AsyncDaytona, api: FakeApi) -> None:
    creating(api, 2)
    api.on("GET", "/api/sandbox", {"items": [], "nextCursor": None})
    later = asyncio.create_task(after(30, lambda: api.sandboxes.update(w0=record("w0"), w1=record("w1"))))
    await asyncio.gather(wait(client, "w0"), wait(client, "w1"))
    await later
    assert len(api.sent("GET", "/w0")) < len(api.sent("GET", "/api/sandbox")) / 2


async def test_a_walk_through_the_lists_never_costs_more_than_asking_for_each(
    client: AsyncDaytona, api: FakeApi
) -> None:
    creating(api, 2)
    api.on("GET", "/api/sandbox", {"items": [record("other")], "nextCursor": "more"})
    for one in ("w0", "w1"):
        api.on("GET", f"/{one}", record(one, "creating"), record(one, "creating"), record(one))
    await asyncio.gather(wait(client, "w0"), wait(client, "w1"))
    # The first look was for one alone, and so was the last: between them are two walks of two pages.
    assert len(api.sent("GET", "/api/sandbox")) == 2 * 2
    assert [3, 3] == [len(api.sent("GET", f"/{one}")) for one in ("w0", "w1")]


async def test_lists_are_walked_by_their_cursor(client: AsyncDaytona, api: FakeApi) -> None:
    creating(api, 2)
    first: Record = {"items": [record("w0", "creating"), {"odd": "item"}], "nextCursor": "c"}
    last: Record = {"items": [record("w1", "creating")], "nextCursor": None}
    api.on("GET", "/api/sandbox", *[first, last] * 50)
    later = asyncio.create_task(after(1, lambda: api.sandboxes.update(w0=record("w0"), w1=record("w1"))))
    await asyncio.gather(wait(client, "w0"), wait(client, "w1"))
    await later
    queries = [dict(request.url.params) for request in api.sent("GET", "/api/sandbox")[:2]]
    common = {"limit": "200", "sort": "createdAt", "order": "desc"}
    assert [common, {**common, "cursor": "c"}] == queries


async def test_lists_that_can_t_be_had_are_done_without(client: AsyncDaytona, api: FakeApi) -> None:
    creating(api, 2)
    api.on("GET", "/api/sandbox", refusal(403, "Access denied"))
    later = asyncio.create_task(after(5, lambda: api.sandboxes.update(w0=record("w0"), w1=record("w1"))))
    await asyncio.gather(wait(client, "w0"), wait(client, "w1"))
    await later


async def test_the_one_that_is_gone_ends_only_its_own_wait(client: AsyncDaytona, api: FakeApi) -> None:
    creating(api, 3)
    del api.sandboxes["w1"]
    later = asyncio.create_task(after(5, lambda: api.sandboxes.update(w0=record("w0"), w2=record("w2"))))
    answers = await asyncio.gather(*(wait(client, one) for one in ("w0", "w1", "w2")), return_exceptions=True)
    await later
    assert isinstance(answers[1], DaytonaNotFoundError)
    assert [isinstance(answer, dict) for answer in answers] == [True, False, True]


async def test_a_failed_one_ends_only_its_own_wait(client: AsyncDaytona, api: FakeApi) -> None:
    creating(api, 2)
    api.sandboxes["w1"] = record("w1", "error", errorReason="no disk")
    later = asyncio.create_task(after(2, lambda: api.sandboxes.update(w0=record("w0"))))
    good, bad = await asyncio.gather(wait(client, "w0"), wait(client, "w1"), return_exceptions=True)
    await later
    assert isinstance(good, dict)
    assert str(bad) == "failed: no disk"


async def test_each_wait_has_its_own_deadline(client: AsyncDaytona, api: FakeApi) -> None:
    creating(api, 2)
    began = now()
    ends: list[float] = []

    async def timed(one: str, timeout: float) -> None:
        with pytest.raises(DaytonaTimeoutError):
            await wait(client, one, timeout=timeout)
        ends.append(now() - began)

    await asyncio.gather(timed("w0", 0.3), timed("w1", 7))
    assert ends == [pytest.approx(0.3, abs=0.01), pytest.approx(7, abs=0.01)]


async def test_a_slow_list_of_one_holds_no_other_beyond_its_deadline(
    client: AsyncDaytona, api: FakeApi
) -> None:
    creating(api, 2)

    async def slow(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/sandbox":
            await asyncio.sleep(25)
        return await api.ahandle(request)

    client._transport._client._transport = httpx.MockTransport(slow)
    first = asyncio.create_task(wait(client, "w0", timeout=60))
    second = asyncio.create_task(wait(client, "w1", timeout=2))
    began = now()
    with pytest.raises(DaytonaTimeoutError):
        await second
    assert now() - began <= 2.1
    first.cancel()
    await asyncio.wait([first])
    assert first.cancelled()


async def test_a_cancelled_wait_leaves_the_others_going(client: AsyncDaytona, api: FakeApi) -> None:
    creating(api, 2)
    first = asyncio.create_task(wait(client, "w0"))
    second = asyncio.create_task(wait(client, "w1"))
    await asyncio.sleep(1)
    first.cancel()
    api.sandboxes["w1"] = record("w1")
    assert (await second)["state"] == "started"
    assert client._watcher._waiting == {}
