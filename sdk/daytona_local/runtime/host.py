"""What this host has for isolated sandboxes: bubblewrap, what it can do, and a Python for the agent."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache

from daytona_local.runtime.base import RuntimeFailedError
from daytona_local.shortages import shortage

ADVICE = "install bubblewrap, or use --runtime process, which does not isolate"
TRIAL_S = 20
_LOOK = ("--ro-bind", "/", "/", "--proc", "/proc", "--", "/bin/true")


@dataclass(frozen=True)
class Bubblewrap:
    """Hold what is known of the program.

    Args:
        program: Where it is.
        binds_descriptors: Whether it mounts folders that are open already.
        ends_namespaces: Whether it keeps what is inside from making namespaces of its own.
    """

    program: str
    binds_descriptors: bool
    ends_namespaces: bool


@cache
def find_bubblewrap() -> Bubblewrap:
    """Return the program, after a trial.

    Raises:
        RuntimeFailedError: It is missing, or this host doesn't let it work.
    """
    program = shutil.which("bwrap")
    if program is None:
        raise RuntimeFailedError(f"sandboxes can't be isolated: bubblewrap is not installed; {ADVICE}")
    done = _run(program, "--unshare-user", "--unshare-pid", *_LOOK)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise RuntimeFailedError(f"sandboxes can't be isolated: {reason}; {ADVICE}")
    able = _run(program, "--help").stdout
    strict = ("--unshare-user", "--disable-userns", *_LOOK)
    ends = "--disable-userns" in able and _run(program, *strict).returncode == 0
    return Bubblewrap(program, "--bind-fd" in able, ends)


def find_python() -> tuple[str, str | None]:
    """Return the Python for the agent, and the folder to show inside when it isn't part of /usr."""
    if os.access("/usr/bin/python3", os.X_OK):
        return "/usr/bin/python3", None
    prefix = sys.base_prefix
    return f"{prefix}/bin/python{sys.version_info.major}.{sys.version_info.minor}", prefix


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(words, capture_output=True, text=True, timeout=TRIAL_S, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = shortage(error) or str(error)
        raise RuntimeFailedError(f"sandboxes can't be isolated: bubblewrap does not run: {reason}") from error
