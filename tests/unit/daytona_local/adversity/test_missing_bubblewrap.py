"""Bubblewrap that is missing, that may not work, or that goes away while sandboxes run."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams, DaytonaBadRequestError

from tests.unit.daytona_local.adversity.conftest import Serving, refused_to_serve

ADVICE = "install bubblewrap, or use --runtime process, which does not isolate"


def path_of(programs: Path, bubblewrap: str | None) -> dict[str, str]:
    """Return the environment of a machine with these programs besides a few; None is without bubblewrap."""
    programs.mkdir()
    for name in ("sh", "env", "true"):
        (programs / name).symlink_to(shutil.which(name) or name)
    if bubblewrap is not None:
        (programs / "bwrap").write_text(f"#!/bin/sh\n{bubblewrap}\n")
        (programs / "bwrap").chmod(0o755)
    return {**os.environ, "PATH": str(programs)}


@pytest.mark.parametrize(
    ("bubblewrap", "reason"),
    [
        (None, "bubblewrap is not installed"),
        (
            "echo 'bwrap: setting up uid map: Permission denied' >&2; exit 1",
            "bwrap: setting up uid map: Permission denied",
        ),
    ],
)
def test_a_server_does_not_begin_and_says_what_to_install(
    tmp_path: Path, bubblewrap: str | None, reason: str
) -> None:
    env = path_of(tmp_path / "programs", bubblewrap)
    expected = f"daytona-local: sandboxes can't be isolated: {reason}; {ADVICE}"
    assert expected == refused_to_serve(tmp_path / "data", env=env)


def test_the_process_runtime_needs_none(tmp_path: Path, serving: Serving) -> None:
    env = path_of(tmp_path / "programs", None)
    with (
        serving(tmp_path / "data", "--runtime", "process", env=env) as server,
        server.client() as client,
    ):
        assert "here\n" == client.create().process.exec("echo here").result
        assert [] == server.lines()


def test_what_can_not_start_without_it_fails_and_what_runs_goes_on(tmp_path: Path, serving: Serving) -> None:
    env = path_of(tmp_path / "programs", f'exec {shutil.which("bwrap")} "$@"')
    bubblewrap = tmp_path / "programs" / "bwrap"
    with serving(tmp_path / "data", env=env) as server, server.client() as client:
        first = client.create()
        bubblewrap.rename(tmp_path / "away")
        with pytest.raises(DaytonaBadRequestError, match="failed to start: ") as failed:
            client.create(CreateSandboxFromSnapshotParams(name="second"))
        assert "bwrap" in str(failed.value)
        assert "\n" not in str(failed.value)
        assert "here\n" == first.process.exec("echo here").result
        (tmp_path / "away").rename(bubblewrap)
        client.get("second").delete(wait=True)
        client.create(CreateSandboxFromSnapshotParams(name="second"))
        assert [] == server.lines()
