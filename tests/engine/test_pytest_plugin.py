"""The example of the pytest plugins, from wheels in an environment of its own; the stack of a live run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Mapping
from pathlib import Path

import pytest
from daytona_httpx import Daytona
from daytona_local import LocalDaytona

from tests.engine.examples import EXAMPLES
from tests.toolchain.engine import Engine

pytestmark = pytest.mark.engine

pytest_plugins = ["pytester"]

ROOT = EXAMPLES.parent
LIMIT_S = 240
WHERE = "import daytona_local, pulumi_daytona; print(daytona_local.__file__, pulumi_daytona.__file__)"

LEAVING = """
    from pulumi_daytona import Sandbox

    def test_it(pulumi_stack):
        pulumi_stack.up(program=lambda: Sandbox("ours") and None)
        assert False, "a failing test leaves nothing either"
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment with the wheels; what they need is this environment's."""
    folder = tmp_path_factory.mktemp("installed")
    wheels, python = folder / "wheels", folder / "venv" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--isolated"]
    run(
        [
            *pip,
            "wheel",
            "--no-deps",
            "--no-index",
            "--no-build-isolation",
            "--wheel-dir",
            str(wheels),
            "./sdk",
            "./provider",
        ],
        ROOT,
    )
    venv.create(folder / "venv", symlinks=True)
    made = [str(wheel) for wheel in wheels.glob("*.whl")]
    run([*pip, "--python", str(python), "install", "--no-index", "--no-deps", *made], folder)
    # Of a folder that is named here, Python does not follow the links to this source tree.
    packages = next((folder / "venv").glob("lib/python*/site-packages"))
    (packages / "what-they-need.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python


def run(
    command: list[str], folder: Path, environment: Mapping[str, str] | None = None, status: int = 0
) -> str:
    """Run a command without the user's settings, expecting its exit status, and return what it printed."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("PULUMI_", "DAYTONA_"))
    }
    done = subprocess.run(
        command,
        cwd=folder,
        env={**inherited, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=LIMIT_S,
    )
    assert status == done.returncode, done.stdout
    return done.stdout


def path_of(engine: Engine) -> str:
    """Return the PATH of a user who has installed Pulumi."""
    return os.pathsep.join([str(engine.bin), os.environ.get("PATH", os.defpath)])


def test_the_example_passes_in_parallel_with_the_wheels_in_an_environment_of_its_own(
    installed: Path, engine: Engine, tmp_path: Path
) -> None:
    for place in run([str(installed), "-c", WHERE], tmp_path).split():
        assert Path(place).is_relative_to(installed.parents[1])
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
