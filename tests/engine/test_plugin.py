"""The real engine with the native plugin and the real local server."""

from __future__ import annotations

import json
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams, Daytona, DaytonaConfig
from daytona_local import LocalDaytona

from tests.engine.conftest import MakeProject
from tests.engine.control import Control
from tests.engine.project import FAILS, Project

pytestmark = pytest.mark.engine

PROVIDER = Path(__file__).parents[2] / "provider"

CLASSES = """
import pulumi

class Provider(pulumi.ProviderResource):
    def __init__(self, name, **inputs):
        super().__init__("daytona", name, inputs)

class Sandbox(pulumi.CustomResource):
    def __init__(self, resource_name, opts=None, **inputs):
        outputs = {"name": None, "labels": None}
        super().__init__("daytona:index:Sandbox", resource_name, {**outputs, **inputs}, opts)

config = pulumi.Config()
"""

PROGRAM = (
    CLASSES
    + """
box = Sandbox(
    "box",
    labels=config.get_object("labels") or {"team": "a", "auto_stop": "kept"},
    autoStopInterval=config.get_int("autoStop"),
    env={"GREETING": config.get("greeting") or "hi"},
)
pulumi.export("id", box.id)
pulumi.export("name", box.name)
pulumi.export("labels", box.labels)
"""
)

TWO_ACCOUNTS = (
    CLASSES
    + """
for name in ("first", "second"):
    account = Provider(name, apiUrl=config.require(f"{name}Url"), apiKey=config.require(f"{name}Key"))
    Sandbox(f"box-{name}", pulumi.ResourceOptions(provider=account))
"""
)

THEIRS = (
    CLASSES
    + """
name = config.require("theirs")
kept = Sandbox("kept", pulumi.ResourceOptions(import_=name), name=name, labels={"a": "1"}, env={"A": "b"})
read = Sandbox("read", pulumi.ResourceOptions(id=config.get("read") or name))
pulumi.export("ids", [kept.id, read.id])
"""
)


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona(control=True, blocking_s=0.0) as running:
        yield running


@pytest.fixture
def control(server: LocalDaytona) -> Iterator[Control]:
    made = Control(server)
    made.clear()
    yield made
    made.clear()
    made.close()


@pytest.fixture
def box(project: MakeProject, server: LocalDaytona, client: Daytona) -> Project:
    variables = {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
    return project(PROGRAM, environment=variables)


def test_a_sandbox_s_whole_life(box: Project, client: Daytona, server: LocalDaytona) -> None:
    assert ["create"] == box.preview().operations("box")
    assert [] == [*client.list()]

    box.up()
    made = client.get(box.outputs()["id"])
    assert ("started", "a") == (made.state, made.labels["team"])
    assert made.name == box.outputs()["name"]
    assert ["same"] == box.preview().operations("box")

    box.set_config("labels", json.dumps({"team": "b"}))
    assert ["update"] == box.up().operations("box")
    assert "b" == client.get(made.id).labels["team"]
    assert {"team": "b"} == box.outputs()["labels"]

    assert ["same"] == box.refresh().findings("box")
    assert ["same"] == box.preview().operations("box")
    assert server.api_key not in json.dumps(box.export())

    box.destroy()
    assert [] == [*client.list()]


def test_a_sandbox_that_failed_is_in_the_state_and_the_next_up_replaces_it(
    box: Project, client: Daytona, control: Control
) -> None:
    control.fault(step="boot", reason="no room")
    errors = " ".join(box.up(status=FAILS).messages())
    assert "no room" in errors
    assert "Traceback" not in errors
    failed = box.resources()["box"]
    assert [failed["id"]] == [sandbox.id for sandbox in client.list()]
    assert 1 == len(failed["initErrors"])

    box.up()
    assert [box.outputs()["id"]] == [sandbox.id for sandbox in client.list()]
    assert failed["id"] != box.outputs()["id"]
    assert ["same"] == box.preview().operations("box")
    box.destroy()


def test_an_interrupted_up_keeps_what_it_has_made_and_the_next_one_goes_on(
    box: Project, client: Daytona, control: Control
) -> None:
    control.fault(method="GET", path="/api/sandbox/*", hold=True)
    started = box.start("up", "--yes", "--skip-preview")
    deadline = time.monotonic() + 60
    while not control.is_met():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    output, errors = started.communicate(timeout=60)
    assert started.returncode != 0
    assert "cancelled; run pulumi up again" in output + errors
    [left] = [sandbox.id for sandbox in client.list()]
    assert left == box.resources()["box"]["id"]

    assert ["update"] == box.up().operations("box")
    assert ([left], "started") == ([each.id for each in client.list()], client.get(left).state)
    box.destroy()


def test_several_accounts_in_one_program(project: MakeProject, server: LocalDaytona, client: Daytona) -> None:
    with (
        LocalDaytona() as other,
        Daytona(DaytonaConfig(api_url=other.api_url, api_key=other.api_key)) as others,
    ):
        stack = project(TWO_ACCOUNTS)
        for name, each in (("first", server), ("second", other)):
            stack.set_config(f"{name}Url", each.api_url)
            stack.set_config(f"{name}Key", each.api_key, secret=True)
        stack.up()
        assert [1, 1] == [len([*each.list()]) for each in (client, others)]
        again = stack.preview()
        assert [["same"], ["same"]] == [again.operations(f"box-{name}") for name in ("first", "second")]
        state = json.dumps(stack.export())
        assert [] == [each.api_key for each in (server, other) if each.api_key in state]
        stack.destroy()
        assert [0, 0] == [len([*each.list()]) for each in (client, others)]


def test_what_exists_is_imported_and_read_by_its_name(
    project: MakeProject, server: LocalDaytona, client: Daytona
) -> None:
    made = client.create(
        CreateSandboxFromSnapshotParams(name="theirs", labels={"a": "1"}, env_vars={"A": "b"})
    )
    variables = {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
    stack = project(THEIRS, environment=variables)
    stack.set_config("theirs", "theirs")
    assert ["import"] == stack.up().operations("kept")
    assert [made.id, "theirs"] == stack.outputs()["ids"]  # what is only read keeps the id of the program
    assert ["same"] == stack.preview().operations("kept")
    stack.set_config("read", "nobody")
    assert "does not exist" in " ".join(stack.preview(status=FAILS).messages())


def test_a_missing_key_is_the_engine_s_own_error(project: MakeProject) -> None:
    stack = project(PROGRAM)
    errors = " ".join(stack.preview(status=FAILS).messages())
    assert 'missing required configuration key "daytona:apiKey"' in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("source", ["command", "folder"])
def test_the_cli_reads_the_schema_of_the_plugin(project: MakeProject, tmp_path: Path, source: str) -> None:
    stack = project(CLASSES)
    command, folder = Path(sys.executable).parent / "pulumi-resource-daytona", tmp_path / "provider"
    shutil.copytree(PROVIDER, folder, ignore=shutil.ignore_patterns("__pycache__", ".venv", "venv"))
    place = command if source == "command" else folder
    schema = json.loads(stack.run("package", "get-schema", str(place)).output)
    assert ("daytona", True) == (schema["name"], "daytona:index:Sandbox" in schema["resources"])
