"""Install the built wheels into an environment of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.toolchain.distributions import FOLDERS, LIMIT_S, Distribution

_WHERE = "import daytona_local, pulumi_daytona; print(daytona_local.__file__, pulumi_daytona.__file__)"


def install(distributions: Iterable[Distribution], folder: Path, needs: Path) -> Path:
    """Make an environment with the wheels, and return its Python.

    Args:
        distributions: What was built.
        folder: Where to make it.
        needs: The folder of packages, such as another environment's, that has what they need.
    """
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "--isolated"]
    wheels = [str(one.wheel) for one in distributions]
    command = [*pip, "--python", str(python), "install", "--no-index", "--no-deps", *wheels]
    subprocess.run(command, cwd=folder, check=True, timeout=LIMIT_S)
    # Of a folder that is named here, Python does not follow the links to a source tree.
    packages = next(folder.glob("lib/python*/site-packages"))
    (packages / "what-they-need.pth").write_text(f"{needs}\n")
    return python


def link_what_they_need(folder: Path) -> Path:
    """Fill a folder with the packages that the distributions say they need, from this environment."""
    folder.mkdir()
    here = Path(sysconfig.get_path("purelib"))
    for name in _closure({"daytona-httpx[local]", "pulumi-daytona"}) - FOLDERS.keys():
        tops = {file.parts[0] for file in metadata.files(name) or ()} - {"..", "__pycache__"}
        for top in tops:
            if not (folder / top).exists():  # several share a folder such as google
                (folder / top).symlink_to(here / top)
    return folder


def _closure(requirements: Iterable[str]) -> set[str]:
    """Return the names of the requirements and of all that they need in turn."""
    left, seen = [*map(Requirement, requirements)], set[str]()
    while left:
        asked = left.pop()
        if str(asked) in seen:
            continue
        seen.add(str(asked))
        needs = map(Requirement, metadata.requires(asked.name) or ())
        left += [one for one in needs if _applies(one, {"", *asked.extras})]
    return {canonicalize_name(Requirement(one).name) for one in seen}


def _applies(requirement: Requirement, extras: set[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras)


def assert_installed(python: Path, folder: Path) -> None:
    """Hold that an environment has the packages themselves, and not a source tree's."""
    for place in run([str(python), "-c", _WHERE], folder).split():
        assert Path(place).is_relative_to(python.parents[1])


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
