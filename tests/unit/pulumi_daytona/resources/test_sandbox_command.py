"""Commands in a sandbox: run when they should, with all they need, and what they say is kept."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from pulumi_daytona.core.check import check
from pulumi_daytona.core.diff import diff
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.inside.running import Running
from pulumi_daytona.core.inside.scripts import Script
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.resources.sandbox_command import SandboxCommandVerbs
from pulumi_daytona.core.traits import Change
from pulumi_daytona.core.unknown import UNKNOWN

from tests.unit.pulumi_daytona.resources.in_box import destroy, failures, new_box, said
from tests.unit.pulumi_daytona.resources.stack import Stack

pytestmark = pytest.mark.anyio

COMMAND = definition_of("SandboxCommand")
LEFT = "ls -d /tmp/.pulumi-daytona-* 2>/dev/null"


def name_of(stack: Stack, given: dict[str, Any]) -> str:
    """Return the name of a command in its sandbox."""
    verbs: SandboxCommandVerbs = COMMAND.verbs  # type: ignore[assignment]
    return verbs.name_of(COMMAND.inputs.model_validate(stack.inputs(COMMAND, "it", given)))


async def ended(stack: Stack, **given: Any) -> tuple[str, str, int]:
    """Return what the resource's state tells of its last command."""
    state = (await stack.up(COMMAND, **given)).state
    return state["stdout"], state["stderr"], state["exit_code"]


async def test_output_errors_and_exit_code_are_kept_apart(stack: Stack) -> None:
    box = await new_box(stack)
    assert ("out", "err", 0) == await ended(stack, sandbox_id=box.id, create="echo out; echo err >&2")
    assert [] == await box.process.list_sessions()
    assert "" == await said(box, LEFT)


async def test_it_gets_its_folder_variables_input_and_interpreter(stack: Stack) -> None:
    box = await new_box(stack)
    await said(box, "mkdir -p '/tmp/a b'")
    text = 'it\'s "quoted" $HOME `id` \\ \n second line'
    given: dict[str, Any] = {
        "create": "import os,sys; print(os.getcwd(), os.environ['V'], sys.stdin.read(), sep='|', end='')",
        "dir": "/tmp/a b",
        "environment": {"V": text},
        "stdin": text + "\n",
        "interpreter": ["python3", "-c"],
    }
    assert (f"/tmp/a b|{text}|{text}", "", 0) == await ended(stack, sandbox_id=box.id, **given)


async def test_it_reads_nothing_where_no_input_is_given(stack: Stack) -> None:
    box = await new_box(stack)
    assert ("read: ", "", 0) == await ended(stack, sandbox_id=box.id, create='echo "read: $(cat)"')


async def test_a_command_that_fails_is_one_line_with_the_end_of_its_errors_and_no_secret(
    stack: Stack,
) -> None:
    box = await new_box(stack)
    given: dict[str, Any] = {
        "create": "for n in 1 2 3 4 5 6 7; do echo line $n >&2; done; echo $TOKEN >&2; exit 3",
        "environment": {"TOKEN": "very secret"},
    }
    with pytest.raises(ProviderError) as failed:
        await stack.up(COMMAND, sandbox_id=box.id, **given)
    text = str(failed.value)
    assert text.endswith(
        f"in sandbox {box.id}: the exit code is 3: line 4 | line 5 | line 6 | line 7 | [secret]"
    )
    assert {} == stack.resources
    assert [] == await box.process.list_sessions()


async def test_a_failure_that_is_allowed_is_a_result(stack: Stack) -> None:
    box = await new_box(stack)
    assert ("out", "", 4) == await ended(
        stack, sandbox_id=box.id, create="echo out; exit 4", allow_failure=True
    )


async def test_a_folder_that_is_not_there_is_said(stack: Stack) -> None:
    box = await new_box(stack)
    with pytest.raises(ProviderError, match=r"the exit code is 126: .*nowhere"):
        await stack.up(COMMAND, sandbox_id=box.id, create="true", dir="/nowhere")


async def test_a_command_that_takes_too_long_is_ended(stack: Stack) -> None:
    box = await new_box(stack)
    with pytest.raises(ProviderError, match=r"ended after 0.5 s; raise timeout, .* it last wrote: begun"):
        await stack.up(COMMAND, sandbox_id=box.id, create="echo begun; sleep 77", timeout=0.5)
    assert "" == await said(box, "pgrep -f 'sleep 7[7]'")


