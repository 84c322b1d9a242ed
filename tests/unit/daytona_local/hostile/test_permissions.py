"""Every file that a server writes is for its owner only, whatever the umask of whoever started it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from daytona_httpx import Daytona
from daytona_local import LocalDaytona

from tests.unit.daytona_local.hostile.scenario import play

OF_SANDBOXES = ("sandboxes/*/root", "snapshots/*/root", "volumes/*/*", "builds/*/*")
"""What belongs to sandboxes, which give it what permissions they like: the folder above is shut."""


@pytest.fixture
def no_umask() -> Iterator[None]:
    """Let files be as open as their maker doesn't say otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


def written(folder: Path) -> dict[Path, int]:
    """Return the permissions of all that the server itself has written."""
    inside = {place for pattern in OF_SANDBOXES for place in folder.glob(pattern)}
    found = {folder: stat.S_IMODE(folder.stat().st_mode)}
    for top, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if Path(top, name) not in inside]
        for name in (*folders, *files):
            found[Path(top, name)] = stat.S_IMODE(Path(top, name).lstat().st_mode)
    return found


@pytest.mark.usefixtures("no_umask")
def test_all_that_a_server_writes_is_for_its_owner_only(tmp_path: Path) -> None:
    with (
        LocalDaytona(tmp_path / "data", transition_s=0) as server,
        Daytona(api_key=server.api_key, api_url=server.api_url) as client,
    ):
        play(client, tmp_path)
        while_it_runs = written(tmp_path / "data")
    found = while_it_runs | written(tmp_path / "data")

    assert {} == {str(place): oct(mode) for place, mode in found.items() if mode & 0o077}
    names = {place.name for place in found}
    assert {"daytona.db", "lock", "root.tar", "resolv.conf", "port", "contexts", "logs"} <= names
    assert any("logs" in place.parent.parts for place in while_it_runs)


def test_the_command_leaves_nothing_open_either(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "daytona_local", "serve", "--port", "0", "--json", "--data-dir"]
    folder = tmp_path / "new" / "data"
    with subprocess.Popen([*words, str(folder)], stdout=subprocess.PIPE, text=True, umask=0) as command:
        assert command.stdout is not None
        told = json.loads(command.stdout.readline())
        found, line = written(folder), Path(f"/proc/{command.pid}/cmdline").read_text()
        command.terminate()

    assert {} == {str(place): oct(mode) for place, mode in found.items() if mode & 0o077}
    assert {"api-key", "lock", "daytona.db", "server.json"} <= {place.name for place in found}
    assert told["api_key"] not in line
