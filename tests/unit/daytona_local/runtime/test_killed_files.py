"""What a kill leaves of files that are packed or removed, and what the next server makes of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from daytona_local.runtime.files import Files
from daytona_local.runtime.trees import GOING, Trees

pytestmark = pytest.mark.anyio

MANY = 3000
ARCHIVING = """
import asyncio, sys
from pathlib import Path
from daytona_local.runtime.files import Files
from daytona_local.runtime.trees import Trees

asyncio.run(Files(Path(sys.argv[1]), Trees()).archive("box", from_backup=False))
"""


def fill(root: Path) -> None:
    for number in range(MANY):
        (root / f"{number}").touch()


def kill_once_packed(folder: Path) -> None:
    """Archive a sandbox in a process that is killed when all is packed, and much is still to be removed."""
    with subprocess.Popen([sys.executable, "-c", ARCHIVING, str(folder)]) as server:
        deadline = time.monotonic() + 60
        while not (folder / "sandboxes" / "box" / "root.tar").exists():
            assert time.monotonic() < deadline
        server.kill()


async def test_an_archive_that_is_broken_off_while_it_removes_what_it_packed_is_whole(tmp_path: Path) -> None:
    files = Files(tmp_path, Trees())
    await files.lay("box", fill)
    kill_once_packed(tmp_path)

    await files.archive("box", from_backup=False)
    await files.restore("box")

    assert MANY == len(os.listdir(files.root("box")))
    assert ["root"] == os.listdir(tmp_path / "sandboxes" / "box")


async def test_snapshots_that_were_on_their_way_are_removed_and_others_kept(tmp_path: Path) -> None:
    files = Files(tmp_path, Trees())
    for place in ("whole/root", "half/root.partial", f"going.1234{GOING}/root"):
        (tmp_path / "snapshots" / place).mkdir(parents=True)

    await files.tidy()

    assert ["whole"] == os.listdir(tmp_path / "snapshots")


async def test_a_snapshot_that_is_removed_is_out_of_the_way_at_once(tmp_path: Path) -> None:
    files = Files(tmp_path, Trees())
    await files.lay("box", lambda _: None)
    await files.save("box", "image")

    await files.remove_snapshot("image")
    await files.remove_snapshot("image")

    assert [] == os.listdir(tmp_path / "snapshots")
