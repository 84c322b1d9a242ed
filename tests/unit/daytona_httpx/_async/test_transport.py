"""Requests: their headers, their repeats, their deadlines, their pace."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from daytona_httpx import (
    AsyncDaytona,
    DaytonaBadGatewayError,
    DaytonaConflictError,
    DaytonaConnectionError,
    DaytonaConnectionTimeoutError,
    DaytonaError,
    DaytonaRateLimitError,
    DaytonaTimeoutError,
)
from daytona_httpx._async.transport import AsyncTransport
from daytona_httpx._version import API_LEVEL

from tests.unit.daytona_httpx.fake_api import API_URL, FakeApi, changing, record, refusal

pytestmark = pytest.mark.anyio


@pytest.fixture
def transport(client: AsyncDaytona) -> AsyncTransport:
    return client._transport


def passed_s(since: float = 1000.0) -> float:
    return asyncio.get_running_loop().time() - since


async def test_every_request_says_who_is_calling(transport: AsyncTransport, api: FakeApi) -> None:
    await transport.api("GET", "/sandbox/s1")
    headers = api.requests[0].headers
    assert headers["authorization"] == "Bearer key"
    assert headers["user-agent"].startswith("daytona-httpx/")
    assert headers["x-daytona-sdk-version"] == API_LEVEL
    assert "x-daytona-organization-id" not in headers


async def test_a_change_under_way_is_waited_for(transport: AsyncTransport, api: FakeApi) -> None:
    api.on("POST", "/stop", changing(), changing(), record())
    await transport.api("POST", "/sandbox/s1/stop")
    assert len(api.requests) == 3


async def test_a_change_that_doesn_t_end_is_waited_for_until_the_deadline(
    transport: AsyncTransport, api: FakeApi
) -> None:
    api.on("POST", "/stop", changing())
    with pytest.raises(DaytonaConflictError, match="state change in progress") as caught:
        await transport.api("POST", "/sandbox/s1/stop", transport.deadline(10))
    assert 8 <= passed_s() <= 10
    assert len(api.requests) == caught.value.attempts > 3


async def test_a_get_survives_a_server_that_is_away_for_a_moment(
    transport: AsyncTransport, api: FakeApi
) -> None:
    api.on("GET", "/s1", httpx.ConnectError("refused"), httpx.ReadError("reset"), refusal(503, ""), record())
    assert (await transport.api("GET", "/sandbox/s1"))["id"] == "s1"


async def test_an_answer_that_broke_in_the_middle_is_asked_for_again(
    transport: AsyncTransport, api: FakeApi
) -> None:
    class Breaking(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield b"{"
            raise httpx.ReadError("reset")

    async def answer(request: httpx.Request) -> httpx.Response:
        is_first = not api.requests
        whole = await api.ahandle(request)
        return httpx.Response(200, stream=Breaking()) if is_first else whole

    transport._client._transport = httpx.MockTransport(answer)
    assert (await transport.api("GET", "/sandbox/s1"))["id"] == "s1"
    assert len(api.requests) == 2


async def test_a_server_that_stays_away_is_an_error_that_names_it(
    transport: AsyncTransport, api: FakeApi
) -> None:
    api.on("GET", "/s1", httpx.ConnectError("Connection refused"))
    with pytest.raises(
        DaytonaConnectionError, match=r"no answer from http://daytona\.test: Connection refused"
    ):
        await transport.api("GET", "/sandbox/s1")
    assert len(api.requests) == 5


async def test_a_post_whose_answer_was_lost_is_not_sent_again(
    transport: AsyncTransport, api: FakeApi
) -> None:
    api.on("POST", "/sandbox", httpx.ReadError("reset"))
    with pytest.raises(DaytonaConnectionError):
        await transport.api("POST", "/sandbox")
    api.on("POST", "/sandbox", refusal(502, ""))
    with pytest.raises(DaytonaBadGatewayError):
        await transport.api("POST", "/sandbox")
    assert len(api.requests) == 2


async def test_a_post_that_was_never_sent_is_sent_again(transport: AsyncTransport, api: FakeApi) -> None:
    api.on("POST", "/sandbox", httpx.ConnectError("refused"), record())
    assert (await transport.api("POST", "/sandbox"))["id"] == "s1"


async def test_too_many_requests_wait_as_long_as_the_server_says(
    transport: AsyncTransport, api: FakeApi
) -> None:
    limited = refusal(429, "ThrottlerException", {"Retry-After-sandbox-create": "10"})
    api.on("POST", "/sandbox", limited, record())
    await transport.api("POST", "/sandbox")
    assert passed_s() == pytest.approx(10)


async def test_one_client_s_429_holds_back_every_client_of_the_url(
    transport: AsyncTransport, api: FakeApi
) -> None:
    api.on("GET", "/s1", refusal(429, "slow down", {"Retry-After": "10"}), record())
    mock = httpx.MockTransport(api.ahandle)
    async with AsyncDaytona(api_key="other", api_url=API_URL, transport=mock) as other:
        first = asyncio.create_task(transport.api("GET", "/sandbox/s1"))
        await asyncio.sleep(1)
        await other.get("s1")
        assert passed_s() == pytest.approx(10)
        await first
    assert len(api.requests) == 3


async def test_another_url_is_not_held_back(transport: AsyncTransport, api: FakeApi) -> None:
    api.on("GET", "/s1", refusal(429, "slow down", {"Retry-After": "10"}), record())
    task = asyncio.create_task(transport.api("GET", "/sandbox/s1"))
    await asyncio.sleep(1)
    mock = httpx.MockTransport(api.ahandle)
    async with AsyncDaytona(api_key="k", api_url="http://else.test/api", transport=mock) as other:
        await other.get("s1")
    assert passed_s() == pytest.approx(1)
    await task


async def test_a_429_longer_than_the_deadline_ends_at_once_with_the_api_s_words(
    transport: AsyncTransport, api: FakeApi
) -> None:
    api.on("GET", "/s1", refusal(429, "ThrottlerException: Too Many Requests", {"Retry-After": "30"}))
    with pytest.raises(DaytonaRateLimitError, match="ThrottlerException"):
        await transport.api("GET", "/sandbox/s1", transport.deadline(5))
    with pytest.raises(DaytonaRateLimitError, match="takes none for 30 s"):
        await transport.api("GET", "/sandbox/s1", transport.deadline(5))
    assert passed_s() == 0
    assert len(api.requests) == 1


async def test_each_request_gets_what_is_left_of_the_deadline(
    transport: AsyncTransport, api: FakeApi
) -> None:
    left: list[float] = []

    def answer(request: httpx.Request) -> httpx.Response:
        left.append(request.extensions["timeout"]["read"])
        return changing() if len(left) < 4 else httpx.Response(200, json=record())

    api.on("POST", "/start", answer)
    await transport.api("POST", "/sandbox/s1/start", transport.deadline(20))
    assert left[0] == 20
    assert left == sorted(left, reverse=True)
    assert left[-1] == pytest.approx(20 - passed_s())


async def test_a_single_answer_may_take_no_longer_than_a_server_s_blocking_create(
    transport: AsyncTransport, api: FakeApi
) -> None:
    await transport.api("GET", "/sandbox/s1", transport.deadline(0))
    assert 65 <= api.requests[0].extensions["timeout"]["read"] <= 120


async def test_nothing_is_sent_when_no_time_is_left(transport: AsyncTransport, api: FakeApi) -> None:
    deadline = transport.deadline(1)
    await asyncio.sleep(1)
    with pytest.raises(DaytonaTimeoutError):
        await transport.api("GET", "/sandbox/s1", deadline)
    assert api.requests == []


async def test_an_answer_that_came_too_late_is_a_timeout(transport: AsyncTransport, api: FakeApi) -> None:
    api.on("POST", "/start", httpx.ReadTimeout(""))
    with pytest.raises(DaytonaConnectionTimeoutError, match="ReadTimeout"):
        await transport.api("POST", "/sandbox/s1/start")


async def test_a_closed_client_says_so(client: AsyncDaytona) -> None:
    await client.close()
    with pytest.raises(DaytonaError, match="the client is closed"):
        await client.get("s1")


async def test_an_answer_without_a_body_is_none(transport: AsyncTransport, api: FakeApi) -> None:
    api.on("POST", "/last-activity", httpx.Response(201))
    assert await transport.api("POST", "/sandbox/s1/last-activity") is None
