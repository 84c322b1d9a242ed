"""A server that is killed while it copies, builds or holds sandboxes, and what the next one makes of it."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams, Daytona
from daytona_local.settings import DEFAULT_SNAPSHOT

from tests.unit.daytona_local.test_server import client_of, served, wait_for_state

SLOWLY = ("--transition", "1")


def order(said: dict[str, Any], path: str, **body: Any) -> dict[str, Any]:
    """Send an order and don't wait for what comes of it."""
    headers = {"Authorization": f"Bearer {said['api_key']}"}
    answer = httpx.post(f"{said['url']}{path}", json=body, headers=headers)
    assert answer.is_success, answer.text
    made: dict[str, Any] = answer.json()
    return made


def with_a_file(client: Daytona) -> None:
    sandbox = client.create(CreateSandboxFromSnapshotParams(name="box"))
    sandbox.fs.upload_file(b"kept", "file")


def settles(client: Daytona, name: str, state: str) -> Any:
    wait_for_state(client, name, {state, "error"})
    found = client.get(name)
    assert state == found.state, found.error_reason
    return found


def test_a_fork_is_completed(tmp_path: Path) -> None:
    with served(tmp_path, *SLOWLY) as (process, said), client_of(said) as client:
        with_a_file(client)
        order(said, "/sandbox/box/fork", name="fork")
        assert "forking" == client.get("box").state
        process.send_signal(signal.SIGKILL)
    with served(tmp_path) as (_, said), client_of(said) as client:
        assert b"kept" == settles(client, "fork", "started").fs.download_file("file")
        assert ["started"] == [one.state for one in client.list() if one.name != "fork"]


def test_a_snapshot_of_a_sandbox_is_completed_once(tmp_path: Path) -> None:
    with served(tmp_path, *SLOWLY) as (process, said), client_of(said) as client:
        with_a_file(client)
        order(said, "/sandbox/box/snapshot", name="mine:1")
        process.send_signal(signal.SIGKILL)
    with served(tmp_path) as (_, said), client_of(said) as client:
        settles(client, "box", "started")
        (snapshot,) = [one for one in client.snapshot.list().items if not one.general]
        assert ("mine:1", "active") == (snapshot.name, snapshot.state)


@pytest.mark.parametrize("moment", ["pausing", "paused"])
def test_what_was_paused_is_stopped_since_its_memory_is_gone(tmp_path: Path, moment: str) -> None:
    with served(tmp_path, "--transition", "0.5") as (process, said), client_of(said) as client:
        with_a_file(client)
        order(said, "/sandbox/box/pause")
        wait_for_state(client, "box", {moment})
        process.send_signal(signal.SIGKILL)
    with served(tmp_path) as (_, said), client_of(said) as client:
        found = settles(client, "box", "stopped")
        found.start()
        assert b"kept" == found.fs.download_file("file")


def test_a_build_begins_anew(tmp_path: Path) -> None:
    dockerfile = f"FROM {DEFAULT_SNAPSHOT}\nRUN echo built > /file; sleep 1"
    with served(tmp_path, "--transition", "0") as (process, said), client_of(said) as client:
        order(said, "/sandbox", name="box", buildInfo={"dockerfileContent": dockerfile})
        order(said, "/snapshots", name="mine:1", buildInfo={"dockerfileContent": dockerfile})
        wait_for_state(client, "box", {"building_snapshot"})
        process.send_signal(signal.SIGKILL)
    with served(tmp_path) as (_, said), client_of(said) as client:
        assert b"built\n" == settles(client, "box", "started").fs.download_file("/file")
        deadline = time.monotonic() + 60
        while client.snapshot.get("mine:1").state != "active":
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert 1 == len(list((tmp_path / "snapshots").iterdir()))
        assert [] == [place.name for place in (tmp_path / "sandboxes").iterdir() if "build" in place.name]


def test_a_backup_and_a_removal_are_completed(tmp_path: Path) -> None:
    with served(tmp_path, *SLOWLY) as (process, said), client_of(said) as client:
        with_a_file(client)
        snapshot = order(said, "/snapshots", name="mine:1", imageName=DEFAULT_SNAPSHOT)
        order(said, "/sandbox/box/backup")
        client.snapshot.delete(snapshot["id"])
        process.send_signal(signal.SIGKILL)
    with served(tmp_path) as (_, said), client_of(said) as client:
        deadline = time.monotonic() + 60
        while client.get("box").backup_state != "Completed" or client.snapshot.list().total != 1:
            assert time.monotonic() < deadline
            time.sleep(0.02)
