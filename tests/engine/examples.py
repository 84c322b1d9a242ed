"""The examples of this project, each as its user would have it: a copy, with a stack."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from daytona_local import LocalDaytona

from tests.engine.conftest import MakeProject
from tests.engine.project import Project

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SCRIPT_LIMIT_S = 200


def example(project: MakeProject, server: LocalDaytona, name: str) -> Project:
    """Return a copy of an example's folder, with a stack."""
    made = project(
        "", name=name, environment={"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
    )
    ignored = shutil.ignore_patterns("__pycache__", "Pulumi.*.yaml")
    shutil.copytree(EXAMPLES / name, made.program_folder, ignore=ignored, dirs_exist_ok=True)
    return made


def run_script(made: Project, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
    """Run a Python script of an example in its environment, and return what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=made.program_folder,
        env={**made.full_environment, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=SCRIPT_LIMIT_S,
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout
