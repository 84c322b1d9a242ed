"""A process that goes on running in a sandbox: ready, seen when it ends, and started again."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from daytona_httpx import AsyncSandbox
from pulumi_daytona.core.check import check
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.inside.running import Running
from pulumi_daytona.core.inside.scripts import Script
from pulumi_daytona.core.operation import pauses
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.resources.sandbox_session import SandboxSessionVerbs
from pulumi_daytona.core.unknown import UNKNOWN

from tests.unit.pulumi_daytona.resources.in_box import destroy, failures, new_box, next_run, said
from tests.unit.pulumi_daytona.resources.stack import Stack

pytestmark = pytest.mark.anyio

SESSION = definition_of("SandboxSession")
SLOW = "echo $$ >>/tmp/started; sleep 0.3; touch /tmp/ready; exec sleep 1000"
LISTEN = "import socket,time; s = socket.create_server(('127.0.0.1', {port})); time.sleep(1000)"


async def starts(box: AsyncSandbox) -> int:
    """Return how often the slow process was started."""
    return int(await said(box, "wc -l </tmp/started"))


async def alive(box: AsyncSandbox) -> bool:
    """Tell whether the process that was started last runs."""
    return "yes" == await said(box, "kill -0 $(tail -n 1 /tmp/started) 2>/dev/null && echo yes")


def slow(box: AsyncSandbox, **given: Any) -> dict[str, Any]:
    return {"sandbox_id": box.id, "command": SLOW, "ready_command": "test -e /tmp/ready", **given}


def name_of(stack: Stack, box: AsyncSandbox) -> str:
    """Return the name that the session gets without one of its own."""
    verbs: SandboxSessionVerbs = SESSION.verbs  # type: ignore[assignment]
    return verbs.name_of(SESSION.inputs.model_validate(stack.inputs(SESSION, "it", slow(box))))


async def test_it_is_ready_when_its_command_says_so(stack: Stack) -> None:
    box = await new_box(stack)
    made = await stack.up(SESSION, **slow(box))
    assert (True, None) == (made.state["running"], made.state["exit_code"])
    assert "ready" == await said(box, "test -e /tmp/ready && echo ready")
    assert [made.state["session_id"]] == [each.session_id for each in await box.process.list_sessions()]
    assert await alive(box)


async def test_it_is_ready_when_something_listens_on_its_port(stack: Stack) -> None:
    box = await new_box(stack)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = LISTEN.format(port=port)
    made = await stack.up(
        SESSION, sandbox_id=box.id, command=command, interpreter=["python3", "-c"], ready_port=port
    )
    assert made.state["running"] is True
    connect = f"python3 -c \"import socket; socket.create_connection(('127.0.0.1', {port})); print('there')\""
    assert "there" == await said(box, connect)
    await destroy(stack)


async def test_one_that_ends_before_it_is_ready_is_one_clear_line_and_leaves_nothing(stack: Stack) -> None:
    box = await new_box(stack)
    command = "echo about to fail; echo $TOKEN >&2; exit 7"
    with pytest.raises(ProviderError, match=r"it ended with 7 and was never ready: \[secret\]"):
        await stack.up(
            SESSION,
            sandbox_id=box.id,
            command=command,
            ready_command="false",
            environment={"TOKEN": "quiet"},
        )
    assert [] == await box.process.list_sessions()


async def test_one_that_is_never_ready_is_ended_and_shows_the_end_of_its_log(stack: Stack) -> None:
    box = await new_box(stack)
    given = slow(box, command="echo waiting; exec sleep 77", ready_command="false", ready_timeout=0.4)
    with pytest.raises(ProviderError, match=r"not ready after 0.4 s; .* it last wrote: waiting"):
        await stack.up(SESSION, **given)
    assert "" == await said(box, "pgrep -f 'sleep 7[7]'")


async def test_nothing_is_asked_where_nothing_has_changed(stack: Stack) -> None:
    box = await new_box(stack)
    await stack.up(SESSION, **slow(box))
    await stack.refresh()
    stack.transport.requests.clear()
    await stack.up(SESSION, **slow(box))
    assert [] == stack.transport.requests


@pytest.mark.parametrize(
    "change", [{"command": SLOW + " "}, {"environment": {"A": "b"}}, {"dir": "/tmp"}, {"triggers": [1]}]
)
async def test_what_it_needs_starts_it_anew_when_it_changes(stack: Stack, change: dict[str, Any]) -> None:
    box = await new_box(stack)
    await stack.up(SESSION, **slow(box))
    changed = await stack.up(SESSION, **slow(box, **change))
    assert changed.state["running"] is True
    assert 2 == await starts(box)
    assert 1 == len(await box.process.list_sessions())


async def test_another_readiness_is_waited_for_without_a_new_start(stack: Stack) -> None:
    box = await new_box(stack)
    await stack.up(SESSION, **slow(box))
    await stack.up(SESSION, **slow(box, ready_command="test -e /tmp"))
    assert 1 == await starts(box)


async def test_a_process_that_runs_survives_a_readiness_that_fails(stack: Stack) -> None:
    box = await new_box(stack)
    await stack.up(SESSION, **slow(box))
    with pytest.raises(ProviderError, match="not ready after"):
        await stack.up(SESSION, **slow(box, ready_command="false", ready_timeout=0.2))
    assert (1, True) == (await starts(box), await alive(box))


async def test_a_restarted_sandbox_has_lost_it_and_the_next_up_starts_it_again(stack: Stack) -> None:
    box = await new_box(stack)
    await stack.up(SESSION, **slow(box))
    await box.stop()
    stopped = await stack.refresh()
    assert stopped is not None
    assert stopped.state["running"] is False
    with pytest.raises(ProviderError, match=r'is stopped; set state="started" on it'):
        await stack.up(SESSION, **slow(box))
    await box.start()
    await stack.up(SESSION, **slow(box))
    assert (2, True) == (await starts(box), await alive(box))
    assert stack.resources["it"].state["running"] is True


@pytest.mark.parametrize("end", ["kill $(tail -n 1 /tmp/started)", "delete the session"])
async def test_one_that_has_ended_is_seen_and_started_again(stack: Stack, end: str) -> None:
    box = await new_box(stack)
    made = await stack.up(SESSION, **slow(box))
    if end.startswith("kill"):
        await said(box, end)
        async for _ in pauses():
            if (await box.process.get_session(made.state["session_id"])).commands[0].exit_code is not None:
                break
    else:
        await box.process.delete_session(made.state["session_id"])
    seen = await stack.refresh()
    assert seen is not None
    assert seen.state["running"] is False
    await stack.up(SESSION, **slow(box))
    assert (2, True) == (await starts(box), await alive(box))


async def test_a_create_that_was_broken_off_goes_on_with_the_process_that_was_started(stack: Stack) -> None:
    box = await new_box(stack)
    await Running(box, name_of(stack, box), Script(SLOW)).begin()  # and then the provider was killed
    await stack.up(SESSION, **slow(box))
    assert (1, True) == (await starts(box), await alive(box))


@pytest.mark.parametrize("left", ["an empty session", "exit 1", "sleep 77"])
async def test_what_another_create_has_left_under_its_name_makes_place(stack: Stack, left: str) -> None:
    box = await new_box(stack)
    if left == "an empty session":
        await box.process.create_session(name_of(stack, box))
    else:
        await Running(box, name_of(stack, box), Script(left)).begin()
    await stack.up(SESSION, **slow(box))
    assert (1, True) == (await starts(box), await alive(box))
    assert "" == await said(box, "pgrep -f 'sleep 7[7]'")


async def test_destroying_it_ends_it_and_one_that_is_gone_is_a_success(stack: Stack) -> None:
    box = await new_box(stack)
    await stack.up(SESSION, **slow(box))
    await destroy(stack)
    assert not await alive(box)
    assert "" == await said(box, "ls -d /tmp/.pulumi-daytona-* 2>/dev/null")
    made = await stack.up(SESSION, **slow(box))
    await box.process.delete_session(made.state["session_id"])
    await destroy(stack)
    await stack.up(SESSION, **slow(box))
    await box.delete(wait=True)
    await destroy(stack)


async def test_another_sandbox_gets_a_process_of_its_own(stack: Stack) -> None:
    first, second = await new_box(stack), await new_box(stack)
    await stack.up(SESSION, **slow(first))
    next_run(stack)
    await stack.up(SESSION, **slow(second))
    assert (False, True) == (await alive(first), await alive(second))


@pytest.mark.parametrize(
    ("inputs", "property_", "words"),
    [
        ({"command": ""}, "command", "needs a command line"),
        ({"name": "a/b"}, "name", "needs letters, digits"),
        ({"name": "entrypoint"}, "name", "needs letters, digits"),
        ({"ready_port": 0}, "ready_port", "greater than or equal to 1"),
        ({"ready_port": 65536}, "ready_port", "less than or equal to 65535"),
        ({"ready_timeout": -1}, "ready_timeout", "greater than or equal to 0"),
        ({"environment": {"": "x"}}, "environment", "can't be a variable's name"),
    ],
)
def test_what_is_wrong_is_refused_on_its_property(inputs: dict[str, Any], property_: str, words: str) -> None:
    assert words in failures(SESSION, **{"sandbox_id": "b", "command": "x", **inputs})[property_]


def test_what_is_unknown_passes() -> None:
    given = {"sandbox_id": UNKNOWN, "command": UNKNOWN, "ready_port": UNKNOWN, "environment": UNKNOWN}
    assert given == check(SESSION, given).inputs


async def test_a_forced_replacement_leaves_it_running(stack: Stack) -> None:
    box = await new_box(stack)
    await stack.up(SESSION, **slow(box))
    next_run(stack)
    await stack.replace()
    assert await alive(box)
