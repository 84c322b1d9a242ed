"""What is left of an engine that is killed, and how the next command goes on."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine.conftest import MakeProject
from tests.engine.project import descendants, kill_with_plugins

pytestmark = pytest.mark.engine

SLOW = """
    import pathlib
    import time
    import pulumi
    from pulumi.dynamic import CreateResult, Resource, ResourceProvider

    class Slow(ResourceProvider):
        def create(self, props):
            marker = pathlib.Path(props["marker"])
            if not marker.exists():
                marker.touch()
                time.sleep(60)
            return CreateResult("slow-1", dict(props))

    class Waiting(Resource):
        def __init__(self, name):
            super().__init__(Slow(), name, {"marker": pulumi.Config().require("marker")})

    Waiting("waiting")
"""


def wait_for(condition: Callable[[], bool], limit_s: float = 30.0) -> None:
    """Wait until `condition` holds; the test fails when that takes longer than `limit_s`."""
    deadline = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_running(pid: int) -> bool:
    """Say whether a process runs (and isn't only waiting to be reaped)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_an_up_that_was_killed_is_taken_up_again_after_a_cancel(project: MakeProject, tmp_path: Path) -> None:
    slow = project(SLOW)
    marker = tmp_path / "create has begun"
    slow.set_config("marker", str(marker))
    killed = slow.start("up", "--yes", "--skip-preview")
    wait_for(marker.exists)
    family = descendants(killed.pid)

    kill_with_plugins(killed)

    assert [] == [pid for pid in family if is_running(pid)]
    assert "currently locked" in slow.run("up", "--yes", "--skip-preview", status=1).errors
    slow.cancel()
    assert ["create"] == slow.up().operations("waiting")


def test_the_language_host_and_the_program_end_with_their_engine(
    project: MakeProject, tmp_path: Path
) -> None:
    marker = tmp_path / "the program runs"
    endless = project(f"import pathlib, time; pathlib.Path({str(marker)!r}).touch(); time.sleep(60)")
    engine = endless.start("up", "--yes", "--skip-preview")
    wait_for(marker.exists)
    family = descendants(engine.pid)

    os.kill(engine.pid, signal.SIGKILL)

    engine.communicate()
    wait_for(lambda: not any(map(is_running, family)))
