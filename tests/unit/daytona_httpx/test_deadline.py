"""Deadlines: 0 and None are none, what can't be is refused, and the rest holds as given."""

from __future__ import annotations

from itertools import islice

import pytest
from daytona_httpx import DaytonaValidationError
from daytona_httpx.deadline import CONNECT_S, Deadline, TimeLeft, ticks


class Now:
    def __init__(self) -> None:
        self.s = 50.0

    def __call__(self) -> float:
        return self.s


@pytest.mark.parametrize("timeout", [0, 0.0, None])
def test_nothing_is_no_limit(timeout: float | None) -> None:
    deadline = Deadline(timeout, Now())
    assert deadline.left_s is None
    assert not deadline.is_over
    assert deadline.shorten(7) == 7
    assert deadline.shorten(None) is None


@pytest.mark.parametrize("timeout", [-1, -0.001, float("nan"), float("inf"), "5"])
def test_what_can_t_be_a_time_is_refused(timeout: float) -> None:
    with pytest.raises(DaytonaValidationError, match="non-negative number of seconds"):
        Deadline(timeout, Now())


def test_less_than_a_second_holds_as_given() -> None:
    now = Now()
    deadline = Deadline(0.3, now)
    now.s += 0.29
    assert not deadline.is_over
    now.s += 0.01
    assert deadline.is_over
    assert deadline.left_s == 0.0


def test_each_phase_of_a_request_gets_only_what_is_left() -> None:
    now = Now()
    left = TimeLeft(Deadline(30, now), 90)
    assert (left["connect"], left["read"]) == (CONNECT_S, 30)
    now.s += 25
    assert (left["connect"], left["read"]) == (5, 5)
    assert set(left) == {"pool", "connect", "write", "read"}
    assert len(left) == 4


def test_a_phase_is_limited_where_the_operation_is_not() -> None:
    assert TimeLeft(Deadline(None, Now()), 90)["read"] == 90
    assert TimeLeft(Deadline(None, Now()), None)["read"] is None


def test_looks_come_ever_more_rarely_but_at_least_once_a_second() -> None:
    seconds = list(islice(ticks(), 50))
    assert pytest.approx([0.05, 0.05, 0.05]) == seconds[:3]
    assert [1.0] * 5 == seconds[-5:]
