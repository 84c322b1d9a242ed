"""The command `pulumi-daytona` with the real engine and the real local server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from daytona_httpx import (
    CreateSandboxFromImageParams,
    CreateSandboxFromSnapshotParams,
    CreateSnapshotParams,
    Daytona,
    Image,
)
from daytona_local import LocalDaytona
from pulumi_daytona.core.ownership import CREATING, OWNER

from tests.engine.conftest import MakeProject
from tests.engine.project import FAILS, Project

pytestmark = pytest.mark.engine

TWO = """
    import pulumi
    from pulumi_daytona import Sandbox, Volume

    for name in ("kept", "lost"):
        Sandbox(name)
    Volume("data")
"""

ONE = """
    import pulumi
    from pulumi_daytona import Sandbox

    pulumi.export("id", Sandbox("kept").id)
"""


@pytest.fixture
def client(server: LocalDaytona) -> Iterator[Daytona]:
    with Daytona(api_url=server.api_url, api_key=server.api_key) as made:
        yield made
        for sandbox in made.list():
            sandbox.delete(wait=True)
        for volume in made.volume.list():
            made.volume.delete(volume)
        while made.volume.list():
            time.sleep(0.05)


@pytest.fixture
def environment(server: LocalDaytona) -> dict[str, str]:
    return {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}


@pytest.fixture
def two(project: MakeProject, environment: dict[str, str], client: Daytona) -> Project:
    made = project(TWO, environment=environment)
    made.up()
    return made


def command(
    project: Project, *arguments: str, status: int = 0, environment: Mapping[str, str] | None = None
) -> str:
    """Run `pulumi-daytona` in the project's folder and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "pulumi_daytona.cli", *arguments],
        cwd=project.program_folder,
        env={**project.full_environment, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert status == done.returncode, done.stdout + done.stderr
    return done.stdout + done.stderr


def in_json(project: Project, *arguments: str, status: int = 0) -> Any:
    return json.loads(command(project, *arguments, "--json", status=status))


def names(found: list[dict[str, Any]]) -> list[str]:
    return [entry["resource"] for entry in found]


def lose(project: Project, name: str) -> str:
    """Take a resource out of the state, and return its id."""
    resource = project.resources()[name]
    project.run("state", "delete", "--yes", resource["urn"])
    return str(resource["id"])


def test_sweep_removes_what_the_state_has_lost_and_nothing_else(
    two: Project, project: MakeProject, environment: dict[str, str], client: Daytona
) -> None:
    other = project(ONE, name="other", environment=environment)
    other.up()
    stranger = client.create(CreateSandboxFromSnapshotParams(name="stranger"))
    lost = lose(two, "lost")
    kept = {sandbox.id for sandbox in client.list()} - {lost}

    listed = in_json(two, "sweep", "--older-than", "0", status=3)
    assert [(lost, None)] == [(entry["id"], entry["outcome"]) for entry in listed["leftovers"]]
    assert [] == listed["kept"]

    assert "too young" in command(two, "sweep", "--yes")
    assert {*kept, lost} == {sandbox.id for sandbox in client.list()}

    assert "removed" in command(two, "sweep", "--older-than", "0", "--yes")
    assert kept == {sandbox.id for sandbox in client.list()}
    assert stranger.id in kept
    assert "Nothing is left over" in command(two, "sweep", "--older-than", "0", "--yes")
    assert ["same"] == two.preview().operations("kept")


def test_sweep_takes_volumes_only_when_told_to(two: Project, client: Daytona) -> None:
    lost = lose(two, "data")
    listed = in_json(two, "sweep", "--older-than", "0", "--yes")
    assert ([], ["data"]) == (names(listed["leftovers"]), names(listed["kept"]))
    assert [lost] == [volume.id for volume in client.volume.list()]
    command(two, "sweep", "--older-than", "0", "--volumes", "--yes")
    assert [] == client.volume.list()


def test_a_sweep_of_every_stack_leaves_what_another_backend_may_have(two: Project, client: Daytona) -> None:
    sandbox = client.get(lose(two, "lost"))
    foreign = sandbox.labels[OWNER].replace("::test::", "::elsewhere::")
    sandbox.set_labels({**sandbox.labels, OWNER: foreign, CREATING: "a.b"})
    listed = in_json(two, "sweep", "--all-stacks", "--older-than", "0", "--yes")
    assert ([], ["organization/elsewhere/dev"]) == (
        listed["leftovers"],
        [entry["stack"] for entry in listed["kept"]],
    )
    assert sandbox.id in [one.id for one in client.list()]


def test_what_a_renamed_stack_has_is_not_left_over_of_a_new_one_with_the_old_name(
    two: Project, client: Daytona
) -> None:
    before = {sandbox.id for sandbox in client.list()}
    two.run("stack", "rename", "renamed")
    two.run("stack", "init", "dev")
    listed = in_json(two, "sweep", "--stack", "dev", "--older-than", "0", "--yes")
    assert [] == listed["leftovers"]
    assert before == {sandbox.id for sandbox in client.list()}


def test_a_state_from_a_file_needs_no_engine(two: Project, client: Daytona, tmp_path: Path) -> None:
    lost = lose(two, "lost")
    file = tmp_path / "state.json"
    file.write_text(json.dumps(two.export()))
    options = ("--state", str(file), "--stack", "organization/test/dev", "--older-than", "0")
    bare = {"PATH": os.defpath}
    assert lost in command(two, "sweep", *options, "--json", status=3, environment=bare)
    assert "pulumi" in command(two, "sweep", "--yes", status=1, environment=bare)
    command(two, "sweep", *options, "--yes", environment=bare)
    assert lost not in [sandbox.id for sandbox in client.list()]


def test_what_can_t_be_read_ends_the_sweep(two: Project, client: Daytona, tmp_path: Path) -> None:
    for stack in ("nothing", "organization/test/nothing"):
        said = command(two, "sweep", "--stack", stack, "--older-than", "0", "--yes", status=1)
        assert 1 == len(said.splitlines())
        assert "no stack named" in said
    nowhere = {"PULUMI_BACKEND_URL": (tmp_path / "nowhere").as_uri()}
    said = command(two, "sweep", "--all-stacks", "--older-than", "0", "--yes", status=1, environment=nowhere)
    assert "list the stacks" in said
    assert 2 == len(list(client.list()))


def test_the_stack_s_configuration_says_where_to_sweep(
    project: MakeProject, server: LocalDaytona, client: Daytona
) -> None:
    stack = project(ONE)
    stack.set_config("daytona:apiKey", server.api_key, secret=True)
    stack.set_config("daytona:apiUrl", server.api_url)
    stack.up()
    lost = lose(stack, "kept")
    wrong = {"DAYTONA_API_KEY": "wrong", "DAYTONA_API_URL": "http://127.0.0.1:9/api"}
    command(stack, "sweep", "--older-than", "0", "--yes", environment=wrong)
    assert lost not in [sandbox.id for sandbox in client.list()]
    said = command(stack, "doctor", environment=wrong)
    assert "API key from daytona:apiKey of stack organization/test/dev" in said
    assert server.api_key not in said


def test_doctor_finds_everything_well(project: MakeProject, environment: dict[str, str]) -> None:
    found = in_json(project(ONE, environment=environment), "doctor")
    assert [] == [finding for finding in found["findings"] if finding["status"] != "ok"]


def test_the_program_that_import_writes_runs(
    project: MakeProject, environment: dict[str, str], client: Daytona, tmp_path: Path
) -> None:
    volume = client.volume.create("import-data")
    while client.volume.get("import-data").state != "ready":
        continue
    mount = {"volume_id": volume.id, "mount_path": "/data"}
    first = client.create(
        CreateSandboxFromSnapshotParams(
            name="first", labels={"team": "a"}, env_vars={"TOKEN": "hush"}, volumes=[mount]
        )
    )
    second = client.create(
        CreateSandboxFromImageParams(name="second", image=Image.base("daytona-local:default").env({"A": "b"}))
    )
    stack = project("", name="moved", environment=environment)
    (stack.program_folder / "__main__.py").unlink()

    found = in_json(stack, "import", "--out", ".")
    assert {first.id, second.id, volume.id} == {one["id"] for one in found["unowned"]}
    written = (stack.program_folder / "__main__.py").read_text()
    assert "hush" not in written
    for key in found["secrets"]:
        stack.set_config(key, "hush", secret=True)

    # The names are taken: the volume is taken over, nothing happens to the sandboxes.
    refused = " ".join(stack.up(status=FAILS).messages())
    assert "the name is taken" in refused
    assert {first.id, second.id} == {sandbox.id for sandbox in client.list()}
    assert [volume.id] == [one.id for one in client.volume.list()]

    first.delete(wait=True)
    second.delete(wait=True)
    stack.up()
    made = client.get("first")
    assert ("a", {"TOKEN": "hush"}, "/data") == (
        made.labels["team"],
        made.env,
        (made.volumes or [])[0].mount_path,
    )
    assert volume.id == stack.resources()["import-data"]["id"]
    assert ["same"] == stack.preview().operations("first")
    stack.run("state", "unprotect", "--all", "--yes")
    stack.destroy()
    assert ([], []) == (list(client.list()), client.volume.list())


def test_what_was_made_without_a_stack_is_taken_over_with_all_that_is_in_it(
    project: MakeProject, environment: dict[str, str], client: Daytona
) -> None:
    volume = client.volume.create("adopted-data")
    while client.volume.get("adopted-data").state != "ready":
        continue
    mount = {"volume_id": volume.id, "mount_path": "/data"}
    labels, env = {"team": "a"}, {"TOKEN": "hush"}
    params = CreateSandboxFromSnapshotParams(name="adopted", labels=labels, env_vars=env, volumes=[mount])
    made = client.create(params)
    made.fs.upload_file(b"kept", "/tmp/file")
    image = Image.base("daytona-local:default").env({"A": "b"})
    snapshot = client.snapshot.create(CreateSnapshotParams(name="adopted:1", image=image))
    stack = project("", name="taken", environment=environment)
    (stack.program_folder / "__main__.py").unlink()

    (key,) = in_json(stack, "import", "--adopt", "--out", ".")["secrets"]
    stack.set_config(key, "not the same", secret=True)
    assert "gives it another env" in " ".join(stack.up(status=FAILS).messages())
    stack.set_config(key, "hush", secret=True)
    stack.up()
    found = {name: resource["id"] for name, resource in stack.resources().items()}
    assert {"adopted": made.id, "adopted-data": volume.id, "adopted-1": snapshot.id} == found
    assert [made.id] == [sandbox.id for sandbox in client.list()]
    assert b"kept" == client.get(made.id).fs.download_file("/tmp/file")
    assert {"same": 4} == stack.preview().changes
    assert "Sandbox" not in [one["kind"] for one in in_json(stack, "import")["unowned"]]  # it has a mark
    stack.run("state", "unprotect", "--all", "--yes")
    stack.destroy()
    assert ([], []) == (list(client.list()), client.volume.list())
