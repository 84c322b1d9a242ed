"""The states that a sandbox has been in: kept with it, across restarts, and not for ever."""

from __future__ import annotations

from pathlib import Path

import pytest
from daytona_local.app import open_services
from daytona_local.clock import ManualClock
from daytona_local.records import Sandbox
from daytona_local.settings import Settings
from daytona_local.store import Store
from daytona_local.tables import Table
from daytona_local.transitions import HISTORY

from tests.unit.daytona_local.dashboard.conftest import serving


@pytest.fixture
def anyio_backend() -> str:
    """Run on asyncio, as the server does."""
    return "asyncio"


def test_a_server_that_is_started_again_knows_them(tmp_path: Path) -> None:
    clock = ManualClock()
    began = clock.now()
    with serving(clock, data_dir=tmp_path) as scene:
        made = scene.make(name="kept", autoStopInterval=0)
        clock.advance(60)
        with scene.follow() as told:
            scene.client.post(f"/api/sandbox/{made['id']}/stop").raise_for_status()
            before = told.until("sandbox", state="stopped")["sandbox"]["history"]
    with serving(clock, data_dir=tmp_path) as scene, scene.follow() as told:
        assert before == told.hello["sandboxes"][0]["history"]
    assert [
        {"state": "creating", "at": began},
        {"state": "started", "at": began},
        {"state": "stopping", "at": began + 60},
        {"state": "stopped", "at": began + 60},
    ] == before


def test_a_fork_begins_its_own(tmp_path: Path) -> None:
    with serving(data_dir=tmp_path) as scene:
        made = scene.make(name="first")
        scene.client.post(f"/api/sandbox/{made['id']}/fork", json={"name": "second"}).raise_for_status()
        with scene.follow() as told:
            histories = {one["name"]: one["history"] for one in told.hello["sandboxes"]}
        assert "creating" == histories["second"][0]["state"]
        assert "forking" in [one["state"] for one in histories["first"]]
        assert "forking" not in [one["state"] for one in histories["second"]]


@pytest.mark.anyio
async def test_only_the_newest_are_kept_and_only_changes_count(tmp_path: Path) -> None:
    parts = open_services(Settings(tmp_path, clock=ManualClock()), "http://127.0.0.1:1")
    steps, sandbox = parts.lifecycle.transitions, Sandbox(name="busy")
    steps.add(sandbox)
    for _ in range(HISTORY):
        steps.enter(sandbox, "started")
        steps.change(sandbox, labels={"a": "b"})
        steps.enter(sandbox, "stopped")
    parts.store.close()
    (kept,) = Table(Sandbox, Store(tmp_path / "daytona.db"))
    assert HISTORY == len(kept.history)
    assert ["started", "stopped"] == [state for state, _ in kept.history[-2:]]


def test_a_record_from_before_has_none(tmp_path: Path) -> None:
    store = Store(tmp_path / "daytona.db")
    old = Sandbox(name="old").model_dump_json(exclude={"history"})
    store.save("sandbox", "1", old)
    assert [[]] == [sandbox.history for sandbox in Table(Sandbox, store)]
    store.close()
