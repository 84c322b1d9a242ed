"""Install the official Pulumi through the Automation API, giving up soon where its site can't be reached."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tests.toolchain.errors import EngineError

SITE = "https://get.pulumi.com/install.sh"
REACH_TIMEOUT_S = 5
REACH_LIMIT_S = 8  # name resolution has no timeout of its own
INSTALL_LIMIT_S = 300


def install(root: Path, say: Callable[[str], None]) -> None:
    """Install Pulumi below `root` (`root`/bin/pulumi).

    Raises EngineError when the site can't be reached within 8 s or the installation fails or exceeds 300 s.
    """
    if _run("reach", root, REACH_LIMIT_S) is not None:
        raise EngineError("the official Pulumi installer can't be reached")
    say("installing the official Pulumi: one download of about 150 MB")
    reason = _run("install", root, INSTALL_LIMIT_S)
    if reason is not None:
        raise EngineError(f"the official Pulumi installer failed ({reason})")


def _run(step: str, root: Path, limit_s: float) -> str | None:
    """Run one step in a process group of its own, so that its downloads end with it; return why it failed."""
    command = [sys.executable, "-m", __name__, step, str(root)]
    project = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        command,
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            _, errors = process.communicate(timeout=limit_s)
        except subprocess.TimeoutExpired:
            return f"no end after {limit_s:.0f} s"
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    lines = errors.strip().splitlines() or ["no reason given"]
    return lines[-1] if process.returncode else None


def _reach() -> None:
    with urllib.request.urlopen(SITE, timeout=REACH_TIMEOUT_S):
        pass


def _install(root: str) -> None:
    from pulumi.automation import PulumiCommand

    PulumiCommand.install(root=root)


if __name__ == "__main__":
    if sys.argv[1] == "reach":
        _reach()
    else:
        _install(sys.argv[2])
