"""The log of a command: marks, limit, followers."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from daytona_local.toolbox.session_logs import DROPPED, STDERR, STDOUT, CommandLog, separate, without_marks


async def all_of(log: CommandLog) -> bytes:
    return b"".join([chunk async for chunk in log.follow()])


async def test_a_mark_comes_only_where_the_stream_changes(tmp_path: Path) -> None:
    log = CommandLog(tmp_path / "log")
    for mark, data in ((STDOUT, b"a"), (STDOUT, b"b"), (STDERR, b"c"), (STDOUT, b"d")):
        log.append(mark, data)

    assert b"\1\1\1ab\2\2\2c\1\1\1d" == log.read()
    assert b"abcd" == without_marks(log.read())
    assert (b"abd", b"c") == separate(log.read())
    log.close()


@pytest.mark.parametrize("piece", [b"0123456789", b"012", b"01234567890123456789"])
async def test_nothing_is_lost_below_the_limit_and_a_line_tells_of_what_is_above(
    tmp_path: Path, piece: bytes
) -> None:
    log = CommandLog(tmp_path / "log", limit=12)
    for _ in range(9):
        log.append(STDOUT, piece)
    stdout, stderr = separate(log.read())

    assert (piece * 9)[:12] == stdout
    assert DROPPED == stderr
    log.close()


async def test_exactly_the_limit_is_kept_without_a_word(tmp_path: Path) -> None:
    log = CommandLog(tmp_path / "log", limit=4)
    log.append(STDOUT, b"1234")

    assert (b"1234", b"") == separate(log.read())
    log.close()


async def test_what_is_dropped_is_told_of_on_standard_error_whichever_stream_it_was(tmp_path: Path) -> None:
    log = CommandLog(tmp_path / "log", limit=4)
    log.append(STDOUT, b"1234")
    log.append(STDERR, b"5")

    assert (b"1234", DROPPED) == separate(log.read())
    log.close()


async def test_two_followers_get_all_of_it_though_one_came_late(tmp_path: Path) -> None:
    log = CommandLog(tmp_path / "log")
    early = asyncio.create_task(all_of(log))
    await asyncio.sleep(0)
    log.append(STDOUT, b"one")
    late = asyncio.create_task(all_of(log))
    await asyncio.sleep(0)
    log.append(STDERR, b"two")
    assert not early.done()
    log.end()

    assert (b"\1\1\1one\2\2\2two",) * 2 == (await early, await late)
    log.close()


async def test_a_closed_log_takes_nothing_more(tmp_path: Path) -> None:
    log = CommandLog(tmp_path / "log")
    log.append(STDOUT, b"one")
    log.close()
    log.append(STDOUT, b"two")

    assert b"\1\1\1one" == await all_of(log)
