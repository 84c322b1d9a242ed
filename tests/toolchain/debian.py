"""Install Debian's packages where that can be done without asking; else say what their lack means."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path


def can_install() -> bool:
    """Tell whether packages are installed here without asking: by root, on a machine with apt."""
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def ensure(packages: Mapping[str, str], without: Mapping[str, str], why: str) -> None:
    """Install the packages of those programs that are missing, each if it can be had.

    `packages` has the package of each program, `without` what it means when that is missing, and `why` says
    what it is done for.
    """
    missing = [program for program in packages if not (shutil.which(program) or Path(program).is_file())]
    if sys.platform != "linux" or not missing:
        return
    if not can_install():
        for program in missing:
            print(f"{packages[program]} is missing, so {without[program]}; install it with your packages")
        return
    _install([packages[program] for program in missing], why)


def _install(packages: list[str], why: str) -> None:
    print(f"Installing {' and '.join(packages)} with apt-get, {why}", flush=True)
    if _apt("update", "-qq"):
        for package in packages:  # each alone: one that isn't to be had keeps no other away
            _apt("install", "-y", "-qq", "--no-install-recommends", package)


def _apt(*arguments: str) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    words = ["apt-get", *arguments]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        print(f"{' '.join(words)} failed: {reason}")
    return done.returncode == 0