async def test_a_changed_input_runs_update_with_what_was_written_before(stack: Stack) -> None:
    box = await new_box(stack)
    given: dict[str, Any] = {
        "sandbox_id": box.id,
        "create": "echo made $V; echo err >&2",
        "update": 'echo "updated $V after $PULUMI_COMMAND_STDOUT $PULUMI_COMMAND_STDERR"',
    }
    assert ("made 1", "err", 0) == await ended(stack, **given, environment={"V": "1"})
    assert ("updated 2 after made 1 err", "", 0) == await ended(stack, **given, environment={"V": "2"})
    unaware = {**given, "add_previous_output_in_env": False}
    assert ("updated 3 after  ", "", 0) == await ended(stack, **unaware, environment={"V": "3"})


async def test_without_an_update_the_create_command_runs_again(stack: Stack) -> None:
    box = await new_box(stack)
    given = {"sandbox_id": box.id, "create": "echo $V >>/tmp/ran; cat /tmp/ran"}
    await stack.up(COMMAND, **given, environment={"V": "1"})
    assert ("1\n2", "", 0) == await ended(stack, **given, environment={"V": "2"})


async def test_a_changed_delete_or_timeout_runs_nothing(stack: Stack) -> None:
    box = await new_box(stack)
    given = {"sandbox_id": box.id, "create": "echo x >>/tmp/ran; cat /tmp/ran"}
    await stack.up(COMMAND, **given)
    assert ("x", "", 0) == await ended(stack, **given, delete="echo end >/tmp/end", timeout=60)
    await destroy(stack)
    assert "x end" == await said(box, "cat /tmp/ran /tmp/end | tr '\\n' ' '")


async def test_nothing_runs_where_nothing_has_changed(stack: Stack) -> None:
    box = await new_box(stack)
    given: dict[str, Any] = {"sandbox_id": box.id, "create": "true", "triggers": [1, "a", {"b": [True]}]}
    await stack.up(COMMAND, **given)
    await stack.refresh()
    stack.transport.requests.clear()
    await stack.up(COMMAND, **given)
    assert [] == stack.transport.requests


async def test_changed_triggers_run_create_and_then_delete(stack: Stack) -> None:
    box = await new_box(stack)
    given: dict[str, Any] = {
        "sandbox_id": box.id,
        "create": "echo create >>/tmp/ran",
        "delete": "echo delete >>/tmp/ran",
    }
    for trigger in ([1], [2], None):
        await stack.up(COMMAND, **given, triggers=trigger)
    ran = (await said(box, "cat /tmp/ran")).split()
    assert ["create", "create", "delete", "create", "delete"] == ran


async def test_delete_finds_what_was_written_before(stack: Stack) -> None:
    box = await new_box(stack)
    delete = 'echo "$PULUMI_COMMAND_STDOUT $V" >/tmp/end'
    await stack.up(COMMAND, sandbox_id=box.id, create="echo made", delete=delete, environment={"V": "v"})
    await destroy(stack)
    assert "made v" == await said(box, "cat /tmp/end")


async def test_a_stopped_or_deleted_sandbox_runs_no_delete(
    stack: Stack, caplog: pytest.LogCaptureFixture
) -> None:
    box = await new_box(stack)
    await stack.up(COMMAND, sandbox_id=box.id, create="true", delete="exit 1")
    await stack.up(COMMAND, "other", sandbox_id=box.id, create="true", delete="exit 1")
    await box.stop()
    await destroy(stack)
    assert "stays in sandbox" in caplog.text
    await box.delete(wait=True)
    await destroy(stack, "other")


async def test_a_restarted_sandbox_runs_nothing_again_and_another_one_does(stack: Stack) -> None:
    box = await new_box(stack)
    given = {"create": "echo x >>/tmp/ran; cat /tmp/ran"}
    await stack.up(COMMAND, sandbox_id=box.id, **given)
    await box.stop()
    await box.start()
    assert await stack.refresh() is not None
    assert ("x", "", 0) == await ended(stack, sandbox_id=box.id, **given)
    assert "x" == await said(box, "cat /tmp/ran")
    other = await new_box(stack)
    assert ("x", "", 0) == await ended(stack, sandbox_id=other.id, **given)
    assert "x" == await said(other, "cat /tmp/ran")


