"""Sandboxes that are plain processes: the toolbox works there too, and looks at no more than is theirs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from daytona_local.errors import TimeExceededError
from daytona_local.records import Sandbox
from daytona_local.runtime import SandboxSpec
from daytona_local.runtime.process import ProcessRuntime
from daytona_local.toolbox.commands import run_command
from daytona_local.toolbox.running import Running


@pytest.fixture
async def plain(tmp_path: Path) -> AsyncIterator[Running]:
    """Return a running sandbox that nothing isolates."""
    runtime = ProcessRuntime(tmp_path)
    sandbox = Sandbox(name="plain")
    await runtime.start(SandboxSpec(sandbox.id, sandbox.user, {}, 1, 1, 3, network=True))
    running = Running(sandbox, runtime.agent(sandbox.id))
    yield running
    await running.close()
    await runtime.close()


async def test_a_command_runs_in_the_sandboxes_folder(plain: Running, tmp_path: Path) -> None:
    done = await run_command(plain, ["sh", "-c", "pwd; echo ~"])

    home = f"{tmp_path}/sandboxes/{plain.sandbox.id}/root/home"
    assert f"{home}\n{home}\n" == done.text


async def test_a_command_that_takes_too_long_is_killed_alone(plain: Running) -> None:
    kept = await run_command(plain, ["sh", "-c", "sleep 1000.75 >/dev/null 2>&1 & echo $!"])
    with pytest.raises(TimeExceededError):
        await run_command(plain, ["sh", "-c", "sleep 1000 & setsid sleep 1001 & sleep 1002"], timeout_s=0.3)

    assert 0 == (await run_command(plain, ["kill", "-9", kept.text.strip()])).exit_code


async def test_only_what_is_the_sandboxes_own_is_measured(plain: Running) -> None:
    before = await plain.agent.ask("measure", disk=True)
    await run_command(plain, ["sh", "-c", "head -c 1000000 /dev/zero > file"])

    after = await plain.agent.ask("measure", disk=True)

    assert 1_000_000 <= after["disk"] - before["disk"] <= 1_010_000
    assert before["disk"] < 100_000
    assert 0 < after["memory"] < 100_000_000
