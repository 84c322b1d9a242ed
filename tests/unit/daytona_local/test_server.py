"""A server as a whole: started by its command, killed, started again, and refused where it can't be."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams, Daytona, DaytonaError
from daytona_local import LocalDaytona, ManualClock
from daytona_local.data_dir import DataDirInUseError
from daytona_local.store import StoreError

SERVE = [sys.executable, "-m", "daytona_local", "serve", "--port", "0", "--json"]


@contextmanager
def served(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """Run the command on a data folder, and kill it afterwards if it still runs."""
    command = [*SERVE, "--data-dir", str(folder), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, json.loads(process.stdout.readline())
        finally:
            process.kill()


def client_of(said: dict[str, Any]) -> Daytona:
    return Daytona(api_key=said["api_key"], api_url=said["url"])


def wait_for_state(client: Daytona, name: str, states: set[str]) -> str:
    deadline = time.monotonic() + 60
    while (state := str(client.get(name).state)) not in states:
        assert time.monotonic() < deadline, state
        time.sleep(0.02)
    return state


def test_a_killed_server_comes_back_with_every_sandbox_and_its_files(tmp_path: Path) -> None:
    with served(tmp_path) as (process, said), client_of(said) as client:
        kept = client.create(CreateSandboxFromSnapshotParams(name="kept", labels={"a": "b"}))
        kept.fs.upload_file(b"content", "file")
        kept.process.create_session("s")
        stopped = client.create(CreateSandboxFromSnapshotParams(name="stopped"))
        stopped.stop()
        process.send_signal(signal.SIGKILL)
    assert [] != [*(tmp_path / "logs").iterdir()]
    with served(tmp_path) as (_, said), client_of(said) as client:
        assert {"kept": "started", "stopped": "stopped"} == {
            one.name: str(one.state) for one in client.list()
        }
        assert [] == [*(tmp_path / "logs").iterdir()]
        again = client.get("kept")
        assert {"a": "b"}.items() <= again.labels.items()
        assert b"content" == again.fs.download_file("file")
        assert "hi\n" == again.process.exec("echo hi").result
        client.get("stopped").start()
        for sandbox in client.list():
            sandbox.delete(wait=True)


@pytest.mark.parametrize(
    ("order", "settled"),
    [("create", {"started"}), ("stop", {"stopped"}), ("archive", {"archived"}), ("delete", {"gone"})],
)
def test_what_was_under_way_at_a_kill_is_brought_to_its_end(
    tmp_path: Path, order: str, settled: set[str]
) -> None:
    with served(tmp_path, "--transition", "1") as (process, said), client_of(said) as client:
        params = CreateSandboxFromSnapshotParams(name="box", auto_stop_interval=0)
        if order == "create":
            started = subprocess.Popen(_curl_create(said), stdout=subprocess.DEVNULL)
            while not [one for one in client.list() if one.state == "creating"]:
                time.sleep(0.02)
            process.send_signal(signal.SIGKILL)
            started.wait()
        else:
            sandbox = client.create(params)
            if order == "archive":
                sandbox.stop()
            {"stop": _stop, "archive": _archive, "delete": _delete}[order](sandbox)
            process.send_signal(signal.SIGKILL)
    with served(tmp_path) as (_, said), client_of(said) as client:
        if settled == {"gone"}:
            deadline = time.monotonic() + 60
            while list(client.list()):
                assert time.monotonic() < deadline
                time.sleep(0.02)
            return
        wait_for_state(client, "box", settled)
        client.get("box").delete(wait=True)


def test_a_clock_that_stands_still_keeps_no_change_of_state_waiting() -> None:
    clock = ManualClock()
    with (
        LocalDaytona(clock=clock) as server,
        Daytona(api_key=server.api_key, api_url=server.api_url) as client,
    ):
        sandbox = client.create(CreateSandboxFromSnapshotParams(auto_stop_interval=15))
        assert "started" == sandbox.state
        clock.advance(15 * 60)
        sandbox.wait_for_sandbox_stop()


def test_changes_of_state_take_the_time_of_the_clock_that_was_asked_for() -> None:
    clock = ManualClock()
    with (
        LocalDaytona(clock=clock, transition_s=1, blocking_s=0) as server,
        Daytona(api_key=server.api_key, api_url=server.api_url) as client,
    ):
        sandbox = client.create(CreateSandboxFromSnapshotParams(), wait=False)
        assert "creating" == client.get(sandbox.id).state
        deadline = time.monotonic() + 60
        while "started" != client.get(sandbox.id).state:  # before it waits, it lays its files
            clock.advance(1)
            assert time.monotonic() < deadline
            time.sleep(0.02)


def _curl_create(said: dict[str, Any]) -> list[str]:
    program = (
        "import httpx, sys\n"
        "try: httpx.post(sys.argv[1] + '/sandbox', json={'name': 'box'}, timeout=60,"
        " headers={'Authorization': 'Bearer ' + sys.argv[2]})\n"
        "except httpx.HTTPError: pass\n"
    )
    return [sys.executable, "-c", program, said["url"], said["api_key"]]


def _stop(sandbox: Any) -> None:
    with pytest.raises(DaytonaError):
        sandbox.stop(timeout=0.2)


def _archive(sandbox: Any) -> None:
    sandbox.archive()


def _delete(sandbox: Any) -> None:
    sandbox.delete()


def test_everything_that_is_written_is_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with LocalDaytona(folder) as server, Daytona(api_key=server.api_key, api_url=server.api_url) as client:
        client.create()
        assert 0o700 == stat.S_IMODE(folder.stat().st_mode)
        top = [path for path in folder.iterdir() if path.suffix not in (".db-wal", ".db-shm")]
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in top if path.name != "lock"}
        assert all(mode in (0o600, 0o700) for mode in modes.values()), modes


def test_a_damaged_database_is_refused_in_one_line_and_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "daytona.db"
    file.write_bytes(b"garbage" * 1000)
    done = subprocess.run(
        [*SERVE, "--data-dir", str(tmp_path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert 1 == done.returncode
    assert "is damaged" in done.stderr
    assert 1 == len(done.stderr.strip().splitlines())
    assert b"garbage" * 1000 == file.read_bytes()
    with pytest.raises(StoreError):
        LocalDaytona(tmp_path).start()


def test_a_data_folder_serves_one_server_at_a_time(tmp_path: Path) -> None:
    with LocalDaytona(tmp_path), pytest.raises(DataDirInUseError, match="another daytona-local"):
        LocalDaytona(tmp_path).start()


def test_a_taken_port_is_one_line(tmp_path: Path) -> None:
    with LocalDaytona(tmp_path / "a") as server:
        port = server.url.rpartition(":")[2]
        command = [*SERVE[:-3], "--port", port, "--data-dir", str(tmp_path / "b")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (1, 1) == (done.returncode, len(done.stderr.strip().splitlines()))
    assert f"port {port}" in done.stderr


def test_without_bubblewrap_it_refuses_to_run_sandboxes_unless_told_to(tmp_path: Path) -> None:
    environment = {**os.environ, "PATH": "/nowhere"}
    command = [*SERVE, "--data-dir", str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert 1 == done.returncode
    assert "--runtime process" in done.stderr
    assert 1 == len(done.stderr.strip().splitlines())


def test_a_key_is_kept_with_its_data_folder(tmp_path: Path) -> None:
    with served(tmp_path) as (_, first):
        pass
    with served(tmp_path) as (_, second):
        assert first["api_key"] == second["api_key"]
    assert 0o600 == stat.S_IMODE((tmp_path / "api-key").stat().st_mode)


def test_a_server_that_is_told_to_end_ends_with_all_that_it_started(tmp_path: Path) -> None:
    with served(tmp_path) as (process, said), client_of(said) as client:
        sandbox = client.create()
        sandbox.process.exec("sleep 1000 &")
        process.terminate()
        assert 0 == process.wait(20)
        left = subprocess.run(["pgrep", "-f", sandbox.id], capture_output=True, text=True, check=False)
        assert "" == left.stdout


def test_the_command_says_where_ssh_is_answered(tmp_path: Path) -> None:
    with served(tmp_path) as (_, said), socket.create_connection(("127.0.0.1", said["ssh_port"]), 30) as one:
        assert b"SSH-2.0-" == one.recv(8, socket.MSG_WAITALL)