async def test_a_create_that_was_broken_off_is_found_running_and_not_started_again(stack: Stack) -> None:
    box = await new_box(stack)
    command = "echo x >>/tmp/ran; while ! test -e /tmp/go; do sleep 0.1; done; echo went"
    given = {"sandbox_id": box.id, "create": command}
    await Running(box, name_of(stack, given), Script(command)).begin()  # and then the provider was killed
    again = asyncio.create_task(stack.up(COMMAND, **given))
    await said(box, "while ! test -e /tmp/ran; do sleep 0.1; done; touch /tmp/go")
    assert "went" == (await again).state["stdout"]
    assert "x" == await said(box, "cat /tmp/ran")


async def test_what_another_create_has_left_running_is_ended(stack: Stack) -> None:
    box = await new_box(stack)
    given = {"sandbox_id": box.id, "create": "echo new"}
    await Running(box, name_of(stack, given), Script("sleep 77")).begin()
    assert ("new", "", 0) == await ended(stack, **given)
    assert "" == await said(box, "pgrep -f 'sleep 7[7]'")


async def test_a_lost_answer_starts_nothing_twice(stack: Stack) -> None:
    box = await new_box(stack)
    name = name_of(stack, {"sandbox_id": box.id, "create": "true"})
    await stack.up(COMMAND, sandbox_id=box.id, create="true")
    path = next(asked for asked in stack.transport.requests if f"/process/session/{name}/exec" in asked)
    stack.transport.lost[path] = 1
    await stack.up(COMMAND, sandbox_id=box.id, create="echo x >>/tmp/ran")
    assert 0 == stack.transport.lost[path]
    assert "x" == await said(box, "cat /tmp/ran")


async def test_no_secret_is_in_a_command_line_or_left_in_a_file(stack: Stack) -> None:
    box = await new_box(stack)
    seen = "cat /tmp/.pulumi-daytona-*/* /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '"
    stdout, _, _ = await ended(stack, sandbox_id=box.id, create=seen, environment={"V": "very-secret-word"})
    assert "cmdline" in stdout
    assert "very-secret-word" not in stdout


@pytest.mark.parametrize(
    ("inputs", "property_", "words"),
    [
        ({}, "create", "set at least one of create, update and delete"),
        ({"create": " "}, "create", "needs a command line, such as make install"),
        ({"create": "x", "environment": {"A-B": "x"}}, "environment", "'A-B' can't be a variable's name"),
        ({"create": "x", "interpreter": []}, "interpreter", "needs a program and its options"),
        ({"create": "x", "dir": "../x"}, "dir", "must not have .. in it"),
        ({"create": "x", "timeout": -1}, "timeout", "greater than or equal to 0"),
        ({"create": "x", "sandbox_id": "a/b"}, "sandbox_id", "needs the id of a sandbox"),
    ],
)
def test_what_is_wrong_is_refused_on_its_property(inputs: dict[str, Any], property_: str, words: str) -> None:
    assert words in failures(COMMAND, **{"sandbox_id": "b", **inputs})[property_]


def test_a_command_without_a_sandbox_is_refused() -> None:
    assert "is missing; give it: Id of the sandbox" in failures(COMMAND, create="x")["sandbox_id"]


def test_what_is_unknown_passes_and_an_unknown_trigger_replaces() -> None:
    given: dict[str, Any] = {
        "sandbox_id": UNKNOWN,
        "create": UNKNOWN,
        "environment": {"A": UNKNOWN},
        "interpreter": [UNKNOWN, "-c"],
        "triggers": [UNKNOWN],
    }
    assert given == check(COMMAND, given).inputs
    olds = {
        "sandbox_id": "b",
        "create": "x",
        "triggers": [1],
        "declared": ["create", "sandbox_id", "triggers"],
    }
    news = {"sandbox_id": "b", "create": "x", "triggers": [UNKNOWN]}
    assert {"triggers": Change.REPLACE} == diff(COMMAND, olds, news).changes
