"""A sandbox's life over the protocol: check, diff, create, update, read, delete."""

from __future__ import annotations

import asyncio
from typing import Any

import grpc
import grpc.aio
from daytona_httpx import AsyncDaytona
from google.protobuf.empty_pb2 import Empty
from pulumi_daytona.core.ownership import OWNER
from pulumi_daytona.core.unknown import UNKNOWN
from pulumi_daytona.plugin.codec import decode
from pulumi_daytona.plugin.protocol import provider_pb2
from pulumi_daytona.plugin.values import Secret

from tests.engine.control import Control
from tests.rpc.engine import Engine, failing

KINDS = provider_pb2.PropertyDiff


def kinds(answer: provider_pb2.DiffResponse) -> dict[str, str]:
    """Return what changes, in the protocol's words."""
    return {path: KINDS.Kind.Name(diff.kind) for path, diff in answer.detailedDiff.items()}


async def test_its_whole_life(engine: Engine, client: AsyncDaytona, control: Control) -> None:
    first = {"labels": {"team_name": "a", "by": Secret("me")}, "autoStopInterval": 30}
    id_ = await engine.create("Sandbox", first)
    made = await client.get(id_)
    assert ("started", 30, "a") == (made.state, made.auto_stop_interval, made.labels["team_name"])
    assert first["labels"] == engine.outputs["labels"]
    assert made.name == engine.outputs["name"]
    assert "owner" not in engine.outputs
    assert f"/{engine.urn('Sandbox')}" == made.labels[OWNER]

    control.clear()
    assert provider_pb2.DiffResponse.DIFF_NONE == (await engine.diff("Sandbox", id_, first)).changes
    second = {"labels": {"team_name": "b", "new.one": "c"}}
    difference = await engine.diff("Sandbox", id_, second)
    assert {
        "labels.team_name": "UPDATE",
        "labels.by": "DELETE",
        'labels["new.one"]': "ADD",
        "autoStopInterval": "DELETE",
    } == kinds(difference)
    assert ([], False) == ([*difference.replaces], difference.deleteBeforeReplace)
    assert [] == control.requests()

    planned = await engine.update("Sandbox", id_, second, preview=True)
    assert (second["labels"], made.name) == (planned["labels"], planned["name"])
    await engine.update("Sandbox", id_, second)
    await made.refresh_data()
    assert ("b", "c", 15) == (made.labels["team_name"], made.labels["new.one"], made.auto_stop_interval)

    assert f"/{engine.urn('Sandbox')}" == made.labels[OWNER]

    read = await engine.read("Sandbox", id_)
    assert (id_, second) == (read.id, decode(read.inputs))
    assert engine.outputs["labels"] == decode(read.properties)["labels"]

    await engine.delete("Sandbox", id_)
    gone = await engine.read("Sandbox", id_)
    assert ("", False, False) == (gone.id, gone.HasField("properties"), gone.HasField("inputs"))
    await engine.delete("Sandbox", id_)


async def test_a_refresh_tells_what_was_changed_outside_for_what_the_program_sets(
    engine: Engine, client: AsyncDaytona
) -> None:
    inputs = {"labels": {"a": "1"}, "networkAllowList": "10.0.0.0/8,10.1.0.0/16"}
    id_ = await engine.create("Sandbox", inputs)
    made = await client.get(id_)
    await made.set_labels({**made.labels, "a": "2"})
    await made.set_autostop_interval(99)
    await made.update_network_settings(network_allow_list="10.1.0.0/16,10.0.0.0/8")
    read = await engine.read("Sandbox", id_)
    assert {**inputs, "labels": {"a": "2"}} == decode(read.inputs)
    assert 99 == decode(read.properties)["autoStopInterval"]
    engine.inputs, engine.outputs = decode(read.inputs), decode(read.properties)
    assert {"labels.a": "UPDATE"} == kinds(await engine.diff("Sandbox", id_, inputs))
    await engine.delete("Sandbox", id_)


