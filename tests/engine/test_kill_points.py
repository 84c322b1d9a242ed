"""Killed at every request and run again: the server holds exactly what the program says, and nothing else.

The provider is killed while the server holds its request, which is lost or, late, carried out all the same.
The test stands for the engine and keeps its state, with the dynamic provider and with the native plugin;
test_engine_kill_points.py kills the real one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams, Daytona, DaytonaConfig
from daytona_local import LocalDaytona, ManualClock
from pulumi_daytona.core import sweep
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.settings import Settings
from pulumi_daytona.core.sweep_states import StackState

from tests.engine.control import Control
from tests.engine.kill_points import COMMANDS, SOURCE, Command, Inputs, Point, points
from tests.engine.plugin_process import Plugin
from tests.engine.provider_process import KilledError, Provider, Stack, VerbError

pytestmark = pytest.mark.engine

STACK = "organization/test/dev"
LONG_S = 7 * 3600
Front = Callable[..., Any]
LEFT = {
    Point("create", 0, "late"): 0,
    Point("create", 1): 0,
    Point("create", 1, "late"): 1,
    Point("replace", 2, "late"): 0,
    Point("forced replace", 3, "late"): 1,
    Point("create a volume", 1, "late"): 1,
    Point("create a snapshot", 1, "late"): 1,
    Point("replace a snapshot", 1, "late"): 1,
    Point("take a snapshot", 4, "late"): 1,
}
"""How many a sweep finds, once the time to live of the others is over."""


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona(
        control=True, runtime="process", transition_s=0, blocking_s=30, clock=ManualClock()
    ) as running:
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


@pytest.fixture(params=[Provider, Plugin], ids=["dynamic", "plugin"])
def front(request: pytest.FixtureRequest) -> Front:
    """Return what starts a provider: the dynamic one's process, then the native plugin's."""
    found: Front = request.param
    return found


def stack_of(server: LocalDaytona, command: Command, front: Front) -> Stack:
    """Return a stack in which all is as the command finds it."""
    where = {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
    stack = Stack(command.kind, where, front)
    if command.kind == "SandboxSnapshot":
        with Daytona(DaytonaConfig(api_url=server.api_url, api_key=server.api_key)) as client:
            client.create(CreateSandboxFromSnapshotParams(name=SOURCE))
    if command.before is not None:
        stack.up(command.before)
    return stack


def kill(stack: Stack, control: Control, point: Point) -> None:
    """Run a command whose provider is killed at a request; return when the server is done with that."""
    command = COMMANDS[point.command]
    control.clear()
    control.fault(**point.fault)
    with pytest.raises(KilledError):
        stack.up(command.after, force=command.force, doomed=control.is_met)
    while point.of(control.requests()) <= point.skip:
        continue


def there(client: Daytona, kind: str) -> list[str]:
    """Return the ids of what the server holds, without what it always has."""
    if kind == "Sandbox":
        return [each.id for each in client.list()]
    if kind == "Volume":
        return [each.id for each in client.volume.list()]
    if kind == "Snapshot":
        return [each.id for each in client.snapshot.list().items if each.name.startswith("snap-")]
    if kind == "SandboxSnapshot":
        return [each.id for each in client.snapshot.list().items if each.name.startswith("shot-")]
    if kind == "Secret":
        return [each.id for each in client.secret.list().items]
    if kind == "ApiKey":
        return [each.name for each in client.api_keys.list() if each.name.startswith("key-")]
    if kind == "DockerRegistry":
        return [each.id for each in client.docker_registries.list() if each.name.startswith("hub-")]
    if kind == "WarmPool":
        return [each.id for each in client.warm_pool.list()]
    return [each.id for each in client.regions.list() if each.name.startswith("here-")]


def swept(server: LocalDaytona, stack: Stack) -> int:
    """Remove what `pulumi-daytona sweep` finds, and return how many that were."""
    state = StackState(STACK, frozenset(stack.ids), frozenset())
    session = Session(Settings(api_key=server.api_key, api_url=server.api_url))
    try:
        things = session.run(sweep.existing(session, datetime.now(UTC), volumes=True))
        found = sweep.plan(things, sweep.Scope([state], older_than_s=0, volumes=True, named=True)).leftovers
        outcomes = session.run(sweep.remove_all(session, found))
    finally:
        session.close()
    assert {sweep.Outcome.REMOVED} >= {outcome for outcome, _ in outcomes}
    return len(found)


def assert_is_there(stack: Stack, client: Daytona, inputs: Inputs | None, state: str = "started") -> None:
    """Hold that the server has exactly what the state has, and as the program says."""
    assert stack.ids == there(client, stack.kind)
    assert int(inputs is not None) == len(stack.ids)
    if stack.kind == "Sandbox" and inputs is not None:
        box = client.get(stack.ids[0])
        assert (state, inputs["labels"]["team"]) == (box.state, box.labels["team"])
        assert ("ttl_minutes" in inputs) == bool(box.auto_destroy_at)


def let_time_go(client: Daytona, control: Control) -> None:
    """Move the time on, until what has a time to live is gone, and the others have stopped by themselves."""
    control.move_clock(LONG_S)
    while any(box.auto_destroy_at or box.state != "stopped" for box in client.list()):
        continue


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_requests_is_whole(
    server: LocalDaytona, control: Control, front: Front, name: str
) -> None:
    command = COMMANDS[name]
    stack = stack_of(server, command, front)
    control.clear()
    stack.up(command.after, force=command.force)
    assert {*command.requests} == {*control.requests()}


@pytest.mark.parametrize("point", [*points()], ids=str)
def test_killed_at_a_request_and_run_again(
    server: LocalDaytona, client: Daytona, control: Control, front: Front, point: Point
) -> None:
    command = COMMANDS[point.command]
    stack = stack_of(server, command, front)
    kill(stack, control, point)

    stack.up(command.after, force=command.force)
    assert_is_there(stack, client, command.after)


def test_a_pool_that_the_engine_never_heard_of_is_taken_over_when_the_program_says_so(
    server: LocalDaytona, client: Daytona, control: Control, front: Front
) -> None:
    """A pool has neither name nor labels: nobody can tell whose one is that is there already."""
    command = COMMANDS["create a pool"]
    stack = stack_of(server, command, front)
    with pytest.raises(KilledError):
        stack.up(command.after, unanswered="create")

    with pytest.raises(VerbError, match="set adopt"):
        stack.up(command.after)
    adopting = {**(command.after or {}), "adopt": True}
    stack.up(adopting)
    assert_is_there(stack, client, adopting)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "create a pool"])
def test_killed_with_an_answer_that_the_engine_never_got(
    server: LocalDaytona, client: Daytona, control: Control, front: Front, name: str
) -> None:
    command = COMMANDS[name]
    stack = stack_of(server, command, front)
    with pytest.raises(KilledError):
        stack.up(command.after, force=command.force, unanswered=command.verb)

    stack.up(command.after, force=command.force)
    assert_is_there(stack, client, command.after)


@pytest.mark.parametrize(("point", "found"), LEFT.items(), ids=str)
def test_killed_in_a_create_and_then_destroyed(
    server: LocalDaytona, client: Daytona, control: Control, front: Front, point: Point, found: int
) -> None:
    """What nobody takes over ends by itself; what was complete already, `pulumi-daytona sweep` finds."""
    stack = stack_of(server, COMMANDS[point.command], front)
    kill(stack, control, point)

    stack.up(None)
    let_time_go(client, control)
    assert found == swept(server, stack)
    assert [] == there(client, stack.kind)


def test_killed_in_a_forced_replacement_and_run_again_without_force(
    server: LocalDaytona, client: Daytona, control: Control, front: Front
) -> None:
    """The engine sees no difference then, and asks for nothing: the second one ends by itself."""
    command = COMMANDS["forced replace"]
    stack = stack_of(server, command, front)
    kill(stack, control, Point("forced replace", 2, "late"))

    stack.up(command.after)
    assert 2 == len(there(client, "Sandbox"))
    let_time_go(client, control)
    assert_is_there(stack, client, command.after, state="stopped")
