"""A database that another program holds: at the start, in the middle of changes, and let go again."""

from __future__ import annotations

import contextlib
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams, DaytonaServiceUnavailableError

from tests.unit.daytona_local.adversity.conftest import Serving, eventually, refused_to_serve
from tests.unit.daytona_local.test_recovery import order

WORDS = "database is locked; end the other program that holds it, or wait for that"


@contextlib.contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold a database, as another program than its server."""
    with contextlib.closing(sqlite3.connect(file, isolation_level=None, timeout=60)) as database:
        database.execute("BEGIN EXCLUSIVE")
        yield


def test_nothing_is_lost_or_half_done_and_all_goes_on_when_it_is_let_go(
    tmp_path: Path, serving: Serving
) -> None:
    database = tmp_path / "daytona.db"
    with serving(tmp_path, "--transition", "1") as server, server.client() as client:
        box = client.create(CreateSandboxFromSnapshotParams(name="box", auto_stop_interval=0))
        client.create(CreateSandboxFromSnapshotParams(name="other", auto_stop_interval=0))
        box.fs.upload_file(b"acknowledged", "file")
        order(server.said, "/sandbox/other/stop")
        with held(database):
            with pytest.raises(DaytonaServiceUnavailableError, match=WORDS):
                client.create(CreateSandboxFromSnapshotParams(name="late"))
            with pytest.raises(DaytonaServiceUnavailableError, match=WORDS):
                box.stop()
            assert {"box", "other"} == {sandbox.name for sandbox in client.list()}
            assert "acknowledged" == box.process.exec("cat file").result
            assert "started" == client.get("box").state
        eventually(lambda: "stopped" == client.get("other").state)
        client.create(CreateSandboxFromSnapshotParams(name="late", auto_stop_interval=0))
        assert any(line.endswith(WORDS) for line in server.lines())
        server.process.send_signal(signal.SIGKILL)
    with serving(tmp_path) as server, server.client() as client:
        assert {"box": "started", "other": "stopped", "late": "started"} == {
            sandbox.name: str(sandbox.state) for sandbox in client.list()
        }
        assert b"acknowledged" == client.get("box").fs.download_file("file")


def test_a_server_does_not_begin_with_it_and_does_not_call_it_damaged(
    tmp_path: Path, serving: Serving
) -> None:
    with serving(tmp_path):
        pass
    with held(tmp_path / "daytona.db"):
        line = refused_to_serve(tmp_path)
    assert line.startswith(f"daytona-local: the database {tmp_path / 'daytona.db'} can't be ")
    assert line.endswith(WORDS)
    with serving(tmp_path) as server, server.client() as client:
        assert [] == list(client.list())
