"""Build a Go program with the SDK that was generated for it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.toolchain import go_build
from tests.toolchain.errors import MissingError, SdkError

_SDK_MODULE = "pulumi-daytona.local/sdk/go"


def build_program(source: Path, sdk: Path, folder: Path) -> Path:
    """Copy a program into a folder, build it there with an SDK, and return the executable.

    Flags and versions are those that the engine is built with, so that Go finds what it has compiled already.

    Raises MissingError where no module proxy can be reached, and SdkError with what else Go says.
    """
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("go.sum", "Pulumi.*.yaml"))
    go = go_build.find_go()
    engine = [f"-require={go_build.ENGINE_MODULE}@{go_build.VERSION}", f"-replace={go_build.CLIPBOARD}"]
    _run([go, "mod", "edit", f"-replace={_SDK_MODULE}={sdk}", *engine], folder)
    _run([go, "build", "-mod=mod", "-trimpath", "-ldflags", "-s -w", "-o", "program", "."], folder)
    return folder / "program"


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode and go_build.is_offline(done.stderr):
        raise MissingError(f"build {folder}: {go_build.last_error(done.stderr)}")
    if done.returncode:
        raise SdkError(f"build {folder}:\n{done.stderr[-4000:]}")
