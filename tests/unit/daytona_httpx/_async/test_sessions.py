"""Sessions in a sandbox, by request and answer; their live logs are in test_session_logs.py."""

from __future__ import annotations

import httpx
import pytest
from daytona_httpx import (
    AsyncSandbox,
    DaytonaCommandAlreadyCompletedError,
    DaytonaConflictError,
    DaytonaConnectionError,
    DaytonaNotFoundError,
    DaytonaValidationError,
    SessionExecuteRequest,
)

from tests.unit.daytona_httpx.fake_api import FakeApi, refusal

pytestmark = pytest.mark.anyio

SESSION = {"sessionId": "s", "commands": [{"id": "c", "command": "ls", "exitCode": 0}]}
RUNS = {"id": "c", "command": "sleep 9"}


async def test_a_session_is_made_found_listed_and_ended(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/process/session", httpx.Response(201))
    api.on("GET", "/process/session/s", SESSION)
    api.on("GET", "/process/session", httpx.Response(200, json=[SESSION]))
    api.on("DELETE", "/process/session/s", httpx.Response(204))
    await sandbox.process.create_session("s")
    found = await sandbox.process.get_session("s")
    assert [found] == await sandbox.process.list_sessions()
    assert ("s", "ls", 0) == (found.session_id, found.commands[0].command, found.commands[0].exit_code)
    await sandbox.process.delete_session("s")
    assert [{"sessionId": "s"}] == api.bodies("POST")
    assert 1 == len(api.sent("DELETE"))


@pytest.mark.parametrize("nothing", [[], None])
async def test_no_sessions_are_an_empty_list(sandbox: AsyncSandbox, api: FakeApi, nothing: object) -> None:
    api.on("GET", "/process/session", httpx.Response(200, json=nothing))
    assert [] == await sandbox.process.list_sessions()


async def test_a_new_session_has_no_commands_even_as_null(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/process/session/s", {"sessionId": "s", "commands": None})
    assert [] == (await sandbox.process.get_session("s")).commands


async def test_a_session_that_exists_is_a_conflict(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/process/session", refusal(409, "session exists"))
    with pytest.raises(DaytonaConflictError, match="Failed to create session: session exists"):
        await sandbox.process.create_session("s")


async def test_a_session_is_gone_also_when_the_first_answer_was_lost(
    sandbox: AsyncSandbox, api: FakeApi
) -> None:
    api.on("DELETE", "/process/session/s", httpx.ReadError("reset"), refusal(404, "no session"))
    await sandbox.process.delete_session("s")
    with pytest.raises(DaytonaNotFoundError, match="Failed to delete session: no session"):
        await sandbox.process.delete_session("s")


async def test_the_entrypoint_has_a_session_and_logs(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/process/session/entrypoint/logs", {"output": "ab", "stdout": "a", "stderr": "b"})
    api.on("GET", "/process/session/entrypoint", SESSION)
    assert "s" == (await sandbox.process.get_entrypoint_session()).session_id
    logs = await sandbox.process.get_entrypoint_logs()
    assert ("ab", "a", "b") == (logs.output, logs.stdout, logs.stderr)


async def test_a_command_waits_for_its_end_or_runs_in_the_background(
    sandbox: AsyncSandbox, api: FakeApi
) -> None:
    ended = {"cmdId": "c1", "output": "oe", "stdout": "o", "stderr": "e", "exitCode": 3}
    api.on("POST", "/exec", ended, httpx.Response(202, json={"cmdId": "c2"}))
    response = await sandbox.process.execute_session_command("s", SessionExecuteRequest("false"))
    assert ("c1", "oe", "o", "e", 3) == (
        response.cmd_id,
        response.output,
        response.stdout,
        response.stderr,
        response.exit_code,
    )
    response = await sandbox.process.execute_session_command("s", SessionExecuteRequest("x", run_async=True))
    assert ("c2", None, "") == (response.cmd_id, response.exit_code, response.stdout)
    assert [{"command": "false"}, {"command": "x", "runAsync": True}] == api.bodies("POST")


@pytest.mark.parametrize(("timeout", "read_s"), [(600, 605), (None, None), (0, None)])
async def test_the_answer_may_take_as_long_as_the_command(
    sandbox: AsyncSandbox, api: FakeApi, timeout: int | None, read_s: float | None
) -> None:
    api.on("POST", "/exec", {"cmdId": "c"})
    await sandbox.process.execute_session_command("s", SessionExecuteRequest("x"), timeout)
    assert (read_s and pytest.approx(read_s)) == api.requests[0].extensions["timeout"]["read"]


async def test_a_timeout_that_can_t_be_is_refused(sandbox: AsyncSandbox, api: FakeApi) -> None:
    with pytest.raises(DaytonaValidationError, match="Failed to execute session command: Timeout must be"):
        await sandbox.process.execute_session_command("s", SessionExecuteRequest("x"), -9)
    assert [] == api.requests


async def test_a_command_is_never_run_twice(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/exec", httpx.ReadError("reset"))
    with pytest.raises(DaytonaConnectionError, match="Failed to execute session command: no answer"):
        await sandbox.process.execute_session_command("s", SessionExecuteRequest("rm x"))
    assert 1 == len(api.requests)


async def test_a_command_that_runs_has_no_exit_code(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/command/c", RUNS)
    command = await sandbox.process.get_session_command("s/1", "c")
    assert ("sleep 9", None) == (command.command, command.exit_code)
    assert api.requests[0].url.raw_path.endswith(b"/process/session/s%2F1/command/c")


async def test_input_is_sent_to_a_command_until_it_has_ended(sandbox: AsyncSandbox, api: FakeApi) -> None:
    ended = refusal(410, "has ended", code="COMMAND_ALREADY_COMPLETED", source="DAYTONA_DAEMON")
    api.on("POST", "/command/c/input", httpx.Response(204), ended)
    await sandbox.process.send_session_command_input("s", "c", "yes\n")
    with pytest.raises(DaytonaCommandAlreadyCompletedError, match="command input: has ended"):
        await sandbox.process.send_session_command_input("s", "c", "no\n")
    assert [{"data": "yes\n"}, {"data": "no\n"}] == api.bodies("POST")


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, json={"output": "oe", "stdout": "o", "stderr": "e"}),
        httpx.Response(200, content=b"\1\1\1o\2\2\2e", headers={"content-type": "text/plain"}),
    ],
    ids=["JSON", "marks"],
)
async def test_logs_are_read_in_either_form(
    sandbox: AsyncSandbox, api: FakeApi, answer: httpx.Response
) -> None:
    api.on("GET", "/process/session/s/command/c/logs", answer)
    logs = await sandbox.process.get_session_command_logs("s", "c")
    assert ("oe", "o", "e") == (logs.output, logs.stdout, logs.stderr)


async def test_an_empty_log_is_empty(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/logs", httpx.Response(200))
    assert "" == (await sandbox.process.get_session_command_logs("s", "c")).output
