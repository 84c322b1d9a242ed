"""`pulumi-daytona migrate`: what it asks the engine, in which order, and what it leaves alone."""

from __future__ import annotations

import json
import os
import pty
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

STAND_IN = """#!{python}
import json, pathlib, sys
folder = pathlib.Path({folder!r})
asked = " ".join(sys.argv[1:])
if asked.startswith("stack --show-name"):
    print("acme/shop/dev")
elif asked.startswith("stack export"):
    states = sorted(folder.glob("state*.json"))
    print(states[0].read_text())
    if len(states) > 1 and "--show-secrets" in asked:
        states[0].unlink()
elif asked.startswith("stack import"):
    (folder / "imported.json").write_text(sys.stdin.read())
    sys.exit((folder / "refuse").exists() and "error: no room")
"""
URN = "urn:pulumi:dev::shop::pulumi-python:dynamic/daytona:Volume::data"


def state(**more: Any) -> dict[str, Any]:
    volume = {"urn": URN, "custom": True, "id": "v-1", "type": "pulumi-python:dynamic/daytona:Volume"}
    return {"version": 3, "deployment": {"manifest": {}, "resources": [volume], **more}}


class Command:
    """Run the command in a folder of its own, with a stand-in for the engine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "project"
        self.engine = folder / "engine"
        for each in (self.folder, self.engine):
            each.mkdir()
        pulumi = self.engine / "pulumi"
        pulumi.write_text(STAND_IN.format(python=sys.executable, folder=str(self.engine)))
        pulumi.chmod(0o700)
        self.put("state.json", state())

    def put(self, name: str, value: Mapping[str, Any]) -> None:
        (self.engine / name).write_text(json.dumps(value))

    @property
    def imported(self) -> list[str]:
        """Return the types of what was written."""
        file = self.engine / "imported.json"
        return [one["type"] for one in json.loads(file.read_text())["deployment"]["resources"]]

    @property
    def is_untouched(self) -> bool:
        return not (self.engine / "imported.json").exists() and [] == [*self.folder.iterdir()]

    def __call__(self, *arguments: str, status: int = 0, answer: str | None = None) -> tuple[str, str]:
        """Return what is printed and what is said beside it; an answer is typed at a terminal."""
        keyboard, terminal = pty.openpty()
        os.write(keyboard, f"{answer}\n".encode())
        done = subprocess.run(
            [sys.executable, "-m", "pulumi_daytona.cli", "migrate", *arguments],
            cwd=self.folder,
            env={**os.environ, "PATH": f"{self.engine}{os.pathsep}{os.defpath}"},
            stdin=subprocess.DEVNULL if answer is None else terminal,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        for descriptor in (keyboard, terminal):
            os.close(descriptor)
        assert status == done.returncode, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout, done.stderr


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path)


def test_it_shows_asks_and_writes_only_when_told_yes(command: Command) -> None:
    printed, _ = command(status=3, answer="n")
    assert "daytona:index:Volume" in printed
    assert 'Write this to the state of stack "acme/shop/dev"?' in printed
    assert command.is_untouched

    printed, _ = command(answer="y")
    assert "from pulumi_daytona.native import" in printed
    assert ["pulumi:providers:daytona", "daytona:index:Volume"] == command.imported
    [backup] = command.folder.iterdir()
    assert (state(), 0o600) == (json.loads(backup.read_text()), stat.S_IMODE(backup.stat().st_mode))


@pytest.mark.parametrize("options", [("--dry-run", "--yes"), ("--json",), ()])
def test_nothing_is_written_that_nobody_agreed_to(command: Command, options: tuple[str, ...]) -> None:
    command(*options, status=3)
    assert command.is_untouched


def test_scripts_are_told_what_was_moved(command: Command) -> None:
    told = json.loads(command("--yes", "--json")[0])
    assert [("Volume", "data", "v-1", URN)] == [
        (one["kind"], one["name"], one["id"], one["urn"]) for one in told["moves"]
    ]
    assert (True, True) == (told["done"], Path(told["backup"]).is_file())


def test_a_state_that_changes_after_it_was_shown_is_not_written(command: Command) -> None:
    (command.engine / "state.json").rename(command.engine / "state-1.json")
    command.put("state-2.json", state(metadata={"other": True}))
    _, said = command("--yes", status=1)
    assert "its state has changed meanwhile; look at it again" in said
    assert command.is_untouched


def test_a_write_that_the_engine_refuses_is_one_line_that_says_where_the_state_is(command: Command) -> None:
    (command.engine / "refuse").touch()
    _, said = command("--yes", status=1)
    [backup] = command.folder.iterdir()
    assert (1, True, True) == (len(said.splitlines()), "no room" in said, backup.name in said)


def test_a_state_with_nothing_of_ours_is_left_alone(command: Command) -> None:
    command.put("state.json", {"version": 3, "deployment": {"resources": []}})
    assert "Nothing is left to move" in command("--yes")[0]
    assert command.is_untouched
