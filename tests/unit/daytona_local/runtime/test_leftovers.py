"""What a killed server has left running is ended by the next one."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from daytona_local.runtime import SandboxSpec
from daytona_local.runtime.leftovers import end, mark_of
from daytona_local.runtime.limits import Limits
from daytona_local.runtime.networks import UNLESS_ORPHANED

BOX = SandboxSpec("box", "daytona", {}, 1, 1, 3, network=False)
WAITS = "import sys; sys.stdin.read()"


def begun(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-I", "-S", "-c", WAITS, *words], stdin=subprocess.PIPE)


def begun_within(limits: Limits) -> subprocess.Popen[bytes]:
    words = limits.wrap(BOX, [sys.executable, "-I", "-S", "-c", f"print(flush=True); {WAITS}"])
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def test_what_bears_the_mark_of_a_data_folder_is_ended_and_nothing_else(tmp_path: Path) -> None:
    mark, other = mark_of(tmp_path / "a"), mark_of(tmp_path / "b")
    with begun("x", mark) as ours, begun(other) as theirs, begun(f"{mark}0") as similar:
        end(mark)
        assert -signal.SIGKILL == ours.wait(60)
        for kept in (theirs, similar):
            assert kept.poll() is None
            kept.kill()


def test_a_program_whose_server_is_gone_already_does_not_begin() -> None:
    def said(parent: int) -> bytes:
        words = ["/bin/sh", "-c", UNLESS_ORPHANED, str(parent), "echo", "begun"]
        return subprocess.run(words, capture_output=True, check=False).stdout

    assert b"begun\n" == said(os.getpid())
    assert b"" == said(1 + os.getpid())


@pytest.mark.anyio
@pytest.mark.skipif(not Limits.of_this_host().version, reason="this host's control groups are shut")
async def test_a_group_is_removed_once_its_last_process_has_left(tmp_path: Path) -> None:
    limits = Limits.of_this_host(tmp_path)
    with begun_within(limits) as last:
        assert last.stdout is not None
        assert b"\n" == last.stdout.readline()
        removing = asyncio.create_task(limits.remove(BOX.id))
        await asyncio.sleep(0)
        assert [] != limits.groups()
        last.communicate()
        await removing
    assert [] == limits.groups()
