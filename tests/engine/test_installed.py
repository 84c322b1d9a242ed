"""The quickstart's demo from the built wheels, in an environment that has only what they say they need."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.engine.examples import EXAMPLES
from tests.toolchain.distributions import Distribution
from tests.toolchain.engine import Engine
from tests.toolchain.installed import assert_installed, install, link_what_they_need, run
from tests.unit.docs.pages import BLOCKS
from tests.unit.docs.shown import is_printed

pytestmark = pytest.mark.engine


def test_the_demo_runs_from_wheels_and_what_they_need(
    engine: Engine, distributions: list[Distribution], tmp_path: Path
) -> None:
    needs = link_what_they_need(tmp_path / "needs")
    python = install(distributions, tmp_path / "venv", needs)
    assert_installed(python, tmp_path)
    assert {"httpx", "pulumi"} <= {each.name for each in needs.iterdir()}
    assert not {"pytest", "matplotlib", "mypy"} & {each.name for each in needs.iterdir()}
    path = os.pathsep.join([str(engine.bin), os.environ.get("PATH", os.defpath)])
    printed = run([str(python), str(EXAMPLES / "quickstart" / "demo.py")], tmp_path, {"PATH": path})
    assert "the command printed (exit code 0)" in printed
    [shown] = [
        block for block in BLOCKS if block.mark.endswith(Path(__file__).name) and block.language == "text"
    ]
    assert [] == [line for line in shown.text.splitlines() if not is_printed(line, printed)]
