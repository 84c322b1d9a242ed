"""A sandbox that was made without a stack is taken over as it is, and never what another one owns."""

from __future__ import annotations

from typing import Any

import pytest
from daytona_httpx import AsyncSandbox, CreateSandboxFromImageParams, CreateSandboxFromSnapshotParams, Image
from pulumi_daytona.core.check import check
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.ownership import OWNER
from pulumi_daytona.core.resources import definition_of

from tests.unit.pulumi_daytona.resources.stack import Resource, Stack

pytestmark = pytest.mark.anyio

SANDBOX = definition_of("Sandbox")
ENV = {"TOKEN": "hush"}


async def made(stack: Stack, **given: Any) -> AsyncSandbox:
    """Make a sandbox without a stack."""
    params = CreateSandboxFromSnapshotParams(**{"name": "box", **given})
    sandbox = await stack.session.client.create(params)
    stack.transport.requests.clear()
    return sandbox


async def adopt(stack: Stack, logical_name: str = "it", /, **given: Any) -> Resource:
    return await stack.up(SANDBOX, logical_name, **{"name": "box", "adopt": True, **given})


async def labels_of(stack: Stack, sandbox: AsyncSandbox) -> dict[str, str]:
    return dict((await stack.session.client.get(sandbox.id)).labels)


async def test_it_is_taken_over_as_it_is_with_one_mark_more(stack: Stack) -> None:
    sandbox = await made(stack, labels={"team": "a"}, env_vars=ENV, auto_stop_interval=30)
    taken = await adopt(stack, labels={"team": "a"}, env=ENV, auto_stop_interval=30)
    assert sandbox.id == taken.id
    assert [f"PUT /sandbox/{sandbox.id}/labels"] == stack.transport.changes
    assert {OWNER} == {*await labels_of(stack, sandbox)} - {*sandbox.labels}
    stack.transport.requests.clear()
    await adopt(stack, labels={"team": "a"}, env=ENV, auto_stop_interval=30)
    assert [] == stack.transport.changes
    assert {"team": "a"} == taken.state["labels"]


async def test_one_that_was_built_is_taken_over_by_its_dockerfile(stack: Stack) -> None:
    image = Image.base("daytona-local:default").env({"A": "b"})
    sandbox = await stack.session.client.create(CreateSandboxFromImageParams(name="box", image=image))
    assert sandbox.id == (await adopt(stack, dockerfile=image.dockerfile())).id


async def test_what_can_change_in_place_is_changed_and_what_is_not_said_stays(stack: Stack) -> None:
    sandbox = await made(stack, labels={"team": "a"}, public=True, auto_stop_interval=30)
    await adopt(stack, auto_stop_interval=60)
    live = await stack.session.client.get(sandbox.id)
    assert (60, True, "a") == (live.auto_stop_interval, live.public, live.labels["team"])


async def test_where_there_is_none_one_is_made(stack: Stack) -> None:
    assert "started" == (await adopt(stack)).state["state"]
    assert "POST /sandbox" in stack.transport.changes


async def test_an_id_is_no_name(stack: Stack) -> None:
    sandbox = await made(stack)
    assert sandbox.id != (await adopt(stack, name=sandbox.id)).id


async def test_what_a_stack_owns_is_left_alone(stack: Stack) -> None:
    sandbox = await made(stack, labels={OWNER: "someone/else"})
    with pytest.raises(
        ProviderError, match=r'^adopt sandbox "box": another resource owns it \(someone/else\)'
    ):
        await adopt(stack)
    assert [] == stack.transport.changes
    assert "someone/else" == (await labels_of(stack, sandbox))[OWNER]


async def test_two_resources_can_t_have_one_sandbox(stack: Stack) -> None:
    await made(stack)
    await adopt(stack, "first")
    with pytest.raises(ProviderError, match="another resource owns it"):
        await adopt(stack, "second")


async def test_without_being_told_nothing_is_taken_over(stack: Stack) -> None:
    await made(stack)
    with pytest.raises(ProviderError, match=r"the name is taken.*set adopt"):
        await adopt(stack, adopt=False)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"env": {"TOKEN": "other hush"}}, "another env; say what it has"),
        ({"user": "root", "env": {}}, "another user and env;"),
        ({"dockerfile": "FROM x:1"}, "another dockerfile;"),
    ],
)
async def test_what_would_replace_it_has_to_be_so_already(
    stack: Stack, given: dict[str, Any], words: str
) -> None:
    sandbox = await made(stack, env_vars=ENV)
    with pytest.raises(ProviderError, match=words) as caught:
        await adopt(stack, **given)
    assert "hush" not in str(caught.value)
    assert [] == stack.transport.changes
    assert OWNER not in await labels_of(stack, sandbox)


async def test_the_user_that_every_sandbox_has_may_be_said(stack: Stack) -> None:
    sandbox = await made(stack)
    assert sandbox.id == (await adopt(stack, user=sandbox.user)).id


async def test_one_that_could_not_be_brought_there_is_nobody_s_still(stack: Stack) -> None:
    sandbox = await made(stack)
    stack.transport.refusals[f"/sandbox/{sandbox.id}/autostop"] = (400, "not now")
    with pytest.raises(ProviderError, match=r'^adopt sandbox "box": not now'):
        await adopt(stack, auto_stop_interval=60)
    assert OWNER not in await labels_of(stack, sandbox)


async def test_one_that_an_engine_was_killed_over_is_taken_over_again(stack: Stack) -> None:
    sandbox = await made(stack)
    await adopt(stack)
    stack.forget()
    assert sandbox.id == (await adopt(stack)).id


async def test_from_then_on_it_is_replaced_and_destroyed_as_any_other(stack: Stack) -> None:
    sandbox = await made(stack, env_vars=ENV)
    await adopt(stack, env=ENV)
    replaced = await adopt(stack, env={})
    assert sandbox.id != replaced.id
    await stack.destroy()
    assert [] == [one async for one in stack.session.client.list()]


async def test_what_has_replaced_itself_by_force_stays_when_its_predecessor_is_deleted(stack: Stack) -> None:
    sandbox = await made(stack)
    await adopt(stack)
    predecessor = stack.forget()  # of a forced replacement the engine says only afterwards what it has
    await adopt(stack)
    await SANDBOX.verbs.delete(stack.session, predecessor.id, predecessor.state)
    assert [sandbox.id] == [one.id async for one in stack.session.client.list()]


async def test_a_forced_replacement_does_not_take_over_what_it_replaces(stack: Stack) -> None:
    await made(stack)
    await adopt(stack)
    with pytest.raises(ProviderError, match=r"the name is taken.*set delete_before_replace"):
        await stack.replace()


def test_what_is_taken_over_is_found_by_its_name() -> None:
    (failure,) = check(SANDBOX, {"adopt": True}).failures
    assert ("adopt", "set name too: what is taken over is found by it") == (failure.property, failure.reason)
