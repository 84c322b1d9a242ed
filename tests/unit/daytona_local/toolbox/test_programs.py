"""Programs that run to their end inside a sandbox."""

from __future__ import annotations

import pytest
from daytona_local.errors import FailedError, TimeExceededError
from daytona_local.runtime import AgentError, NotRunningError
from daytona_local.toolbox import programs
from daytona_local.toolbox.commands import find_programs
from daytona_local.toolbox.running import Running


async def run(box: Running, script: str, given: bytes = b"", timeout_s: float = 60) -> programs.Finished:
    return await programs.run(box, ["sh", "-c", script], {"WORD": "w"}, given=given, timeout_s=timeout_s)


async def test_both_streams_and_the_exit_code_are_kept_apart(box: Running) -> None:
    assert programs.Finished(3, b"out w\n", b"err\n") == await run(
        box, "echo out $WORD; echo err >&2; exit 3"
    )


async def test_a_program_reads_what_it_is_given_however_much(box: Running) -> None:
    given = bytes(range(256)) * 8192

    assert given == (await run(box, "cat", given)).stdout


async def test_a_program_starts_in_the_home_or_in_a_folder(box: Running) -> None:
    elsewhere = await programs.run(box, ["pwd"], cwd="/tmp")

    assert b"/tmp\n" == elsewhere.stdout
    assert b"/home/daytona\n" == (await programs.run(box, ["pwd"])).stdout


async def test_a_program_that_takes_too_long_is_ended_with_what_it_started(box: Running) -> None:
    with pytest.raises(TimeExceededError):
        await run(box, "sleep 123 & sleep 123", timeout_s=0.3)

    assert b"0\n" == (await run(box, "sleep 0.1; pgrep -cx sleep")).stdout


async def test_what_a_program_leaves_behind_keeps_nobody_waiting(
    box: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "LINGER_S", 0.05)

    assert b"done\n" == (await run(box, "sleep 20 & echo done")).stdout


async def test_a_program_that_says_too_much_is_ended(box: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "MOST_BYTES", 1000)

    with pytest.raises(FailedError):
        await run(box, "yes")

    assert b"0\n" == (await run(box, "sleep 0.1; pgrep -cx yes")).stdout


async def test_a_program_that_is_not_there_can_not_be_run(box: Running) -> None:
    with pytest.raises(AgentError) as caught:
        await programs.run(box, ["no-such-program"])

    assert "no-such-program" == caught.value.filename


async def test_a_sandbox_that_ends_ends_its_programs(box: Running) -> None:
    with pytest.raises(NotRunningError):
        await run(box, "kill -9 $PPID; sleep 60")


async def test_programs_are_found_where_they_are(box: Running) -> None:
    await run(box, "mkdir bin own; echo > bin/here; echo > own/sh; chmod +x bin/here own/sh")
    names, places = ("here", "no-such-program", "sh"), ["/home/daytona/bin"]

    assert {"here", "sh"} == (await find_programs(box, names, places)).keys()
    assert "/home/daytona/bin/here" == (await find_programs(box, names, places))["here"]
    assert {"sh"} == (await programs.find(box, "here", "sh")).keys()

    box.env["PATH"] = "/home/daytona/own"
    assert {"sh": "/home/daytona/own/sh"} == await programs.find(box, "sh", "cat")
