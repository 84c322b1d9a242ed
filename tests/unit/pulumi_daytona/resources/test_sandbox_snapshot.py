"""Snapshots of a sandbox as it is: taken once, taken anew when asked for; nothing is lost or left over."""

from __future__ import annotations

import asyncio

import pytest
from daytona_httpx import AsyncSandbox
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.resources.sandbox import SANDBOX
from pulumi_daytona.core.resources.sandbox_snapshot import SANDBOX_SNAPSHOT
from pulumi_daytona.core.traits import Change

from tests.unit.pulumi_daytona.resources.in_box import failures, new_box, next_run, said
from tests.unit.pulumi_daytona.resources.stack import Stack

pytestmark = pytest.mark.anyio


@pytest.fixture
async def box(stack: Stack) -> AsyncSandbox:
    made = await new_box(stack)
    await said(made, "echo one > file")
    return made


async def names(stack: Stack) -> list[str]:
    page = await stack.session.client.snapshot.list()
    return sorted(snapshot.name for snapshot in page.items if not snapshot.general)


async def test_a_snapshot_has_what_the_sandbox_had_and_is_left_alone_after(
    stack: Stack, box: AsyncSandbox
) -> None:
    made = await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id)
    assert ("active", box.id) == (made.state["state"], made.state["source_sandbox_id"])
    assert made.state["size"] is not None
    await said(box, "echo two > file")
    await stack.refresh()
    stack.transport.requests.clear()
    assert made is await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id)
    assert [] == stack.transport.requests
    copy = await stack.up(SANDBOX, "copy", snapshot=made.state["name"])
    assert "one" == await said(await stack.session.client.get(copy.id), "cat file")


async def test_other_triggers_take_it_anew_under_another_name_and_the_old_one_goes(
    stack: Stack, box: AsyncSandbox
) -> None:
    first = await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id, triggers=["one"])
    second = await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id, triggers=["two"])
    assert first.state["name"] != second.state["name"]
    assert [second.state["name"]] == await names(stack)


async def test_another_sandbox_is_another_snapshot(stack: Stack, box: AsyncSandbox) -> None:
    await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id, name="fixed:1")
    other = await new_box(stack)
    moved = await stack.up(SANDBOX_SNAPSHOT, sandbox_id=other.id, name="fixed:1")
    assert (other.id, ["fixed:1"]) == (moved.state["source_sandbox_id"], await names(stack))


async def test_a_forced_replacement_takes_the_next_name(stack: Stack, box: AsyncSandbox) -> None:
    first = await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id)
    second = await stack.replace()
    assert f"{first.state['name']}-2" == second.state["name"]
    assert [second.state["name"]] == await names(stack)


async def test_two_of_one_sandbox_are_taken_one_after_the_other(stack: Stack, box: AsyncSandbox) -> None:
    await asyncio.gather(
        stack.up(SANDBOX_SNAPSHOT, "a", sandbox_id=box.id, name="a"),
        stack.up(SANDBOX_SNAPSHOT, "b", sandbox_id=box.id, name="b"),
    )
    assert ["a", "b"] == await names(stack)


async def test_a_stopped_sandbox_is_taken_as_it_is_and_stays_stopped(stack: Stack, box: AsyncSandbox) -> None:
    await box.stop()
    await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id)
    await box.refresh_data()
    assert "stopped" == box.state


async def test_what_a_killed_engine_lost_is_adopted_once_it_is_active(
    stack: Stack, box: AsyncSandbox
) -> None:
    await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id)
    lost = stack.forget()
    await stack.session.client.snapshot.deactivate(lost.id)
    again = await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id)
    assert (lost.id, "active") == (again.id, again.state["state"])


async def test_a_lost_answer_makes_exactly_one(stack: Stack, box: AsyncSandbox) -> None:
    stack.transport.lost[f"POST /sandbox/{box.id}/snapshot"] = 1
    made = await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id)
    assert [made.state["name"]] == await names(stack)


