"""A virtual display in a real sandbox: started, stopped, and closed to others."""

from __future__ import annotations

from typing import Any

import pytest
from daytona_local.records import Sandbox
from daytona_local.runtime.bubblewrap import BubblewrapRuntime
from daytona_local.toolbox import programs
from daytona_local.toolbox.computer_use import ComputerUse
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.conftest import boot
from tests.unit.daytona_local.toolbox.desktop import Desktop, needs, routes
from tests.unit.daytona_local.toolbox.shell import shell

displayed = needs("Xvfb", "xdotool")

GONE = "while pgrep -x Xvfb > /dev/null; do sleep 0.02; done"
"""Waits until the display's process is gone: one that has ended is there until it is waited for."""


@pytest.fixture
def desktop(toolbox: Any, box: Running) -> Desktop:
    """Return the operations on a display that isn't started."""
    return Desktop(toolbox(routes), box)


@pytest.fixture
async def started(desktop: Desktop) -> Desktop:
    """Return the operations on a display that is started."""
    assert 200 == (await desktop.post("start")).status_code
    return desktop


@displayed
async def test_a_started_display_is_active_and_its_processes_run(desktop: Desktop) -> None:
    answer = (await desktop.post("start")).json()

    state = answer["status"]["xvfb"]
    assert (True, 100, False) == (state["running"], state["priority"], state["autoRestart"])
    assert 0 < state["pid"]
    for where in ("status", "process-status"):
        assert {"status": "active"} == (await desktop.get(where)).json()


async def test_a_display_that_is_not_started_is_inactive(desktop: Desktop) -> None:
    assert {"status": "inactive"} == (await desktop.get("status")).json()
    assert {"processName": "xvfb", "running": False} == (await desktop.get("process/xvfb/status")).json()


async def test_nothing_works_before_the_start(desktop: Desktop) -> None:
    for what in ("mouse/position", "display/info", "display/windows", "screenshot"):
        answer = await desktop.get(what)
        assert 503 == answer.status_code
        assert "start it first" in answer.json()["message"]


async def test_what_is_missing_is_named(desktop: Desktop) -> None:
    await desktop.only()

    answer = await desktop.post("start")

    assert 503 == answer.status_code
    assert "no Xvfb and no xdotool" in answer.json()["message"]


@displayed
async def test_a_display_is_started_once(started: Desktop) -> None:
    before = (await started.get("process/xvfb/logs")).json()

    assert 200 == (await started.post("start")).status_code

    assert before == (await started.get("process/xvfb/logs")).json()
    assert "1\n" == await shell(started.box, "pgrep -cx Xvfb")


@displayed
async def test_programs_of_the_sandbox_find_the_display(started: Desktop) -> None:
    said = await shell(started.box, "xdotool getdisplaygeometry")

    assert "1024 768\n" == said


@displayed
async def test_the_sandbox_may_choose_the_size(started: Desktop) -> None:
    await started.post("stop")
    started.box.sandbox.env["VNC_RESOLUTION"] = "800x600"
    await started.post("start")

    display = (await started.get("display/info")).json()["displays"]
    assert [{"id": 0, "x": 0, "y": 0, "width": 800, "height": 600, "isActive": True}] == display


@displayed
async def test_a_size_that_can_not_be_is_refused(desktop: Desktop) -> None:
    for size in ("big", "1x1", "99999x99999", "800x600 -help"):
        desktop.box.sandbox.env["VNC_RESOLUTION"] = size
        assert 400 == (await desktop.post("start")).status_code


@displayed
async def test_a_stopped_display_leaves_nothing(started: Desktop) -> None:
    answer = (await started.post("stop")).json()

    assert not any(state["running"] for state in answer["status"].values())
    assert {"status": "inactive"} == (await started.get("status")).json()
    await shell(started.box, GONE)
    assert "DISPLAY" not in started.box.env


@displayed
async def test_a_stopping_sandbox_ends_the_display(started: Desktop) -> None:
    await started.box.service(ComputerUse).close()

    await shell(started.box, GONE)


@displayed
async def test_a_display_that_fell_over_is_inactive_and_can_be_started_again(started: Desktop) -> None:
    await shell(started.box, f"pkill -9 -x Xvfb; {GONE}")

    assert {"status": "inactive"} == (await started.get("status")).json()
    assert 503 == (await started.get("mouse/position")).status_code
    assert 200 == (await started.post("start")).status_code
    assert 200 == (await started.get("mouse/position")).status_code


@displayed
async def test_a_restarted_display_is_a_new_one(started: Desktop) -> None:
    before = await shell(started.box, "pgrep -x Xvfb")

    assert 200 == (await started.post("process/xvfb/restart")).status_code

    assert before != await shell(started.box, "pgrep -x Xvfb")
    assert 200 == (await started.get("mouse/position")).status_code


@displayed
async def test_what_a_process_says_can_be_read(started: Desktop) -> None:
    logs = (await started.get("process/xvfb/logs")).json()
    errors = (await started.get("process/xvfb/errors")).json()

    assert ("xvfb", started.box.env["DISPLAY"]) == (logs["processName"], f":{logs['logs'].strip()}")
    assert str is type(errors["errors"])


async def test_a_process_that_is_not_known_does_not_run(desktop: Desktop) -> None:
    assert {"processName": "novnc", "running": False} == (await desktop.get("process/novnc/status")).json()
    for answer in (
        await desktop.post("process/novnc/restart"),
        await desktop.get("process/novnc/logs"),
        await desktop.get("process/novnc/errors"),
    ):
        assert (404, "PROCESS_NOT_FOUND") == (answer.status_code, answer.json()["code"])


@displayed
async def test_no_other_sandbox_gets_at_the_display(started: Desktop, runtime: BubblewrapRuntime) -> None:
    other = await boot(runtime, Sandbox(name="other"))
    display = started.box.env["DISPLAY"]

    look = await programs.run(other, ["xdotool", "getdisplaygeometry"], {"DISPLAY": display})

    assert 0 != look.exit_code
    assert b"isplay" in look.stderr or b"Authorization required" in look.stderr
    await other.close()


@displayed
async def test_a_sandbox_without_a_network_has_a_display(runtime: BubblewrapRuntime) -> None:
    running = await boot(runtime, Sandbox(name="alone"), network=False)
    computer = running.service(ComputerUse)

    await computer.start()

    assert (1024, 768) == await computer.geometry()
    await running.close()
