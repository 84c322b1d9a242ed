"""What sessions write, read and followed over HTTP and websockets."""

from __future__ import annotations

import asyncio

import pytest
from daytona_local.toolbox.running import Running
from daytona_local.toolbox.session_routes import routes
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.unit.daytona_local.conftest import ClientOf
from tests.unit.daytona_local.toolbox.conftest import Serve
from tests.unit.daytona_local.toolbox.session_client import NEW, OLD, Client


@pytest.fixture
async def session(toolbox: ClientOf) -> Client:
    return await Client.create(toolbox(routes))


@pytest.fixture
async def address(session: Client, serve: Serve) -> str:
    """Return the session's address for websockets."""
    return f"{await serve(routes)}{session.path}"


async def everything(address: str) -> tuple[bytes, int | None]:
    """Return all that a log's websocket says, and its close code."""
    async with connect(address) as socket:
        said = b"".join([part async for part in socket if isinstance(part, bytes)])
    return said, socket.close_code


async def test_logs_are_json_for_new_clients_marked_text_for_old_ones_and_plain_text_for_others(
    session: Client,
) -> None:
    done = await session.run("echo a; echo b >&2")
    path = f"{session.path}/command/{done['cmdId']}/logs"

    async def text(headers: dict[str, str]) -> tuple[str, bytes]:
        answer = await session.http.get(path, headers=headers)
        return answer.headers["content-type"].split(";")[0], answer.content

    logs = (await session.http.get(path, headers=NEW)).json()
    assert {"output": logs["output"], "stdout": "a\n", "stderr": "b\n"} == logs
    plain = logs["output"].encode()
    assert {b"a\n", b"b\n"} == set(plain.splitlines(keepends=True))  # which comes first is not promised
    marked = plain.replace(b"a", b"\1\1\1a").replace(b"b", b"\2\2\2b")
    assert ("text/plain", marked) == await text(OLD)
    assert ("text/plain", marked) == await text({"X-Daytona-Split-Output": "true"})
    assert ("text/plain", plain) == await text({})


async def test_an_old_client_gets_marked_output_from_exec_too(session: Client) -> None:
    answer = await session.http.post(f"{session.path}/exec", json={"command": "echo a"}, headers=OLD)

    assert "\1\1\1a\n" == answer.json()["output"]


async def test_following_a_log_begins_at_its_start_and_ends_with_the_command(
    session: Client, address: str
) -> None:
    path = await session.begin("echo one; read x; echo two >&2; exit 0")
    command_id = path.rsplit("/", 1)[1]
    async with connect(f"{address}/command/{command_id}/logs?follow=true") as socket:
        first = await socket.recv()
        await session.http.post(f"{path}/input", json={"data": "go"})
        rest = b"".join([part async for part in socket if isinstance(part, bytes)])

    assert b"\1\1\1one\n" == first
    assert b"go\n\2\2\2two\n" == rest
    assert 1000 == socket.close_code
    assert (b"\1\1\1one\ngo\n\2\2\2two\n", 1000) == await everything(
        f"{address}/command/{command_id}/logs?follow=true"
    )


async def test_a_log_can_be_followed_over_plain_http_too(session: Client) -> None:
    path = await session.begin("read x; echo two")
    following = asyncio.create_task(session.http.get(f"{path}/logs", params={"follow": "true"}))
    await session.http.post(f"{path}/input", json={"data": "one"})

    assert b"\1\1\1one\ntwo\n" == (await following).content


async def test_deleting_a_session_ends_those_who_follow_its_logs(session: Client, address: str) -> None:
    path = await session.begin("echo begun; sleep 1000")
    async with connect(f"{address}/command/{path.rsplit('/', 1)[1]}/logs?follow=true") as socket:
        await socket.recv()
        await session.http.delete(session.path)
        await socket.wait_closed()

    assert 1000 == socket.close_code


async def test_a_websocket_to_no_command_is_refused_as_over_http(address: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await everything(f"{address}/command/none/logs?follow=true")

    assert 404 == refused.value.response.status_code
    assert b"PROCESS_NOT_FOUND" in refused.value.response.body


async def test_the_entry_point_has_a_session_with_empty_logs(
    session: Client, serve: Serve, box: Running
) -> None:
    http, path = session.http, "/process/session/entrypoint"
    address = await serve(routes)

    assert {"sessionId": "entrypoint", "commands": []} == (await http.get(path)).json()
    assert {"output": "", "stdout": "", "stderr": ""} == (
        (await http.get(f"{path}/logs", headers=NEW)).json()
    )
    assert (b"", 1000) == await everything(f"{address}{path}/logs")
    following = asyncio.create_task(everything(f"{address}{path}/logs?follow=true"))
    await asyncio.sleep(0.1)
    assert not following.done()
    await box.close()
    assert (b"", 1000) == await following
