"""Each example run as its README says, by the real engine against the local server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from daytona_httpx import Daytona, DaytonaConfig
from daytona_local import LocalDaytona
from daytona_local.clock import ManualClock
from matplotlib.image import imread

from tests.engine.conftest import MakeProject
from tests.engine.control import Control
from tests.engine.examples import EXAMPLES, example, run_script

pytestmark = pytest.mark.engine

DAY_S = 24 * 60 * 60


def test_ci_ephemeral_follows_a_push_ends_by_itself_after_a_day_and_is_made_anew_by_the_next_push(
    project: MakeProject,
) -> None:
    with LocalDaytona(control=True, transition_s=0, clock=ManualClock()) as server:
        control = Control(server)
        review = example(project, server, "ci-ephemeral")
        for key, value in {"repository": "acme/shop", "number": "42", "commit": "one"}.items():
            review.set_config(key, value)
        with Daytona(DaytonaConfig(api_url=server.api_url, api_key=server.api_key)) as client:
            review.up()
            [first] = client.list()
            review.set_config("commit", "two")
            review.up("--refresh")
            [second] = client.list()
            assert ["acme-shop-pr-42"] * 2 == [first.name, second.name]
            assert ("two", True) == (
                second.process.exec("echo $COMMIT").result.strip(),
                first.id != second.id,
            )

            control.move_clock(DAY_S - 60)
            assert [second.id] == [box.id for box in client.list()]
            control.move_clock(60)
            wait_until_none(client)

            review.up("--refresh")
            [third] = client.list()
            assert ("acme-shop-pr-42", True) == (third.name, third.id != second.id)
            review.destroy("--refresh")
            assert [] == list(client.list())
        control.close()


def wait_until_none(client: Daytona) -> None:
    """Return when no sandbox is left."""
    deadline = time.monotonic() + 60
    while left := [sandbox.name for sandbox in client.list()]:
        assert time.monotonic() < deadline, f"still there: {left}"
        time.sleep(0.05)


def test_pool_for_evals_plots_how_long_a_command_took_in_twenty_sandboxes_and_leaves_none(
    project: MakeProject, server: LocalDaytona, client: Daytona, tmp_path: Path
) -> None:
    evals = example(project, server, "pool-for-evals")

    printed = run_script(evals, "evals.py", environment={"MPLCONFIGDIR": str(tmp_path / "matplotlib")})

    assert "plotted the durations of 20 sandboxes in durations.png" in printed
    picture = evals.program_folder / "durations.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert (400, 800) == imread(picture).shape[:2]
    assert [] == list(client.list())


def test_unit_tests_pass_without_an_engine(tmp_path: Path) -> None:
    folder = shutil.copytree(EXAMPLES / "unit-tests", tmp_path / "unit-tests")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=100,
        env={"PATH": os.defpath},
    )
    assert "2 passed" in done.stdout, done.stdout + done.stderr
