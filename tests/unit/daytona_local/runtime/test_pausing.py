"""A paused sandbox stands still, and goes on from there."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from daytona_local.records import Sandbox
from daytona_local.runtime import NotRunningError
from daytona_local.runtime.base import Runtime
from daytona_local.runtime.bubblewrap import BubblewrapRuntime
from daytona_local.runtime.process import ProcessRuntime
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.conftest import spec_of
from tests.unit.daytona_local.toolbox.shell import shell

pytestmark = pytest.mark.anyio

COUNTING = "while true; do printf . >> count; sleep 0.01; done"
BOTH = pytest.mark.parametrize("kind", [BubblewrapRuntime, ProcessRuntime])


@contextlib.asynccontextmanager
async def counting(runtime: Runtime, sandbox: Sandbox) -> AsyncIterator[Running]:
    """Start a sandbox with a process that counts."""
    await runtime.start(spec_of(sandbox))
    running = Running(sandbox, runtime.agent(sandbox.id))
    task = asyncio.create_task(shell(running, COUNTING))
    await shell(running, "while ! test -s count; do sleep 0.01; done")
    yield running
    await runtime.close()
    await asyncio.gather(task, return_exceptions=True)


def count(folder: Path, sandbox: Sandbox) -> int:
    return next((folder / "sandboxes" / sandbox.id).rglob("count")).stat().st_size


@BOTH
async def test_processes_stand_still_and_go_on_with_their_memory(kind: type[Runtime], tmp_path: Path) -> None:
    runtime, sandbox = kind(tmp_path), Sandbox(name="a")  # type: ignore[call-arg]
    async with counting(runtime, sandbox) as running:
        await runtime.pause(sandbox.id)
        before = count(tmp_path, sandbox)
        await asyncio.sleep(0.2)
        assert before == count(tmp_path, sandbox)
        await runtime.resume(sandbox.id)
        assert before < int(await shell(running, "sleep 0.2; wc -c < count"))


async def test_what_was_stopped_before_stays_stopped(tmp_path: Path) -> None:
    runtime, sandbox = BubblewrapRuntime(tmp_path), Sandbox(name="a")
    async with counting(runtime, sandbox) as running:
        stopping = "sleep 60 & kill -STOP $!; sleep 0.1; echo $! > own"
        await shell(running, f"({stopping}) > /dev/null 2>&1")
        await runtime.pause(sandbox.id)
        await runtime.resume(sandbox.id)
        assert "T (stopped)\n" == await shell(running, "sed -n 's/State:.//p' /proc/$(cat own)/status")


@BOTH
async def test_a_paused_sandbox_ends_at_once_with_all_that_it_runs(
    kind: type[Runtime], tmp_path: Path
) -> None:
    runtime, sandbox = kind(tmp_path), Sandbox(name="a")  # type: ignore[call-arg]
    async with counting(runtime, sandbox):
        await runtime.pause(sandbox.id)
        async with asyncio.timeout(3):
            await runtime.stop(sandbox.id)
        before = count(tmp_path, sandbox)
        await asyncio.sleep(0.2)
        assert before == count(tmp_path, sandbox)
        with pytest.raises(NotRunningError):
            await runtime.resume(sandbox.id)
