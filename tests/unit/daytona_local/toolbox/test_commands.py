"""Commands inside a sandbox: output, time limits and what they leave behind."""

from __future__ import annotations

import errno

import pytest
from daytona_local.errors import TimeExceededError
from daytona_local.runtime import AgentError
from daytona_local.toolbox import commands
from daytona_local.toolbox.commands import environment, run_command
from daytona_local.toolbox.running import Running


def shell(line: str) -> list[str]:
    """Return a command that runs a shell line."""
    return ["/bin/sh", "-c", line]


async def test_output_and_errors_are_one_text_in_their_order(box: Running) -> None:
    done = await run_command(box, shell("echo one; echo two >&2; echo three; exit 3"))

    assert (3, "one\ntwo\nthree\n") == (done.exit_code, done.text)


async def test_a_command_has_the_environment_of_its_record_of_the_sandbox_and_its_own(box: Running) -> None:
    box.env["FROM_SANDBOX"] = "yes"

    done = await run_command(box, shell("echo $FROM_RECORD $FROM_SANDBOX $OWN"), {"OWN": "yes"})

    assert "yes yes yes\n" == done.text


async def test_what_was_taken_away_is_not_in_the_environment(box: Running) -> None:
    box.env |= {"KEPT": "1", "TAKEN": "2"}
    box.unset.add("TAKEN")

    assert {"KEPT": "1", "OWN": "3"} == environment(box, {"OWN": "3"})


async def test_a_command_that_takes_too_long_is_killed_with_all_that_it_started(box: Running) -> None:
    line = "sleep 1000 & setsid sleep 1001 & sleep 1002"

    with pytest.raises(TimeExceededError) as caught:
        await run_command(box, shell(line), timeout_s=0.3)

    assert "PROCESS_EXECUTION_TIMEOUT" == caught.value.code
    assert "" == (await run_command(box, shell("pgrep --runstates R,S,D,T sleep"))).text


async def test_what_a_command_leaves_in_the_background_does_not_keep_its_answer(
    box: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "GRACE_S", 0.05)

    done = await run_command(box, shell("sleep 1000 & echo answered"), timeout_s=20)

    assert "answered\n" == done.text
    assert "sleep" in (await run_command(box, shell("cat /proc/[0-9]*/comm"))).text.split()


async def test_output_beyond_the_bound_is_dropped_and_that_is_said(
    box: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "MOST_BYTES", 2**20)

    done = await run_command(box, shell("head -c 5000000 /dev/zero; exit 4"))

    assert 4 == done.exit_code
    assert bytes(2**20) + b"\n[the output beyond 1 MiB was dropped]\n" == done.output


async def test_a_command_that_is_not_there_is_the_systems_own_error(box: Running) -> None:
    with pytest.raises(AgentError) as caught:
        await run_command(box, ["/no/such/program"])

    assert errno.ENOENT == caught.value.errno
