"""Commands over HTTP: the shell, its surroundings, and how they end."""

from __future__ import annotations

import base64
from typing import Any

import httpx
import pytest
from daytona_local.toolbox import process
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.conftest import ClientOf
from tests.unit.daytona_local.toolbox.shell import shell


@pytest.fixture
def client(toolbox: ClientOf) -> httpx.AsyncClient:
    """Return a client of the process operations."""
    return toolbox(process.routes)


async def execute(client: httpx.AsyncClient, command: str, **more: Any) -> httpx.Response:
    """Run a command."""
    return await client.post("/process/execute", json={"command": command, **more})


async def test_output_and_errors_come_as_one_result(client: httpx.AsyncClient) -> None:
    answer = await execute(client, "echo out; echo err >&2; exit 7")

    assert (200, {"exitCode": 7, "result": "out\nerr\n"}) == (answer.status_code, answer.json())


async def test_a_command_that_is_not_there_is_an_exit_code(client: httpx.AsyncClient) -> None:
    answer = await execute(client, "no-such-program")

    assert (200, 127) == (answer.status_code, answer.json()["exitCode"])


async def test_the_shell_is_the_best_that_the_sandbox_has(box: Running, client: httpx.AsyncClient) -> None:
    assert "/usr/bin/bash\n" == (await execute(client, "echo $0")).json()["result"]

    await shell(box, "mkdir bin; printf '#!/bin/sh\necho I am zsh: $2' > bin/zsh; chmod +x bin/zsh")
    box.env["PATH"] = "/home/daytona/bin:/usr/bin:/bin"

    assert "I am zsh: pwd\n" == (await execute(client, "pwd")).json()["result"]


async def test_a_command_starts_in_its_folder_with_its_variables(client: httpx.AsyncClient) -> None:
    answer = await execute(client, "pwd; echo $A $FROM_RECORD", cwd="/tmp", envs={"A": "it's $HOME"})

    assert "/tmp\nit's $HOME yes\n" == answer.json()["result"]


async def test_a_command_starts_in_the_home_by_default(client: httpx.AsyncClient) -> None:
    answer = await execute(client, "pwd; echo ~; whoami", cwd=None, envs=None, timeout=None)

    assert "/home/daytona\n/home/daytona\ndaytona\n" == answer.json()["result"]


async def test_a_command_reads_nothing(client: httpx.AsyncClient) -> None:
    assert "0\n" == (await execute(client, "wc -c", timeout=20)).json()["result"]


async def test_a_command_that_takes_too_long_is_a_timeout(box: Running, client: httpx.AsyncClient) -> None:
    answer = await execute(client, "sleep 1000 | sleep 1001", timeout=0.2)

    body = answer.json()
    assert (408, "PROCESS_EXECUTION_TIMEOUT", "DAYTONA_DAEMON") == (
        answer.status_code,
        body["code"],
        body["source"],
    )
    living = "pgrep --runstates R,S,D,T sleep || true"  # what was killed may not have been reaped yet
    assert "" == await shell(box, living)


@pytest.mark.parametrize("timeout", [0, -1])
async def test_a_timeout_of_nothing_is_none(client: httpx.AsyncClient, timeout: int) -> None:
    assert 200 == (await execute(client, "sleep 0.1", timeout=timeout)).status_code


async def test_a_server_that_is_left_behind_goes_on_and_may_write(
    box: Running, client: httpx.AsyncClient
) -> None:
    """It writes far more than a pipe holds, so it would end if nobody read any more."""
    line = "(sleep 0.5; head -c 500000 /dev/zero; touch wrote) & echo started"
    answer = await execute(client, line, timeout=20)

    assert "started\n" == answer.json()["result"]
    await shell(box, "until test -e wrote; do sleep 0.05; done")


async def test_the_older_clients_commands_are_plain_commands(client: httpx.AsyncClient) -> None:
    command = base64.b64encode(b"echo one; exit 5").decode()

    answer = await execute(client, f"sh -c \"echo '{command}' | base64 -d | sh\"")

    assert {"exitCode": 5, "result": "one\n"} == answer.json()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "INVALID_REQUEST_BODY"),
        ({"command": 3}, "INVALID_REQUEST_BODY"),
        ({"command": "x", "timeout": 10**400}, "INVALID_REQUEST_BODY"),
        ({"command": "  "}, "BAD_REQUEST"),
        ({"command": "x", "cwd": "/no/where"}, "BAD_REQUEST"),
        ({"command": "x\0y"}, "BAD_REQUEST"),
        ({"command": "x" * 200_000}, "BAD_REQUEST"),
        ({"command": "x", "envs": {"A=B": "c"}}, "BAD_REQUEST"),
        ({"command": "x", "envs": {"A": "\0"}}, "BAD_REQUEST"),
    ],
)
async def test_a_command_that_cannot_be_run_is_refused(
    client: httpx.AsyncClient, body: dict[str, Any], code: str
) -> None:
    answer = await client.post("/process/execute", json=body)

    assert (400, code) == (answer.status_code, answer.json()["code"])


async def test_output_that_is_no_text_is_told_as_far_as_it_can_be(client: httpx.AsyncClient) -> None:
    assert "a\ufffdb\0" == (await execute(client, r"printf 'a\377b\0'")).json()["result"]
