"""The pytest plugin: a stack of its own for a test, which the real engine runs against the test's Daytona.

pytest loads it for whoever has this package installed, so nothing is imported before it is asked for.
"""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pulumi import automation

_INSTALL = "install Pulumi (https://www.pulumi.com/docs/install) and put it on PATH"


@pytest.fixture
def pulumi_stack(daytona_environment: dict[str, str]) -> Iterator[automation.Stack]:
    """Return an empty stack: `pulumi_stack.up(program=declare)`, and `preview`, `refresh`, `destroy`.

    It is Pulumi's `automation.Stack`, in a private folder with a backend and a passphrase of its own; nothing
    of the user's own Pulumi is changed. What it still has when the test has ended is destroyed.
    """
    if shutil.which("pulumi") is None:
        pytest.fail(f"pulumi_stack: `pulumi` is not on PATH; {_INSTALL}", pytrace=False)
    with tempfile.TemporaryDirectory(prefix="pulumi-daytona-") as folder:
        stack = _made_or_failed(Path(folder), daytona_environment)
        yield stack
        _destroy(stack)


def _made_or_failed(folder: Path, daytona: Mapping[str, str]) -> automation.Stack:
    """Return a new stack; why there is none is one line."""
    from pulumi.automation.errors import CommandError, InvalidVersionError

    try:
        return _made(folder, daytona)
    except (CommandError, InvalidVersionError, OSError, subprocess.SubprocessError) as error:
        reason = f"{shutil.which('pulumi')} makes no stack: {_last_words(str(error))}"
        pytest.fail(f"pulumi_stack: {reason}; {_INSTALL}", pytrace=False)


def _made(folder: Path, daytona: Mapping[str, str]) -> automation.Stack:
    from pulumi import automation

    work_dir = folder / "program"
    work_dir.mkdir()
    options = automation.LocalWorkspaceOptions(
        work_dir=str(work_dir), env_vars={**_environment(folder), **daytona}
    )
    return automation.create_stack("test", project_name="test", program=_nothing, opts=options)


def _environment(folder: Path) -> dict[str, str]:
    """Return what keeps a stack's engine to a folder, and to the Python that the tests run in."""
    home, state = folder / "home", folder / "state"
    home.mkdir()
    state.mkdir()
    plugins = Path(os.environ.get("PULUMI_HOME") or Path.home() / ".pulumi") / "plugins"
    if plugins.is_dir():
        (home / "plugins").symlink_to(plugins)  # else each stack would download the user's others anew
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        "PULUMI_PYTHON_CMD": sys.executable,
        "PULUMI_HOME": str(home),
        "PULUMI_BACKEND_URL": state.resolve().as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": secrets.token_hex(16),
        "PULUMI_SKIP_UPDATE_CHECK": "true",
    }


def _nothing() -> None:
    """Declare nothing: the program of a stack that was given none."""


def _destroy(stack: automation.Stack) -> None:
    from pulumi.automation.errors import CommandError

    try:
        if (stack.export_stack().deployment or {}).get("resources"):
            stack.destroy()
    except CommandError as error:
        reason = _last_words(str(error))
        pytest.fail(f"pulumi_stack: destroy what the test made: {reason}; remove it by hand", pytrace=False)


def _last_words(text: str) -> str:
    """Return the engine's reason in one line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    reasons = [line.partition("error: ")[2] for line in lines if "error: " in line]
    return (reasons or lines or ["pulumi failed without a reason"])[-1]
