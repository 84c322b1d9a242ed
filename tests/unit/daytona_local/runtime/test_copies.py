"""Copies of a sandbox's files: for another sandbox, for a snapshot, and packed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from daytona_local.records import Sandbox
from daytona_local.runtime.base import Runtime
from daytona_local.runtime.bubblewrap import BubblewrapRuntime
from daytona_local.runtime.process import ProcessRuntime
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.conftest import spec_of
from tests.unit.daytona_local.toolbox.shell import shell

pytestmark = pytest.mark.anyio


@pytest.fixture(params=[BubblewrapRuntime, ProcessRuntime])
async def kind(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Runtime]:
    """Return each runtime; its sandboxes end with the test."""
    made: Runtime = request.param(tmp_path)
    yield made
    await made.close()


async def run(runtime: Runtime, sandbox: Sandbox, script: str) -> str:
    await runtime.start(spec_of(sandbox))
    running = Running(sandbox, runtime.agent(sandbox.id))
    try:
        return await shell(running, script)
    finally:
        await running.close()


async def test_a_copy_has_the_files_and_lives_its_own_life(kind: Runtime) -> None:
    source, copy = Sandbox(name="source"), Sandbox(name="copy")
    await run(kind, source, "mkdir kept; echo one > kept/file; chmod 000 kept; ln -s /etc/shadow link")
    await kind.copy(source.id, copy.id)
    await run(kind, source, "chmod 700 kept; echo two > kept/file")
    assert "one\n" == await run(kind, copy, "chmod 700 kept; cat kept/file")
    assert "/etc/shadow\n" == await run(kind, copy, "readlink link")
    await kind.destroy(copy.id)
    assert "two\n" == await run(kind, source, "cat kept/file")


async def test_sandboxes_begin_with_the_files_of_a_snapshot_until_it_is_removed(kind: Runtime) -> None:
    source, first, second = (Sandbox(name=name) for name in ("source", "first", "second"))
    await run(kind, source, "head -c 100000 /dev/urandom > big; echo content > file")
    assert 100_000 <= await kind.save_snapshot(source.id, "snap")
    await kind.destroy(source.id)
    await kind.create(spec_of(first), "snap")
    assert "content\n" == await run(kind, first, "cat file; rm file")
    await kind.create(spec_of(first), "snap")
    assert "big\n" == await run(kind, first, "ls")
    await kind.remove_snapshot("snap")
    with pytest.raises(OSError, match="gone"):
        await kind.create(spec_of(second), "snap")


async def test_an_archive_is_made_anew_unless_the_backup_is_said_to_be_as_good(kind: Runtime) -> None:
    sandbox = Sandbox(name="a")
    await run(kind, sandbox, "echo backed-up > file; chmod 710 .")
    await kind.back_up(sandbox.id)
    await run(kind, sandbox, "echo later > file")
    for from_backup, found in ((False, "later\n"), (True, "later\n")):
        await kind.stop(sandbox.id)
        await kind.archive(sandbox.id, from_backup=from_backup)
        await kind.archive(sandbox.id, from_backup=from_backup)
        await kind.restore(sandbox.id)
        await kind.restore(sandbox.id)
        assert found == await run(kind, sandbox, "cat file")
    await kind.back_up(sandbox.id)
    await run(kind, sandbox, "echo lost > file")
    await kind.stop(sandbox.id)
    await kind.archive(sandbox.id, from_backup=True)
    await kind.restore(sandbox.id)
    assert "later\n710\n" == await run(kind, sandbox, "cat file; stat -c %a .")
    assert 0o755 == kind.root(sandbox.id).stat().st_mode & 0o777


async def test_files_stand_still_while_they_are_copied(kind: Runtime) -> None:
    source, copy = Sandbox(name="source"), Sandbox(name="copy")
    await run(kind, source, "mkdir many; for n in $(seq 400); do echo > many/$n; done")
    running = Running(source, kind.agent(source.id))
    counting = asyncio.create_task(shell(running, "while true; do echo >> a; echo >> b; done"))
    await shell(running, "while ! test -s b; do sleep 0.01; done")
    await kind.copy(source.id, copy.id)
    first, second = map(int, (await run(kind, copy, "wc -l < a; wc -l < b")).split())
    assert first - second in (0, 1)
    assert first < int(await shell(running, "sleep 0.1; wc -l < a"))
    await kind.stop(source.id)
    await asyncio.gather(counting, return_exceptions=True)
