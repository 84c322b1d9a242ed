"""The engine and all that it started killed at once, at a request; then `up` or `destroy` again.

The kill falls on a request that the server holds, so that it falls on the same one each time.
test_kill_points.py has more points and kinds, without an engine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import pytest
from daytona_httpx import Daytona, DaytonaConfig
from daytona_local import LocalDaytona
from daytona_local.settings import DEFAULT_SNAPSHOT

from tests.engine import programs
from tests.engine.conftest import MakeProject
from tests.engine.control import Control
from tests.engine.kill_points import COMMANDS, Point
from tests.engine.project import Project, kill_with_plugins

pytestmark = [pytest.mark.engine, pytest.mark.timeout(900)]  # many commands each; machines can be busy

UP = ("up", "--yes", "--skip-preview")
EACH_KIND = f"""
import pulumi
from pulumi_daytona import ApiKey, DockerRegistry, Secret, Snapshot, Volume

ApiKey("key", permissions=["write:sandboxes"])
DockerRegistry("registry", url="https://registry.example.org", username="u", password="p", project="x")
Secret("secret", value="x")
Snapshot("snapshot", image={DEFAULT_SNAPSHOT!r})
Volume("data")
"""
POINTS = {
    name: [Point(name, number) for number in range(len(COMMANDS[name].requests))]
    for name in ("create", "delete", "update", "replace", "forced replace")
}
DESTROY = ("destroy", "--yes", "--skip-preview")


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona(control=True, runtime="process", transition_s=0) as running:
        yield running


@pytest.fixture(scope="module")
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
def box(project: MakeProject, server: LocalDaytona, control: Control) -> Project:
    environment = {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
    return project(programs.SANDBOX, environment=environment)


def kill(stack: Project, control: Control, point: Point, command: Sequence[str]) -> None:
    """Run a command, kill it at a request, and free the stack of its lock."""
    control.clear()
    control.fault(**point.fault)
    process = stack.start(*command)
    while not control.is_met():
        assert process.poll() is None, f"never came to {point}"
    kill_with_plugins(process)
    while point.of(control.requests()) <= point.skip:
        continue
    control.clear()
    stack.cancel()


def assert_is_there(client: Daytona, point: Point) -> str:
    """Hold that there is one sandbox, complete, and return its id; a destroy will tell whose it is."""
    made = [(sandbox.state, sandbox.auto_destroy_at) for sandbox in client.list()]
    assert [("started", None)] == made, f"after {point}"
    return next(iter(client.list())).id


@pytest.mark.parametrize(("point", "gone"), [*zip(POINTS["create"], POINTS["delete"], strict=True)], ids=str)
def test_killed_in_a_create_and_in_a_destroy(
    box: Project, client: Daytona, control: Control, point: Point, gone: Point
) -> None:
    kill(box, control, point, UP)
    box.up()
    assert_is_there(client, point)

    kill(box, control, gone, DESTROY)
    box.destroy()
    assert [] == list(client.list()), f"after {gone}"


def test_killed_in_an_update(box: Project, client: Daytona, control: Control) -> None:
    box.up()
    box.set_config("public", "true")
    for point in POINTS["update"]:
        team = f"b{point.number}"
        labels = json.dumps({"team": team})
        kill(box, control, point, [*UP, "--config", "autoStop=60", "--config", f"labels={labels}"])
        box.up()
        assert_is_there(client, point)
        (found,) = client.list()
        assert (team, 60, True) == (found.labels["team"], found.auto_stop_interval, found.public), str(point)
        for reset in ("autoStop=15", "public=false"):
            box.run("config", "set", *reset.split("="))
        box.up()
        box.set_config("public", "true")
    box.destroy()
    assert [] == list(client.list())


@pytest.mark.parametrize("name", ["replace", "forced replace"])
def test_killed_in_a_replacement(box: Project, client: Daytona, control: Control, name: str) -> None:
    box.up()
    urn = box.resources()["box"]["urn"]
    for point in POINTS[name]:
        before = assert_is_there(client, point)
        options = ["--config", f"greeting={point.number}"] if name == "replace" else ["--replace", urn]
        kill(box, control, point, [*UP, *options])
        box.up(*options)
        assert before != assert_is_there(client, point), f"after {point}"
    box.destroy()
    assert [] == list(client.list())


def test_forced_replacements_of_every_kind_leave_one_of_each(
    project: MakeProject, server: LocalDaytona, client: Daytona, control: Control
) -> None:
    environment = {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
    stack = project(EACH_KIND, environment=environment)
    stack.up()
    made = stack.resources()
    replace = [word for each in made.values() for word in ("--replace", each["urn"])]
    stack.up(*replace)
    found = stack.refresh()
    assert {name: ["same"] for name in made} == {name: found.findings(name) for name in made}
    counts = (len(client.volume.list()), len(client.secret.list().items), len(client.snapshot.list().items))
    assert (1, 1, 2) == counts
    stack.destroy()
    assert [] == client.volume.list()
