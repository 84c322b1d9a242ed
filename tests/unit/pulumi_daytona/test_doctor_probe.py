"""Asking an API without a key: what it says, and what is no Daytona API."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from daytona_local import LocalDaytona
from pulumi_daytona.core.doctor_probe import Answer, probe
from pulumi_daytona.core.errors import ProviderError

URL = "http://127.0.0.1:1/api"
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def ticking(step: timedelta) -> Iterator[datetime]:
    now = NOON
    while True:
        yield now
        now += step


def ask(response: httpx.Response | Exception, step_s: float = 0.0) -> Answer:
    times = ticking(timedelta(seconds=step_s))

    def answer(request: httpx.Request) -> httpx.Response:
        assert f"{URL}/config" == str(request.url)
        assert "authorization" not in request.headers
        if isinstance(response, Exception):
            raise response
        return response

    return asyncio.run(probe(URL, lambda: next(times), httpx.MockTransport(answer)))


def config(date: str | None = None, **headers: str) -> httpx.Response:
    given = {**headers, **({"Date": date} if date else {})}
    return httpx.Response(200, headers=given, json={"version": "1.2", "defaultSnapshot": "base"})


def test_a_real_server_answers() -> None:
    with LocalDaytona() as server:
        answer = asyncio.run(probe(server.api_url))
    assert answer.version
    assert answer.default_snapshot
    assert abs(answer.clock_ahead_s or 99) < 30
    assert 0 < answer.seconds < 30


def test_the_time_of_the_answer_is_measured() -> None:
    assert 0.5 == ask(config(), step_s=0.5).seconds


@pytest.mark.parametrize(("date", "ahead_s"), [("12:00:00", 0), ("12:05:00", 300), ("11:00:00", -3600)])
def test_the_api_s_clock_is_compared_to_within_a_second(date: str, ahead_s: int) -> None:
    answer = ask(config(f"Thu, 01 Jan 2026 {date} GMT"), step_s=0.2)
    assert abs((answer.clock_ahead_s or 0) - ahead_s) <= 0.6


@pytest.mark.parametrize("date", [None, "yesterday", "Thu, 01 Jan 2026 12:00:00 -0000"])
def test_a_clock_that_can_t_be_read_is_not_compared(date: str | None) -> None:
    assert ask(config(date)).clock_ahead_s is None


def test_the_version_of_the_header_is_the_api_s_own() -> None:
    assert "0.190.0" == ask(config(**{"X-Daytona-Api-Version": "0.190.0"})).version
    assert "1.2" == ask(config()).version


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(404, json={"message": "Cannot GET /config"}),
        httpx.Response(200, html="<html>version</html>"),
        httpx.Response(200, json=["version"]),
        httpx.Response(200, json={"hello": "world"}),
        httpx.Response(200, content=b"{", headers={"Content-Type": "application/json"}),
        httpx.Response(301, headers={"Location": "https://elsewhere"}),
    ],
)
def test_what_is_no_daytona_api_is_said_to_be_none(response: httpx.Response) -> None:
    with pytest.raises(ProviderError) as error:
        ask(response)
    assert f"{URL} answers {response.status_code}, but not as Daytona's API" in str(error.value)


@pytest.mark.parametrize("failure", [httpx.ConnectError("refused"), httpx.ReadTimeout("")])
def test_what_can_t_be_reached_is_one_line_that_says_why(failure: Exception) -> None:
    with pytest.raises(ProviderError) as error:
        ask(failure)
    assert f"{URL} can't be reached ({str(failure) or 'ReadTimeout'})" in str(error.value)


def test_the_server_s_time_is_this_machine_s_moved_by_the_difference() -> None:
    ahead = Answer(URL, "1", 0.1, 3600.0, None).server_time - datetime.now(UTC)
    assert 3590 < ahead.total_seconds() < 3610
