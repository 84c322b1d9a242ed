"""What is sent again: what was refused for the moment, and what can't have been done twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from daytona_httpx import (
    DaytonaA11yUnavailableError,
    DaytonaBadGatewayError,
    DaytonaConflictError,
    DaytonaConnectionError,
    DaytonaError,
    DaytonaInternalServerError,
)
from daytona_httpx.retry import MAX_REPEATS, Pace, is_changing, pace_of, pause_before_repeat, retry_after_s


def lost(cause: Exception) -> DaytonaConnectionError:
    error = DaytonaConnectionError("no answer")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "message",
    [
        "Sandbox state change in progress",
        "Sandbox was modified by another operation",
        "An operation is already in progress for this resource",
    ],
)
def test_a_change_under_way_is_waited_for_whatever_the_method(message: str) -> None:
    assert is_changing(message)
    assert pause_before_repeat("POST", DaytonaConflictError(message, 409), 50) is not None


def test_a_name_that_is_taken_is_no_change_under_way() -> None:
    taken = DaytonaConflictError("Sandbox with name x already exists", 409)
    assert pause_before_repeat("POST", taken, 1) is None


def test_what_was_never_sent_is_sent_again_even_a_create() -> None:
    assert pause_before_repeat("POST", lost(httpx.ConnectError("refused")), 1) is not None


def test_a_create_whose_answer_was_lost_is_not_sent_again() -> None:
    assert pause_before_repeat("POST", lost(httpx.ReadError("reset")), 1) is None
    assert pause_before_repeat("POST", DaytonaBadGatewayError("", 502), 1) is None


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_what_may_be_repeated_is_repeated_a_few_times(method: str) -> None:
    for error in (lost(httpx.ReadError("reset")), DaytonaBadGatewayError("", 502)):
        assert pause_before_repeat(method, error, MAX_REPEATS) is not None
        assert pause_before_repeat(method, error, MAX_REPEATS + 1) is None


def test_what_a_sandbox_says_that_it_lacks_is_not_asked_for_again() -> None:
    lacking = DaytonaA11yUnavailableError("no bus", 503, source="DAYTONA_DAEMON")
    assert pause_before_repeat("GET", lacking, 1) is None


def test_other_errors_are_final() -> None:
    assert pause_before_repeat("GET", DaytonaInternalServerError("", 500), 1) is None
    assert pause_before_repeat("GET", DaytonaError("not JSON", 200), 1) is None


def test_pauses_grow_with_jitter_up_to_two_seconds() -> None:
    error = DaytonaConflictError("Sandbox state change in progress", 409)
    pauses = [pause_before_repeat("POST", error, attempt) or 0.0 for attempt in range(1, 40)]
    assert 0.05 <= pauses[0] <= 0.1
    assert all(1.0 <= pause <= 2.0 for pause in pauses[6:])
    assert len(set(pauses[6:])) > 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "3"}, 3.0),
        ({"Retry-After-sandbox-create": "10"}, 10.0),
        ({"retry-after-authenticated": "2", "Retry-After": "7"}, 7.0),
        ({"Retry-After": "999999"}, 120.0),
        ({"Retry-After": "-1"}, 0.0),
        ({"Retry-After": "soon"}, 1.0),
        ({}, 1.0),
    ],
)
def test_the_server_says_how_long_to_wait(headers: dict[str, str], seconds: float) -> None:
    assert retry_after_s(headers) == seconds


def test_the_server_may_say_a_date() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    assert retry_after_s({"Retry-After": later}) == pytest.approx(30, abs=2)


def test_a_pace_is_shared_by_place_and_only_ever_extended() -> None:
    assert pace_of("http://a") is pace_of("http://a")
    assert pace_of("http://a") is not pace_of("http://b")
    pace = Pace()
    pace.close_until(10)
    pace.close_until(5)
    assert (pace.wait_s(4), pace.wait_s(11)) == (6, 0)
