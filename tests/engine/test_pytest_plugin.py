"""The example of the pytest plugins, from wheels in an environment of its own; the stack of a live run."""

from __future__ import annotations

import os
import shutil
import sysconfig
from pathlib import Path

import pytest
from daytona_httpx import Daytona
from daytona_local import LocalDaytona

from tests.engine.examples import EXAMPLES
from tests.toolchain.distributions import Distribution
from tests.toolchain.engine import Engine
from tests.toolchain.installed import assert_installed, install, run

pytestmark = pytest.mark.engine

pytest_plugins = ["pytester"]


LEAVING = """
    from pulumi_daytona import Sandbox

    def test_it(pulumi_stack):
        pulumi_stack.up(program=lambda: Sandbox("ours") and None)
        assert False, "a failing test leaves nothing either"
"""


@pytest.fixture(scope="module")
def installed(distributions: list[Distribution], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment with the wheels; what they need is this environment's."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    return install(distributions, folder, Path(sysconfig.get_path("purelib")))


def path_of(engine: Engine) -> str:
    """Return the PATH of a user who has installed Pulumi."""
    return os.pathsep.join([str(engine.bin), os.environ.get("PATH", os.defpath)])


def test_the_example_passes_in_parallel_with_the_wheels_in_an_environment_of_its_own(
    installed: Path, engine: Engine, tmp_path: Path
) -> None:
    assert_installed(installed, tmp_path)
    ignored = shutil.ignore_patterns("__pycache__", "Pulumi.*.yaml")
    folder = shutil.copytree(EXAMPLES / "testing", tmp_path / "testing", ignore=ignored)
    home = tmp_path / "home"
    home.mkdir()

    printed = run(
        [str(installed), "-m", "pytest", "-n", "2"], folder, {"PATH": path_of(engine), "HOME": str(home)}
    )

    assert "4 passed" in printed
    assert [] == list(home.iterdir())  # nothing of the user's own Pulumi is touched


def test_the_stack_of_a_failed_test_on_a_live_account_is_destroyed(
    engine: Engine, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", path_of(engine))
    with LocalDaytona() as server, Daytona(api_key=server.api_key, api_url=server.api_url) as client:
        monkeypatch.setenv("DAYTONA_API_KEY", server.api_key)
        monkeypatch.setenv("DAYTONA_API_URL", server.api_url)
        theirs = client.create()
        pytester.makepyfile(LEAVING)

        done = pytester.runpytest_subprocess(
            "--daytona-live", "-p", "no:cacheprovider", "-p", "no:schemathesis"
        )

        done.assert_outcomes(failed=1)
        done.stdout.fnmatch_lines(["*a failing test leaves nothing either*"])
        assert [theirs.id] == [sandbox.id for sandbox in client.list()]
