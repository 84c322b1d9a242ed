"""A stack that the dynamic provider has made, moved to the native plugin by the real command and engine."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from daytona_httpx import Daytona, DaytonaConfig
from daytona_local import LocalDaytona

from tests.engine.conftest import MakeProject
from tests.engine.project import Project

pytestmark = pytest.mark.engine

PROGRAM = """
import pulumi
from pulumi_daytona import (
    EphemeralEnvironment, Sandbox, SandboxCommand, SandboxFile, SandboxPool, Secret, Volume, VolumeMount,
)

config = pulumi.Config()
token = config.require_secret("token")
data = Volume("data", name="data")
Secret("secret", value=token)
box = Sandbox(
    "box",
    labels={"my_team": config.get("team") or "a"},
    env={"MY_TOKEN": token},
    volumes=[VolumeMount(volume_id=data.id, mount_path=config.require_secret("place"))],
    opts=pulumi.ResourceOptions(protect=False, ignore_changes=["auto_stop_interval"]),
)
note = SandboxFile(
    "note", sandbox_id=box.id, path="/tmp/note", source=pulumi.StringAsset("hello"),
    opts=pulumi.ResourceOptions(parent=box),
)
quiet = SandboxFile("quiet", sandbox_id=box.id, path="/tmp/quiet", source={"text": token})
run = SandboxCommand(
    "run", sandbox_id=box.id, create="cat /tmp/note; echo $MORE", environment={"MORE": "more"},
    opts=pulumi.ResourceOptions(depends_on=[note, quiet]),
)
pool = SandboxPool("pool", count=1, auto_stop_interval=7)
EphemeralEnvironment("change", repository="acme/shop", number=42, auto_delete_interval=0)

pulumi.export("id", box.id)
pulumi.export("mounts", box.volumes)
pulumi.export("sha256", note.sha256)
pulumi.export("stdout", run.stdout)
pulumi.export("pool", pool.ids)
"""
MOVED = PROGRAM.replace("from pulumi_daytona import", "from pulumi_daytona.native import")


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona(runtime="process", transition_s=0) as running:
        yield running


@pytest.fixture
def client(server: LocalDaytona) -> Iterator[Daytona]:
    with Daytona(DaytonaConfig(api_url=server.api_url, api_key=server.api_key)) as made:
        yield made


@pytest.fixture
def stack(project: MakeProject, server: LocalDaytona) -> Project:
    made: Project = project(PROGRAM)
    made.set_config("token", "keep this quiet", secret=True)
    made.set_config("place", "/data", secret=True)
    made.set_config("daytona:apiUrl", server.api_url)
    made.set_config("daytona:apiKey", server.api_key, secret=True)
    return made


def migrate(project: Project, *arguments: str, status: int = 0) -> str:
    return command(project, "migrate", *arguments, status=status)


def drawn(project: Project) -> tuple[str, Any]:
    """Return the picture of the stack, and what is in it without what tells the front ends apart."""
    file = project.folder / "stack.svg"
    told = command(project, "graph", "--json", "--out", str(file))
    return file.read_text(), json.loads(told.replace("pulumi-python:dynamic/daytona:", "daytona:index:"))


def command(project: Project, *arguments: str, status: int = 0) -> str:
    """Run the command in the project's folder, and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "pulumi_daytona.cli", *arguments],
        cwd=project.program_folder,
        env=project.full_environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert status == done.returncode, done.stdout + done.stderr
    return done.stdout


def ids(project: Project) -> dict[str, str]:
    return {name: made["id"] for name, made in project.resources().items()}


def shown(server: LocalDaytona, *texts: str) -> list[str]:
    """Return the secrets that are in texts."""
    return [each for each in ("keep this quiet", server.api_key) if any(each in text for text in texts)]


def test_a_stack_moves_to_the_plugin_and_nothing_is_replaced(
    stack: Project, server: LocalDaytona, client: Daytona
) -> None:
    stack.up()
    before, outputs, kept = stack.export(), stack.outputs(), ids(stack)
    picture, told = drawn(stack)
    assert {"EphemeralEnvironment", "SandboxPool", "Sandbox"} <= {item["kind"] for item in told["items"]}
    assert [] == shown(server, picture, json.dumps(told))
    assert "would become the native plugin's" in migrate(stack, "--dry-run", status=3)
    assert (before, []) == (stack.export(), [*stack.program_folder.glob("*.json")])

    done = json.loads(migrate(stack, "--yes", "--json"))
    assert (True, len(kept)) == (done["done"], len(done["moves"]))
    backup = Path(done["backup"])
    assert (before, 0o600) == (json.loads(backup.read_text()), stat.S_IMODE(backup.stat().st_mode))
    assert [] == shown(server, backup.read_text(), json.dumps(stack.export()), json.dumps(done))
    again = json.loads(migrate(stack, "--yes", "--json"))
    assert ([], True, None) == (again["moves"], again["done"], again["backup"])

    stack.write(MOVED)
    preview = stack.preview()
    assert ({"same"}, kept) == ({*preview.changes}, ids(stack))
    assert {"same"} == {*stack.up().changes}
    assert (outputs, kept) == (stack.outputs(), ids(stack))
    assert told == drawn(stack)[1]
    assert "pulumi-python" not in json.dumps([one["type"] for one in all_of(stack)])
    refreshed = stack.refresh()
    assert {"same"} == {found for name in kept for found in refreshed.findings(name)}

    stack.set_config("team", "b")
    changed = stack.up()
    assert (["update"], 1) == (changed.operations("box"), changed.changes["update"])
    assert ("b", kept) == (client.get(kept["box"]).labels["my_team"], ids(stack))
    assert [] == shown(server, json.dumps(stack.export()))

    stack.destroy()
    assert ([], [], []) == ([*client.list()], client.volume.list(), client.secret.list().items)


def all_of(project: Project) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = project.export()["deployment"]["resources"]
    return found