async def test_a_preview_of_a_create_asks_nothing_and_leaves_unknown_what_is(
    engine: Engine, control: Control
) -> None:
    inputs = await engine.check("Sandbox", {"labels": {"a": UNKNOWN}, "env": {"A": Secret(UNKNOWN)}})
    assert {"labels": {"a": UNKNOWN}, "env": Secret({"A": UNKNOWN})} == inputs
    control.clear()
    assert "" == await engine.create("Sandbox", inputs, preview=True)
    assert UNKNOWN is engine.outputs["name"]
    assert {"a": UNKNOWN} == engine.outputs["labels"]
    assert [] == control.changes()


async def test_a_change_of_what_is_fixed_replaces(engine: Engine) -> None:
    id_ = await engine.create("Sandbox", {"env": {"A": "1"}, "name": "fixed"})
    answer = await engine.diff("Sandbox", id_, {"env": {"A": "2"}, "name": "fixed"})
    assert {"env.A": "UPDATE_REPLACE"} == kinds(answer)
    assert (["env"], ["env"], True) == ([*answer.diffs], [*answer.replaces], answer.deleteBeforeReplace)
    other = await engine.diff("Sandbox", id_, {"env": {"A": "1"}, "name": "other"})
    assert ({"name": "UPDATE_REPLACE"}, False) == (kinds(other), other.deleteBeforeReplace)
    unknown = await engine.diff("Sandbox", id_, {"env": UNKNOWN, "name": "fixed"})
    assert {"env": "UPDATE_REPLACE"} == kinds(unknown)
    await engine.delete("Sandbox", id_)


async def test_secrets_stay_secret_at_every_depth(engine: Engine) -> None:
    inputs: dict[str, Any] = {"labels": {"a": Secret("quiet"), "b": "loud"}, "env": {"KEY": "hush"}}
    id_ = await engine.create("Sandbox", inputs)
    assert {"a": Secret("quiet"), "b": "loud"} == engine.outputs["labels"]
    assert isinstance(engine.outputs["env"], Secret)
    read = await engine.read("Sandbox", id_)
    assert Secret("quiet") == decode(read.inputs)["labels"]["a"]
    assert Secret("quiet") == decode(read.properties)["labels"]["a"]
    assert isinstance(decode(read.properties)["env"], Secret)
    await engine.delete("Sandbox", id_)


async def test_a_failed_boot_is_known_to_the_engine_and_then_replaced(
    engine: Engine, client: AsyncDaytona, control: Control
) -> None:
    control.fault(step="boot", reason="no room")
    with failing() as failed:
        await engine.create("Sandbox", {"env": {"A": "quiet"}})
    [detail] = failed[0].details
    assert isinstance(detail, provider_pb2.ErrorResourceInitFailed)
    left = [sandbox async for sandbox in client.list()]
    assert [detail.id] == [sandbox.id for sandbox in left]
    assert 'create sandbox "it-' in detail.reasons[0]
    assert "\n" not in detail.reasons[0]
    engine.outputs = decode(detail.properties)
    assert "error" == engine.outputs["state"]
    assert isinstance(engine.outputs["env"], Secret)
    again = await engine.diff("Sandbox", detail.id, {"env": {"A": "quiet"}})
    assert ["state"] == [*again.replaces]


async def test_as_many_as_the_engine_asks_for_go_on_at_once(engine: Engine, control: Control) -> None:
    many = 80
    control.fault(method="GET", path="/api/sandbox/*", hold=True, count=many)
    reads = [asyncio.create_task(engine.read("Sandbox", f"it-{n}", known=False)) for n in range(many)]
    while not await asyncio.to_thread(control.is_met):  # noqa: ASYNC110 - it is the server that knows
        await asyncio.sleep(0.01)
    await engine.stub.Cancel(Empty())
    answers = await asyncio.gather(*reads, return_exceptions=True)
    assert {grpc.StatusCode.CANCELLED} == {
        each.code() for each in answers if isinstance(each, grpc.aio.AioRpcError)
    }
    assert many == len(answers)