async def test_a_fixed_name_is_taken_over_only_when_it_is_adopted_and_of_the_same_sandbox(
    stack: Stack, box: AsyncSandbox
) -> None:
    await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id, name="fixed:1")
    there = stack.forget()
    with pytest.raises(ProviderError, match='create snapshot "fixed:1": the name is taken'):
        await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id, name="fixed:1")
    other = await new_box(stack)
    with pytest.raises(ProviderError, match='snapshot "fixed:1" is of another sandbox; delete it'):
        await stack.up(SANDBOX_SNAPSHOT, sandbox_id=other.id, name="fixed:1", adopt=True)
    adopted = await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id, name="fixed:1", adopt=True)
    assert there.id == adopted.id


async def test_it_stays_when_its_sandbox_is_gone_and_goes_when_it_is_destroyed(
    stack: Stack, box: AsyncSandbox
) -> None:
    made = await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id)
    await box.delete(wait=True)
    assert made is await stack.refresh()
    assert made is await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id)
    await stack.destroy()
    assert [] == await names(stack)


async def test_one_deleted_outside_is_taken_again_and_destroying_it_twice_is_fine(
    stack: Stack, box: AsyncSandbox
) -> None:
    made = await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id)
    await SANDBOX_SNAPSHOT.verbs.delete(stack.session, made.id, made.state)
    assert await stack.refresh() is None
    again = await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id)
    assert made.state["name"] == again.state["name"]
    next_run(stack)
    await stack.destroy()
    await SANDBOX_SNAPSHOT.verbs.delete(stack.session, again.id, again.state)
    assert [] == await names(stack)


async def test_a_sandbox_that_is_gone_is_one_line(stack: Stack, box: AsyncSandbox) -> None:
    await box.delete(wait=True)
    with pytest.raises(ProviderError) as refused:
        await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id)
    line = f'create snapshot "it": sandbox {box.id} is gone; run pulumi up --refresh to make it again'
    assert line == str(refused.value)


async def test_what_the_api_refuses_is_an_error_and_leaves_nothing(stack: Stack, box: AsyncSandbox) -> None:
    stack.transport.refusals[f"/sandbox/{box.id}/snapshot"] = (400, "no room for it")
    with pytest.raises(ProviderError, match=r'create snapshot "it": .*no room for it'):
        await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id)
    assert [] == await names(stack)


async def test_one_that_is_broken_off_while_it_is_taken_leaves_nothing(
    stack: Stack, box: AsyncSandbox
) -> None:
    stack.transport.requests.clear()
    creating = asyncio.create_task(stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id))
    while f"POST /sandbox/{box.id}/snapshot" not in stack.transport.requests[:-1]:  # noqa: ASYNC110 - the transport has no event
        await asyncio.sleep(0)
    creating.cancel()
    with pytest.raises(asyncio.CancelledError):
        await creating
    assert [] == await names(stack)


async def test_a_time_that_runs_out_names_the_input_that_sets_it(stack: Stack, box: AsyncSandbox) -> None:
    stack.transport.refusals[f"/sandbox/{box.id}/snapshot"] = (409, "something else is done with it")
    with pytest.raises(ProviderError, match=r"not done within 0\.2 s; raise create_timeout"):
        await stack.up(SANDBOX_SNAPSHOT, sandbox_id=box.id, create_timeout=0.2)
    assert [] == await names(stack)


def test_a_name_that_can_not_be_is_refused_before_any_request() -> None:
    assert "dashes only" in failures(SANDBOX_SNAPSHOT, sandbox_id="b", name="a/b")["name"]


def test_one_that_failed_is_replaced() -> None:
    assert {"state": Change.REPLACE} == SANDBOX_SNAPSHOT.faults({"state": "error"})
    assert {} == SANDBOX_SNAPSHOT.faults({"state": "inactive"})
