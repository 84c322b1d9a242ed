"""What a sandbox says of itself."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from daytona_local.toolbox import info
from daytona_local.toolbox.commands import run_command
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.conftest import ClientOf

LISTEN = """
import socket, sys
server = socket.create_server(('', int(sys.argv[1])))
open(sys.argv[1], 'w')
server.accept()
"""


@pytest.fixture
def client(toolbox: ClientOf) -> httpx.AsyncClient:
    """Return a client of the information."""
    return toolbox(info.routes)


async def variables(box: Running, *names: str) -> list[str]:
    """Return variables as a new process has them; empty when they aren't there."""
    line = "; ".join(f'echo "${{{name}-}}"' for name in names)
    return (await run_command(box, ["sh", "-c", line])).text.splitlines()


@pytest.mark.parametrize("path", ["/user-home-dir", "/work-dir"])
async def test_home_and_working_directory_are_told(client: httpx.AsyncClient, path: str) -> None:
    assert {"dir": "/home/daytona"} == (await client.get(path)).json()


async def test_the_version_is_told(client: httpx.AsyncClient) -> None:
    assert (await client.get("/version")).json()["version"].endswith("-local")


async def test_the_environment_of_what_starts_from_now_on_is_changed(
    box: Running, client: httpx.AsyncClient
) -> None:
    box.env["OLD"] = "1"
    body = {"set": {"NEW": "a b", "FROM_RECORD": "changed"}, "unset": ["OLD", "NEW", "NOBODY"]}

    answer = await client.post("/env", json=body)

    assert (200, {"message": "Environment updated successfully"}) == (answer.status_code, answer.json())
    assert ["a b", "changed", ""] == await variables(box, "NEW", "FROM_RECORD", "OLD")


async def test_a_variable_of_the_record_is_taken_away_and_set_again(
    box: Running, client: httpx.AsyncClient
) -> None:
    await client.post("/env", json={"unset": ["FROM_RECORD"]})
    assert [""] == await variables(box, "FROM_RECORD")

    await client.post("/env", json={"set": {"FROM_RECORD": "back"}})
    assert ["back"] == await variables(box, "FROM_RECORD")


async def test_variables_are_taken_away_by_how_their_values_begin(
    box: Running, client: httpx.AsyncClient
) -> None:
    box.env |= {"ONE": "dtn_secret_1", "TWO": "dtn_secret_2", "THREE": "other"}

    await client.post("/env", json={"unsetValuePrefix": "dtn_secret", "set": {"TWO": "dtn_secret_3"}})

    assert ["", "dtn_secret_3", "other", "yes"] == await variables(box, "ONE", "TWO", "THREE", "FROM_RECORD")

    await client.post("/env", json={"unsetValuePrefix": "ye"})

    assert [""] == await variables(box, "FROM_RECORD")


@pytest.mark.parametrize("given", [{"A=B": "c"}, {"": "c"}, {"A": "\0"}, 1])
async def test_a_variable_that_can_be_none_is_refused(client: httpx.AsyncClient, given: Any) -> None:
    assert 400 == (await client.post("/env", json={"set": given})).status_code


async def test_a_runners_token_is_taken(client: httpx.AsyncClient) -> None:
    assert 200 == (await client.post("/init", json={"token": "x"})).status_code
    assert 400 == (await client.post("/init", json={})).status_code


async def test_the_ports_of_the_sandbox_are_told(box: Running, client: httpx.AsyncClient) -> None:
    before = (await client.get("/port")).json()
    line = 'python3 -c "$CODE" 4321 & python3 -c "$CODE" 2999 & until test -e 4321 -a -e 2999; do :; done'
    await run_command(box, ["sh", "-c", line], {"CODE": LISTEN})

    assert {"ports": []} == before
    assert {"ports": [4321]} == (await client.get("/port")).json()
    assert {"isInUse": True} == (await client.get("/port/4321/in-use")).json()
    assert {"isInUse": False} == (await client.get("/port/4322/in-use")).json()


@pytest.mark.parametrize("port", ["2999", "10000", "x", "-1", "9" * 5000])
async def test_a_port_that_is_not_looked_at_is_refused(client: httpx.AsyncClient, port: str) -> None:
    assert 400 == (await client.get(f"/port/{port}/in-use")).status_code
