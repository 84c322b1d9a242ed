"""The native plugin and the real engine: what is imported, cut short or late, and how that is repaired."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator

import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams, Daytona, DaytonaConfig
from daytona_local import LocalDaytona

from tests.engine.conftest import MakeProject
from tests.engine.control import Control
from tests.engine.project import FAILS, Project

pytestmark = pytest.mark.engine

PROGRAM = """
import pulumi
from pulumi_daytona.native import Sandbox

config = pulumi.Config()
limit = config.get("limit")
box = Sandbox(
    "box",
    name=config.get("name"),
    labels=config.get_object("labels"),
    auto_stop_interval=config.get_int("minutes"),
    opts=pulumi.ResourceOptions(custom_timeouts=pulumi.CustomTimeouts(create=limit) if limit else None),
)
"""
IMPORT = ("import", "--yes", "--skip-preview", "--generate-code=false", "--protect=false")


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona(control=True, runtime="process", transition_s=0, blocking_s=0.0) as running:
        yield running


@pytest.fixture
def client(server: LocalDaytona) -> Iterator[Daytona]:
    with Daytona(DaytonaConfig(api_url=server.api_url, api_key=server.api_key)) as made:
        yield made


@pytest.fixture
def control(server: LocalDaytona) -> Iterator[Control]:
    made = Control(server)
    made.reset()
    yield made
    made.close()


@pytest.fixture
def stack(project: MakeProject, server: LocalDaytona, control: Control) -> Project:
    variables = {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
    made: Project = project(PROGRAM, environment=variables)
    return made


@pytest.mark.parametrize("by", ["id", "name"])
def test_pulumi_import_takes_what_exists_and_the_program_that_says_it_changes_nothing(
    stack: Project, client: Daytona, by: str
) -> None:
    params = CreateSandboxFromSnapshotParams(name="theirs", labels={"a_b": "1"}, auto_stop_interval=60)
    made = client.create(params)
    stack.run(*IMPORT, "daytona:index:Sandbox", "box", getattr(made, by))
    assert made.id == stack.resources()["box"]["id"]

    for key, value in (("name", "theirs"), ("labels", '{"a_b": "1"}'), ("minutes", "60")):
        stack.set_config(key, value)
    assert ["same"] == stack.preview().operations("box")
    stack.set_config("minutes", "30")
    assert ["update"] == stack.up().operations("box")
    assert [(made.id, 30)] == [(each.id, each.auto_stop_interval) for each in client.list()]
    stack.destroy()
    assert [] == [*client.list()]


def test_what_is_not_there_can_not_be_imported(stack: Project) -> None:
    done = stack.run(*IMPORT, "daytona:index:Sandbox", "box", "nobody", status=FAILS)
    assert "does not exist" in done.output + done.errors
    assert {} == stack.resources()


def test_an_interrupt_in_the_midst_of_a_create_ends_at_once_and_the_next_up_has_exactly_one(
    stack: Project, client: Daytona, control: Control
) -> None:
    control.fault(method="POST", path="/api/sandbox", hold=True)  # carried out when nobody waits any more
    started = stack.start("up", "--yes", "--skip-preview")
    give_up_at = time.monotonic() + 60
    while not control.is_met():
        assert time.monotonic() < give_up_at
        time.sleep(0.05)
    started.send_signal(signal.SIGINT)
    output, errors = started.communicate(timeout=60)
    assert started.returncode != 0
    assert "cancelled; run pulumi up again" in output + errors
    assert {} == stack.resources()

    stack.up()
    assert [stack.resources()["box"]["id"]] == [each.id for each in client.list()]
    stack.destroy()
    assert [] == [*client.list()]


def test_a_create_that_is_late_is_repaired_in_place_and_its_custom_timeout_kept(
    stack: Project, client: Daytona, control: Control
) -> None:
    stack.set_config("limit", "5s")
    control.fault(method="GET", path="/api/sandbox/*", hold=True, count=0)
    failed = stack.up(status=FAILS)
    assert "not done within 5 s; raise customTimeouts.create" in " ".join(failed.messages())
    control.clear()
    late = stack.resources()["box"]
    assert ([late["id"]], 5, 1) == (
        [each.id for each in client.list()],
        late["customTimeouts"]["create"],
        len(late["initErrors"]),
    )

    assert ["update"] == stack.up().operations("box")
    box = stack.resources()["box"]
    assert (late["id"], 5, None) == (box["id"], box["customTimeouts"]["create"], box.get("initErrors"))
    assert [(late["id"], "started")] == [(each.id, each.state) for each in client.list()]
    assert ["same"] == stack.preview().operations("box")
    assert "Traceback" not in json.dumps(failed.events)
    stack.destroy()
