"""Handing over: the mark of creation goes once the engine has the sandbox in its state, not before."""

from __future__ import annotations

import asyncio

import pytest
from daytona_httpx import DaytonaConnectionError
from pulumi_daytona.core.handover import HandOver

pytestmark = pytest.mark.anyio


async def alive() -> bool:
    return True


async def gone() -> bool:
    return False


class Unmarked:
    def __init__(self) -> None:
        self.count = 0

    async def __call__(self) -> None:
        self.count += 1


async def test_nothing_is_unmarked_at_once() -> None:
    hand_over, unmark = HandOver(alive, delay_s=3600), Unmarked()
    hand_over.add("id", unmark)
    await asyncio.sleep(0)
    assert 0 == unmark.count
    hand_over.drop("id")


async def test_the_mark_goes_after_the_delay() -> None:
    hand_over, unmark = HandOver(alive, delay_s=0), Unmarked()
    hand_over.add("id", unmark)
    await asyncio.sleep(0.01)
    await hand_over.flush()
    assert 1 == unmark.count


async def test_the_end_of_the_process_hands_over_what_is_pending() -> None:
    hand_over, unmark = HandOver(alive, delay_s=3600), Unmarked()
    hand_over.add("a", unmark)
    hand_over.add("b", unmark)
    await hand_over.flush()
    assert 2 == unmark.count


async def test_an_engine_that_is_gone_leaves_the_mark() -> None:
    hand_over, unmark = HandOver(gone, delay_s=3600), Unmarked()
    hand_over.add("id", unmark)
    await hand_over.flush()
    assert 0 == unmark.count


async def test_a_deleted_sandbox_is_forgotten() -> None:
    hand_over, unmark = HandOver(alive, delay_s=3600), Unmarked()
    hand_over.add("id", unmark)
    hand_over.drop("id")
    await hand_over.flush()
    assert 0 == unmark.count


async def test_a_failure_is_logged_and_doesn_t_stop_the_others(caplog: pytest.LogCaptureFixture) -> None:
    async def refuse() -> None:
        raise DaytonaConnectionError("no answer")

    hand_over, unmark = HandOver(alive, delay_s=3600), Unmarked()
    hand_over.add("a", refuse)
    hand_over.add("b", unmark)
    await hand_over.flush()
    assert 1 == unmark.count
    assert "hand over sandbox a: no answer" in caplog.text
