"""The command `pulumi-daytona`: its options, what it prints, and how it ends."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer
from daytona_httpx import CreateSandboxFromSnapshotParams, CreateSnapshotParams, Daytona, Sandbox
from daytona_local import LocalDaytona
from daytona_local.settings import DEFAULT_SNAPSHOT
from pulumi_daytona.cli import durations, output
from pulumi_daytona.core.ownership import OWNER, names_for
from pulumi_daytona.core.sweep_states import Owner

BOX = Owner("acme/shop/dev", "pulumi-python:dynamic/daytona:Sandbox", "box")
COMMAND = [sys.executable, "-m", "pulumi_daytona.cli"]


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona(control=True) as running:
        yield running


@pytest.fixture
def client(server: LocalDaytona) -> Iterator[Daytona]:
    headers = {"Authorization": f"Bearer {server.api_key}"}
    with Daytona(api_url=server.api_url, api_key=server.api_key) as made:
        yield made
    httpx.post(f"{server.url}/_local/reset", headers=headers).raise_for_status()


class Command:
    """Run the command in a folder of its own, without an engine on PATH."""

    def __init__(self, server: LocalDaytona, folder: Path) -> None:
        self.folder = folder
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("PULUMI", "DAYTONA"))
        }
        self.environment = {
            **kept,
            "PATH": os.defpath,
            "DAYTONA_API_URL": server.api_url,
            "DAYTONA_API_KEY": server.api_key,
        }

    def __call__(self, *arguments: str, status: int = 0, answer: str | None = None) -> tuple[str, str]:
        """Return what is printed and what is said beside it; an answer is typed at a terminal."""
        keyboard, terminal = pty.openpty() if answer is not None else (None, None)
        if keyboard is not None:
            os.write(keyboard, f"{answer}\n".encode())
        done = subprocess.run(
            [*COMMAND, *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL if terminal is None else terminal,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        for descriptor in (keyboard, terminal):
            if descriptor is not None:
                os.close(descriptor)
        assert status == done.returncode, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout, done.stderr

    def in_json(self, *arguments: str, status: int = 0) -> Any:
        printed, _ = self(*arguments, "--json", status=status)
        return json.loads(printed)


@pytest.fixture
def command(server: LocalDaytona, tmp_path: Path) -> Command:
    return Command(server, tmp_path)


@pytest.fixture
def state(tmp_path: Path) -> list[str]:
    """Return the options that sweep a stack whose state is empty."""
    file = tmp_path / "state.json"
    file.write_text('{"version": 3, "deployment": {"manifest": {}}}')
    return ["--state", str(file), "--stack", BOX.stack, "--older-than", "0"]


def lost(client: Daytona) -> Sandbox:
    params = CreateSandboxFromSnapshotParams(name=next(names_for(BOX.mark)), labels={OWNER: BOX.mark})
    return client.create(params)


def test_a_sweep_asks_and_removes_only_when_told_yes(
    command: Command, client: Daytona, state: list[str]
) -> None:
    made = lost(client)
    printed, _ = command("sweep", *state, status=3, answer="n")
    assert made.name in printed
    assert "Remove this 1 for good?" in printed
    assert [made.id] == [one.id for one in client.list()]
    printed, _ = command("sweep", *state, answer="y")
    assert f'Sandbox "{made.name}": removed' in printed
    assert [] == list(client.list())


def test_a_sweep_takes_a_snapshot_that_a_killed_create_left_and_none_that_a_person_named(
    command: Command, client: Daytona, state: list[str]
) -> None:
    owner = Owner(BOX.stack, "daytona:index:Snapshot", "base")
    for name in (next(names_for(owner.mark, "0123abcd")), "by-hand"):
        client.snapshot.create(CreateSnapshotParams(name=name, image=DEFAULT_SNAPSHOT))
    [left] = command.in_json("sweep", *state, "--yes")["leftovers"]
    assert ("Snapshot", "base", "removed") == (left["kind"], left["resource"], left["outcome"])
    assert {DEFAULT_SNAPSHOT, "by-hand"} == {one.name for one in client.snapshot.list().items}


def test_a_sweep_tells_scripts_what_was_done(command: Command, client: Daytona, state: list[str]) -> None:
    made = lost(client)
    found = command.in_json("sweep", *state, status=3)["leftovers"]
    assert [(made.id, "box", BOX.stack, None)] == [
        (one["id"], one["resource"], one["stack"], one["outcome"]) for one in found
    ]
    assert ["removed"] == [one["outcome"] for one in command.in_json("sweep", *state, "--yes")["leftovers"]]
    assert {"leftovers": [], "kept": []} == command.in_json("sweep", *state, "--yes")


def test_a_dry_run_removes_nothing_even_with_yes(command: Command, client: Daytona, state: list[str]) -> None:
    made = lost(client)
    command("sweep", *state, "--dry-run", "--yes", status=3)
    assert [made.id] == [one.id for one in client.list()]


def test_a_removal_that_fails_ends_with_1(
    command: Command, client: Daytona, state: list[str], server: LocalDaytona
) -> None:
    made = lost(client)
    fault = {"method": "DELETE", "path": f"/api/sandbox/{made.id}", "status": 403, "message": "not today"}
    headers = {"Authorization": f"Bearer {server.api_key}"}
    httpx.post(f"{server.url}/_local/faults", headers=headers, json=fault).raise_for_status()
    printed, _ = command("sweep", *state, "--yes", status=1)
    assert "failed: " in printed
    assert "not today" in printed


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 3, "deployment": null}', '{"deployment": {}}'])
def test_a_state_that_can_t_be_read_removes_nothing(
    command: Command, client: Daytona, state: list[str], tmp_path: Path, text: str
) -> None:
    made = lost(client)
    (tmp_path / "state.json").write_text(text)
    _, said = command("sweep", *state, "--yes", status=1)
    assert 1 == len(said.splitlines())
    assert f'pulumi-daytona: read the state of stack "{BOX.stack}"' in said
    assert [made.id] == [one.id for one in client.list()]


def test_no_state_file_and_no_engine_are_one_line_each(command: Command, state: list[str]) -> None:
    assert "can't be read" in command("sweep", "--state", "nothing", *state[2:], status=1)[1]
    assert "`pulumi` is not on PATH" in command("sweep", status=1)[1]


def test_names_can_t_steer_the_terminal(command: Command, client: Daytona, state: list[str]) -> None:
    owner = Owner(BOX.stack, BOX.type, "\x1b[31mbox[bold]")
    params = CreateSandboxFromSnapshotParams(name=next(names_for(owner.mark)), labels={OWNER: owner.mark})
    client.create(params)
    printed, _ = command("sweep", *state, status=3)
    assert "?[31mbox[bold]" in printed
    assert "\x1b" not in printed


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["sweep", "--older-than", "soon"], "no duration"),
        (["sweep", "--state", "x"], "organization/project/stack"),
        (["sweep", "--all-stacks", "--stack", "x"], "neither --stack nor"),
        (["import", "--labels", "team"], "no label"),
        (["import", "--labels", "=a"], "no label"),
        (["nothing"], "nothing"),
    ],
)
def test_wrong_usage_ends_with_2(command: Command, arguments: list[str], words: str) -> None:
    _, said = command(*arguments, status=2)
    assert words in " ".join(said.split())


@pytest.mark.parametrize("name", ["sweep", "doctor", "import", "migrate", "graph"])
def test_the_help_says_how_it_ends(command: Command, name: str) -> None:
    assert "Exit status: 0" in " ".join(command(name, "--help")[0].split())


def test_doctor_ends_with_1_and_a_word_on_what_to_do(command: Command, server: LocalDaytona) -> None:
    printed, _ = command("doctor", status=1)  # there is no engine
    assert "error     engine: `pulumi` is not on PATH" in printed
    assert "install Pulumi" in printed
    assert "ok        credentials: API key from DAYTONA_API_KEY" in printed
    assert server.api_key not in printed


def test_doctor_tells_scripts_the_same(command: Command, server: LocalDaytona) -> None:
    found = command.in_json("doctor", status=1)
    assert found["ok"] is False
    assert ["engine"] == [one["check"] for one in found["findings"] if one["status"] == "error"]
    assert {"check", "status", "detail", "advice"} == set(found["findings"][0])
    assert server.api_key not in json.dumps(found)


def test_doctor_without_a_key_still_tells_whether_the_api_is_there(command: Command) -> None:
    del command.environment["DAYTONA_API_KEY"]
    found = {one["check"]: one["status"] for one in command.in_json("doctor", status=1)["findings"]}
    assert ("error", "ok", "ok") == (found["credentials"], found["reachability"], found["clock"])


@pytest.mark.parametrize(
    ("url", "check"), [("http://127.0.0.1:9/api", "reachability"), ("ftp://x", "credentials")]
)
def test_doctor_with_a_wrong_url_says_which_part_is_wrong(command: Command, url: str, check: str) -> None:
    command.environment["DAYTONA_API_URL"] = url
    findings = command.in_json("doctor", status=1)["findings"]
    assert check in [one["check"] for one in findings if one["status"] == "error"]


def test_import_lists_and_writes_only_when_told_where(
    command: Command, client: Daytona, tmp_path: Path
) -> None:
    made = client.create(CreateSandboxFromSnapshotParams(name="box", env_vars={"TOKEN": "hush"}))
    printed, _ = command("import")
    assert made.id in printed
    assert "--out" in printed
    assert [] == list(tmp_path.iterdir())

    found = command.in_json("import", "--out", "new/folder")
    program, file = (Path(name) for name in found["written"])
    assert ["box-TOKEN"] == found["secrets"]
    assert "hush" not in (tmp_path / program).read_text()
    imported = json.loads((tmp_path / file).read_text())
    assert [{"type": "daytona:index:Sandbox", "name": "box", "id": made.id}] == imported["resources"]
    assert "can't import through the engine" in found["how"]


def test_import_says_whether_sandboxes_are_taken_over(
    command: Command, client: Daytona, tmp_path: Path
) -> None:
    client.create(CreateSandboxFromSnapshotParams(name="box"))
    assert "refuses the sandboxes" in command.in_json("import", "--out", "plain")["how"]
    assert (
        "takes over volumes, snapshots and sandboxes"
        in command.in_json("import", "--adopt", "--out", "a")["how"]
    )
    texts = [(tmp_path / folder / "__main__.py").read_text() for folder in ("plain", "a")]
    assert [False, True] == ["adopt=True,\n" in text for text in texts]


def test_import_overwrites_nothing(command: Command, client: Daytona, tmp_path: Path) -> None:
    (tmp_path / "daytona-import.json").write_text("mine")
    _, said = command("import", "--out", ".", status=1)
    assert "exists already" in said
    assert ["daytona-import.json"] == [file.name for file in tmp_path.iterdir()]


def test_import_narrows_by_labels(command: Command, client: Daytona) -> None:
    for name, team in (("a", "x"), ("b", "y")):
        client.create(CreateSandboxFromSnapshotParams(name=name, labels={"team": team}))
    assert ["a"] == [one["name"] for one in command.in_json("import", "-l", "team=x")["unowned"]]


def test_colours_are_left_out_where_they_are_not_wanted(command: Command) -> None:
    command.environment["FORCE_COLOR"] = "1"
    assert "\x1b[32m" in command("doctor", status=1)[0]
    command.environment["NO_COLOR"] = "1"
    assert "\x1b[3" not in command("doctor", status=1)[0]


def test_the_command_alone_imports_nothing_heavy() -> None:
    program = (
        "import sys; import pulumi_daytona.cli.app\n"
        "print(sorted({'httpx', 'pydantic', 'pulumi', 'grpc', 'daytona_httpx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.strip()


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("30m", 1800), ("2h", 7200), ("1.5h", 5400), ("7d", 604800), ("0", 0)]
)
def test_durations_are_read(text: str, seconds: float) -> None:
    assert seconds == durations.seconds_of(text)


@pytest.mark.parametrize("text", ["", "2", "h", "-1h", "2 h", "1h30m", "nan"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(typer.BadParameter):
        durations.seconds_of(text)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, "?"), (0, "0s"), (59.9, "59s"), (60, "1m"), (7300, "2h"), (90_000, "1d"), (-5, "-5s")],
)
def test_ages_are_told_in_their_largest_unit(seconds: float | None, text: str) -> None:
    assert text == durations.duration(seconds)


def test_what_isn_t_printable_is_replaced() -> None:
    assert "a?b?c?" == output.clean("a\x1bb\nc\u202e")
