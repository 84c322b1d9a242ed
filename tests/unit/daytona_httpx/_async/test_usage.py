"""What was used over time, where the API names a server for that."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from daytona_httpx import AsyncDaytona, DaytonaServiceUnavailableError

from tests.unit.daytona_httpx.fake_api import API_URL

pytestmark = pytest.mark.anyio

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
RANGE = {"from": "2026-01-01T00:00:00.000Z", "to": "2026-01-02T00:00:00.000Z"}
TOTALS = {"totalCPUSeconds": 1, "totalGPUSeconds": 2, "totalRAMGBSeconds": 3, "totalDiskGBSeconds": 4}

CALLS: list[tuple[str, Callable[[AsyncDaytona], Awaitable[Any]], Any, dict[str, str]]] = [
    ("sandbox/s/usage", lambda c: c.usage.list_periods("o/1", "s", START, END), [{"startAt": "x"}], {}),
    ("usage/aggregated", lambda c: c.usage.get_aggregated("o/1", START, END), TOTALS, {}),
    (
        "usage/sandbox",
        lambda c: c.usage.list_by_sandbox("o/1", START, END),
        [{"sandboxId": "s", **TOTALS}],
        {},
    ),
    (
        "usage/chart",
        lambda c: c.usage.get_chart("o/1", START, END, "us"),
        [{"time": "x", "ramGB": 2}],
        {"region": "us"},
    ),
]


def client_of(answers: Callable[[httpx.Request], httpx.Response]) -> AsyncDaytona:
    return AsyncDaytona(api_key="k", api_url=API_URL, transport=httpx.MockTransport(answers))


@pytest.mark.parametrize(("path", "call", "answer", "more"), CALLS)
async def test_the_server_for_it_is_asked(
    path: str, call: Callable[[AsyncDaytona], Awaitable[Any]], answer: Any, more: dict[str, str]
) -> None:
    sent: list[httpx.Request] = []

    def answered(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        is_config = request.url.path.endswith("/config")
        return httpx.Response(200, json={"analyticsApiUrl": "http://a.test/v1/"} if is_config else answer)

    async with client_of(answered) as client:
        found = await call(client)
    expected = f"http://a.test/v1/organization/o%2F1/{path}"
    assert expected == str(sent[-1].url.copy_with(query=None))
    assert {**RANGE, **more} == dict(sent[-1].url.params)
    assert "Bearer k" == sent[-1].headers["authorization"]
    assert answer == dumped(found)


def dumped(found: Any) -> Any:
    """Return what was read, as it came over the wire."""
    if isinstance(found, list):
        return [dumped(one) for one in found]
    return found.model_dump(by_alias=True, exclude_unset=True)


async def test_an_api_that_names_none_tells_no_usage() -> None:
    async with client_of(lambda _: httpx.Response(200, json={"version": "1"})) as client:
        with pytest.raises(DaytonaServiceUnavailableError, match="has no analytics API") as caught:
            await client.usage.get_aggregated("o", START, END)
    assert str(caught.value).startswith("Failed to get aggregated usage: ")
