"""A clock that is set forwards or backwards: no sandbox ends early, and none is forgotten."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import Any

import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams, Daytona
from daytona_local import LocalDaytona, ManualClock
from daytona_local.clock import SystemClock
from daytona_local.records import Sandbox
from daytona_local.store import Store
from daytona_local.tables import Table
from daytona_local.usage import UsagePeriod

from tests.unit.daytona_local.adversity.conftest import eventually

HOUR_S = 3600.0
YEAR_S = 365 * 24 * HOUR_S


def params(name: str = "box", **more: Any) -> CreateSandboxFromSnapshotParams:
    return CreateSandboxFromSnapshotParams(name=name, **{"auto_stop_interval": 15, **more})


def client_of(server: LocalDaytona) -> Daytona:
    return Daytona(api_key=server.api_key, api_url=server.api_url)


@pytest.fixture
def system_time(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """Return by how many seconds the system's clock is wrong; a test sets it as somebody sets a clock."""
    wrong, right = {"by": 0.0}, time.time
    monkeypatch.setattr(time, "time", lambda: right() + wrong["by"])
    return wrong


@pytest.mark.parametrize("jump_s", [YEAR_S, -HOUR_S])
def test_the_time_of_a_server_goes_on_evenly(system_time: dict[str, float], jump_s: float) -> None:
    clock = SystemClock()
    before, elapsed = clock.now(), time.monotonic()
    system_time["by"] = jump_s
    assert clock.now() - before == pytest.approx(time.monotonic() - elapsed, abs=1)
    assert SystemClock().now() - before == pytest.approx(jump_s, abs=60)


@pytest.mark.parametrize("jump_s", [YEAR_S, -HOUR_S])
def test_no_timer_runs_out_when_the_system_s_clock_is_set(
    system_time: dict[str, float], jump_s: float, tmp_path: Path
) -> None:
    with LocalDaytona(tmp_path, runtime="process") as server, client_of(server) as client:
        box = client.create(params(ttl_minutes=60))
        access = box.create_ssh_access(60)
        system_time["by"] = jump_s
        box.set_labels({"looked": "at"})  # all timers are looked at anew
        assert "here\n" == box.process.exec("echo here").result
        assert "started" == client.get("box").state
        assert box.validate_ssh_access(access.token).valid


def test_a_server_that_begins_after_the_clock_was_set_back_moves_its_times_back_with_it(
    tmp_path: Path,
) -> None:
    late, right = ManualClock(1_900_000_000.0), ManualClock(1_900_000_000.0 - YEAR_S)
    with LocalDaytona(tmp_path, clock=late, runtime="process") as server, client_of(server) as client:
        client.create(params(ttl_minutes=60))
        late.advance(600)
    with LocalDaytona(tmp_path, clock=right, runtime="process") as server, client_of(server) as client:
        client.get("box")
        right.advance(14 * 60)
        assert "started" == client.get("box").state
        right.advance(60)
        eventually(lambda: "stopped" == client.get("box").state)
        right.advance(45 * 60)
        eventually(lambda: [] == list(client.list()))


def test_a_clock_that_goes_back_under_a_server_makes_no_usage_negative_and_forgets_no_timer(
    tmp_path: Path,
) -> None:
    clock = ManualClock()
    with LocalDaytona(tmp_path, clock=clock, runtime="process") as server, client_of(server) as client:
        box = client.create(params())
        clock.advance(-HOUR_S)
        assert "here\n" == box.process.exec("echo here").result
        clock.advance(15 * 60)
        eventually(lambda: "stopped" == client.get("box").state)
        periods = _periods(tmp_path)
        assert periods
        assert all(one.ended_at is None or one.ended_at >= one.started_at for one in periods)


def test_a_year_at_once_does_each_thing_that_is_due_once(tmp_path: Path) -> None:
    clock = ManualClock()
    with LocalDaytona(tmp_path, clock=clock, runtime="process") as server, client_of(server) as client:
        client.create(params("kept", auto_stop_interval=0))
        client.create(params("idle"))
        clock.advance(YEAR_S)
        eventually(lambda: "stopped" == client.get("idle").state)
        assert "started" == client.get("kept").state
        assert 1 == _history(tmp_path, "idle").count("stopping")


def _periods(folder: Path) -> list[UsagePeriod]:
    with contextlib.closing(Store(folder / "daytona.db")) as store:
        return list(Table(UsagePeriod, store))


def _history(folder: Path, name: str) -> list[str]:
    with contextlib.closing(Store(folder / "daytona.db")) as store:
        found = Table(Sandbox, store).named(name)
        assert found is not None
        return [state for state, _ in found.history]
