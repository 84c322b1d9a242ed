"""Cancel: what waits ends at once, and nothing is lost."""

from __future__ import annotations

import asyncio
from typing import Any

import grpc
from daytona_httpx import AsyncDaytona
from daytona_local import LocalDaytona
from google.protobuf.empty_pb2 import Empty
from pulumi_daytona.plugin.codec import decode
from pulumi_daytona.plugin.protocol import provider_pb2

from tests.engine.control import Control
from tests.rpc.engine import Engine, Failed, engine_of_servicer, failing


async def ended(call: Any, engine: Engine, control: Control) -> Failed:
    """Cancel what waits for a request that is held, and return what it says."""
    asked = asyncio.ensure_future(call)
    while not await asyncio.to_thread(control.is_met):  # noqa: ASYNC110 - it is the server that knows
        await asyncio.sleep(0.01)
    assert Empty() == await engine.stub.Cancel(Empty())
    with failing() as failed:
        await asyncio.wait_for(asked, 30)
    only: Failed = failed[0]
    return only


async def test_a_create_that_waits_hands_over_what_it_has_made_and_an_update_goes_on_with_it(
    engine: Engine, client: AsyncDaytona, control: Control, server: LocalDaytona
) -> None:
    control.fault(method="GET", path="/api/sandbox/*", hold=True)
    failed = await ended(engine.create("Sandbox", {}), engine, control)
    [detail] = failed.details
    assert isinstance(detail, provider_pb2.ErrorResourceInitFailed)
    assert [detail.id] == [sandbox.id async for sandbox in client.list()]
    assert "cancelled; run pulumi up again" in failed.text
    async with engine_of_servicer() as another:
        await another.configure(apiKey=server.api_key, apiUrl=server.api_url)
        another.outputs = decode(detail.properties)
        assert "started" == (await another.update("Sandbox", detail.id, {}))["state"]
    assert [detail.id] == [sandbox.id async for sandbox in client.list()]


async def test_a_create_that_is_asked_for_is_met_again_by_the_next_one(
    engine: Engine, client: AsyncDaytona, control: Control, server: LocalDaytona
) -> None:
    control.fault(
        method="POST", path="/api/sandbox", hold=True
    )  # it is carried out when nobody waits any more
    failed = await ended(engine.create("Sandbox", {}), engine, control)
    assert (grpc.StatusCode.CANCELLED, ()) == (failed.code, failed.details)
    async with engine_of_servicer() as another:
        await another.configure(apiKey=server.api_key, apiUrl=server.api_url)
        id_ = await another.create("Sandbox", {})
    assert [id_] == [sandbox.id async for sandbox in client.list()]


async def test_a_delete_and_an_update_are_left_to_the_next_run(
    engine: Engine, client: AsyncDaytona, control: Control
) -> None:
    id_ = await engine.create("Sandbox", {"labels": {"a": "1"}})
    control.fault(method="PUT", path="/api/sandbox/*/labels", hold=True)
    update = engine.update("Sandbox", id_, {"labels": {"a": "2"}})
    assert grpc.StatusCode.CANCELLED == (await ended(update, engine, control)).code


async def test_nothing_is_begun_after_it_until_it_is_configured_again(
    engine: Engine, client: AsyncDaytona, server: LocalDaytona
) -> None:
    await engine.stub.Cancel(Empty())
    with failing() as failed:
        await engine.create("Sandbox", {})
    assert grpc.StatusCode.CANCELLED == failed[0].code
    assert [] == [sandbox.id async for sandbox in client.list()]
    await engine.configure(apiKey=server.api_key, apiUrl=server.api_url)
    assert [await engine.create("Sandbox", {})] == [sandbox.id async for sandbox in client.list()]


async def test_a_custom_timeout_limits_an_operation(engine: Engine, control: Control) -> None:
    control.fault(method="POST", path="/api/sandbox", hold=True)
    with failing() as failed:
        await engine.create("Sandbox", {}, timeout=0.5)
    assert grpc.StatusCode.DEADLINE_EXCEEDED == failed[0].code
    assert "not done within 0.5 s; raise customTimeouts.create" in failed[0].text
    control.fault(method="POST", path="/api/secret", hold=True)
    with failing() as failed:
        await engine.create("Secret", {"value": "hush"}, timeout=0.5)
    assert grpc.StatusCode.DEADLINE_EXCEEDED == failed[0].code
    assert "not done within 0.5 s; raise customTimeouts.create" in failed[0].text
