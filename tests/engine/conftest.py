"""Fixtures that run the real Pulumi engine, by its command line and through the Automation API."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from daytona_httpx import Daytona, DaytonaConfig
from daytona_local import LocalDaytona
from pulumi import automation

from tests.engine.project import Project
from tests.toolchain.engine import Engine, find_engine
from tests.toolchain.environment import engine_environment

MakeProject = Callable[..., Project]
MakeStack = Callable[..., automation.Stack]


@pytest.fixture(scope="session")
def engine() -> Engine:
    """Return the engine that is in place; never builds one inside the tests."""
    seen: list[str] = []
    found = find_engine(seen.append)
    if found is None:
        pytest.fail("; ".join(["no Pulumi engine is in place: run `make engine`", *seen]), pytrace=False)
    return found


@pytest.fixture
def project(engine: Engine, tmp_path: Path) -> MakeProject:
    """Make a project driven by the command line: `project(program, name=..., environment={...})`."""

    def make(program: str, *, name: str = "test", environment: Mapping[str, str] | None = None) -> Project:
        made = Project(engine, tmp_path / name, name=name, environment=environment or {})
        made.init()
        made.write(program)
        return made

    return make


@pytest.fixture
def inline_stack(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeStack:
    """Make a stack with an inline program: `inline_stack(program, name=..., environment={...})`."""

    def make(
        program: automation.PulumiFn, *, name: str = "inline", environment: Mapping[str, str] | None = None
    ) -> automation.Stack:
        for leftover in [key for key in os.environ if key.startswith(("PULUMI_", "DAYTONA_"))]:
            monkeypatch.delenv(leftover)
        settings = {**engine_environment(engine, tmp_path / name / "pulumi"), **(environment or {})}
        monkeypatch.setenv("PATH", settings["PATH"])  # the Automation API looks for `pulumi` itself
        folder = tmp_path / name / "program"
        folder.mkdir(parents=True)
        options = automation.LocalWorkspaceOptions(work_dir=str(folder), env_vars=settings)
        return automation.create_stack("dev", project_name=name, program=program, opts=options)

    return make


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    """Return a local server, as a user starts it; a module that needs another has its own."""
    with LocalDaytona() as running:
        yield running


@pytest.fixture
def client(server: LocalDaytona) -> Iterator[Daytona]:
    """Return a client of the server; the sandboxes that a test leaves are removed."""
    with Daytona(DaytonaConfig(api_url=server.api_url, api_key=server.api_key)) as made:
        yield made
        for sandbox in made.list():
            sandbox.delete(wait=True)
