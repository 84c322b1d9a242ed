"""The event stream that the official client listens to."""

from __future__ import annotations

import json
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.contract.conftest import IN_PROCESS, KEY, Api

pytestmark = pytest.mark.anyio


def url_of(api: Api, query: str = "EIO=4&transport=websocket") -> str:
    if api.url == IN_PROCESS:
        pytest.skip("a stream needs a socket")
    return f"{api.url.replace('http', 'ws', 1)}/api/socket.io/?{query}"


async def received(socket: ClientConnection) -> str:
    packet = await socket.recv()
    assert isinstance(packet, str)
    return packet


async def event(socket: ClientConnection) -> list[Any]:
    packet = await received(socket)
    assert packet.startswith("42")
    found: list[Any] = json.loads(packet[2:])
    return found


async def test_a_client_with_the_key_hears_of_every_state(api: Api) -> None:
    async with connect(url_of(api)) as socket:
        assert {"sid", "pingInterval"} <= json.loads((await received(socket)).removeprefix("0")).keys()
        await socket.send("40" + json.dumps({"token": KEY}))
        assert (await received(socket)).startswith("40{")
        made = await api.made(name="a")
        name, sandbox = await event(socket)
        assert ("sandbox.created", made["id"], "creating") == (name, sandbox["id"], sandbox["state"])
        name, change = await event(socket)
        assert ("sandbox.state.updated", "creating", "started") == (
            name,
            change["oldState"],
            change["newState"],
        )
        assert (made["id"], "started") == (change["sandbox"]["id"], change["sandbox"]["state"])
        await api.call("DELETE", "/sandbox/a")
        states = [(await event(socket))[1]["newState"] for _ in range(2)]
        assert ["destroying", "destroyed"] == states


@pytest.mark.parametrize("packet", ['40{"token":"nope"}', "40", "40[]", "nonsense"])
async def test_without_the_key_nothing_is_heard(api: Api, packet: str) -> None:
    async with connect(url_of(api)) as socket:
        await received(socket)
        await socket.send(packet)
        assert (await received(socket)).startswith("44")
        with pytest.raises(ConnectionClosed):
            await socket.recv()


async def test_a_ping_is_answered(api: Api) -> None:
    async with connect(url_of(api)) as socket:
        await received(socket)
        await socket.send("40" + json.dumps({"token": KEY}))
        await received(socket)
        await socket.send("2")
        assert "3" == await received(socket)
