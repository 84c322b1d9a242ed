"""Fixtures: the command on a data folder, and a server that it finds there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams

from tests.unit.daytona_local.cli.commands import Cli, Here, serving_here


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Cli:
    """Return the command on an empty data folder."""
    return Cli(capsys, tmp_path / "data")


@pytest.fixture(scope="session")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Here]:
    """Return a server for tests that leave it as it is: `box` runs, `halted` doesn't."""
    with serving_here(tmp_path_factory.mktemp("cli") / "data") as served:
        served.client.create(CreateSandboxFromSnapshotParams(name="box", labels={"team": "a"}))
        served.client.create(CreateSandboxFromSnapshotParams(name="halted")).stop()
        yield served


@pytest.fixture
def served(capsys: pytest.CaptureFixture[str], here: Here) -> Cli:
    """Return the command on that server's data folder."""
    return Cli(capsys, here.folder)
