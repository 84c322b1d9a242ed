"""The code interpreter: its contexts over HTTP, its code over real websockets in virtual time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from daytona_httpx import (
    AsyncSandbox,
    DaytonaBadRequestError,
    DaytonaConnectionError,
    DaytonaError,
    DaytonaNotFoundError,
    DaytonaTimeoutError,
    DaytonaValidationError,
    ExecutionError,
    InterpreterContext,
    OutputMessage,
)
from daytona_httpx._async import stream
from daytona_httpx._async.stream import open_stream
from daytona_httpx._async.websocket import AsyncWebSocket
from websockets.asyncio.server import ServerConnection

from tests.unit.daytona_httpx.fake_api import FakeApi, record, refusal
from tests.unit.daytona_httpx.toolbox_server import (
    PatientLoop,
    Script,
    ToolboxServer,
    breaks_off,
    says,
    stays_open,
)

pytestmark = pytest.mark.anyio

PATH = "/process/interpreter/execute"
CONTEXT = {"id": "c1", "cwd": "/w", "createdAt": "t", "active": True, "language": "python"}
RAISED = {"type": "error", "name": "ValueError", "value": "no", "traceback": "line 1"}


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, Any]]:
    """Run real sockets in virtual time."""
    return "asyncio", {"loop_factory": PatientLoop}


@pytest.fixture(autouse=True)
async def server(api: FakeApi) -> AsyncIterator[ToolboxServer]:
    """Return the toolbox's server."""
    async with ToolboxServer().serving() as made:
        api.sandboxes["s1"] = record(toolboxProxyUrl=made.url)
        yield made


def frame(kind: str, text: str) -> str:
    """Return a message with output."""
    return json.dumps({"type": kind, "text": text})


def after(script: Script, requests: list[Any] | None = None) -> Script:
    """Take the request, and keep it, before a script."""

    async def whole(connection: ServerConnection) -> None:
        request = json.loads(await connection.recv())
        if requests is not None:
            requests.append(request)
        await script(connection)

    return whole


def answers(*messages: str | bytes, code: int = 1000, reason: str = "") -> Script:
    """Take the request, send messages, then close."""
    return after(says(*messages, code=code, reason=reason))


async def test_output_comes_as_it_is_written_and_whole_at_the_end(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(
        PATH, answers(frame("stdout", "a"), frame("stderr", "é"), frame("stdout", ""), frame("stdout", "b\n"))
    )
    out: list[OutputMessage] = []
    err: list[OutputMessage] = []
    result = await sandbox.code_interpreter.run_code("x", on_stdout=out.append, on_stderr=err.append)
    assert ("ab\n", "é", None) == (result.stdout, result.stderr, result.error)
    assert (["a", "", "b\n"], ["é"]) == ([one.output for one in out], [one.output for one in err])


async def test_what_code_raises_is_in_the_result(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    server.on(PATH, answers(frame("stdout", "a"), json.dumps(RAISED)))
    raised: list[ExecutionError] = []
    result = await sandbox.code_interpreter.run_code("x", on_error=raised.append)
    assert "a" == result.stdout
    assert [result.error] == raised
    assert ("ValueError", "no", "line 1") == (raised[0].name, raised[0].value, raised[0].traceback)


async def test_messages_of_other_kinds_are_passed_over(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    odd = [json.dumps({"type": "display", "png": "x"}), "{}", json.dumps({"type": "error", "name": None})]
    server.on(PATH, answers(*odd, frame("stdout", "a").encode()))
    result = await sandbox.code_interpreter.run_code("x")
    assert "a" == result.stdout
    assert result.error is not None
    assert ("", "", "") == (result.error.name, result.error.value, result.error.traceback)


@pytest.mark.parametrize(
    ("options", "sent"),
    [
        ({}, {}),
        ({"timeout": 0, "envs": {}}, {"timeout": 0, "envs": {}}),
        (
            {"context": InterpreterContext(id="c1"), "envs": {"A": "b"}, "timeout": 9},
            {"contextId": "c1", "envs": {"A": "b"}, "timeout": 9},
        ),
    ],
)
async def test_only_what_is_given_is_sent(
    sandbox: AsyncSandbox, server: ToolboxServer, options: dict[str, Any], sent: dict[str, Any]
) -> None:
    requests: list[Any] = []
    server.on(PATH, after(says(), requests))
    await sandbox.code_interpreter.run_code("print(1)", **options)
    assert [{"code": "print(1)", **sent}] == requests
    assert "Bearer key" == server.requests[0].headers["Authorization"]


async def test_a_coroutine_function_is_awaited_before_the_next_message(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(PATH, answers(frame("stdout", "a"), frame("stderr", "b"), json.dumps(RAISED)))
    steps: list[str] = []

    async def take(said: OutputMessage | ExecutionError) -> None:
        name = said.output if isinstance(said, OutputMessage) else said.name
        steps.append(f"{name} comes")
        await asyncio.sleep(1)
        steps.append(f"{name} is done")

    await sandbox.code_interpreter.run_code("x", on_stdout=take, on_stderr=take, on_error=take)
    assert [f"{name} {what}" for name in ("a", "b", "ValueError") for what in ("comes", "is done")] == steps


@pytest.mark.parametrize(("timeout", "limit"), [(3, "3 seconds"), (None, "the sandbox lets it")])
async def test_code_that_the_sandbox_ends_for_its_time_is_a_timeout(
    sandbox: AsyncSandbox, server: ToolboxServer, timeout: int | None, limit: str
) -> None:
    server.on(PATH, answers(frame("stdout", "a"), code=4008, reason="timeout"))
    with pytest.raises(DaytonaTimeoutError, match=f"Failed to run code: the code ran longer than {limit}"):
        await sandbox.code_interpreter.run_code("x", timeout=timeout)


async def test_a_sandbox_that_says_nothing_is_left_a_little_after_the_timeout(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(PATH, after(stays_open(frame("stdout", "a"))))
    loop = asyncio.get_running_loop()
    begun_s = loop.time()
    with pytest.raises(DaytonaTimeoutError, match="Failed to run code: the code ran longer than 30 seconds"):
        await sandbox.code_interpreter.run_code("x", timeout=30)
    assert 35 <= loop.time() - begun_s < 40


async def test_a_timeout_of_a_handler_is_its_own(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    server.on(PATH, after(stays_open(frame("stdout", "a"))))

    def take(_: OutputMessage) -> None:
        raise DaytonaTimeoutError("mine")

    with pytest.raises(DaytonaTimeoutError, match="Failed to run code: mine"):
        await sandbox.code_interpreter.run_code("x", on_stdout=take)


async def test_what_a_handler_raises_ends_the_run_and_closes_the_websocket(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(PATH, after(stays_open(frame("stdout", "a"))))

    def take(_: OutputMessage) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await sandbox.code_interpreter.run_code("x", on_stdout=take)
    await asyncio.sleep(1)
    assert [1000] == server.closed


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (after(breaks_off(frame("stdout", "a"))), r"after 31 bytes \(close code 1006\)"),
        (answers(code=1011, reason="worker died"), r"after 0 bytes \(close code 1011, worker died\)"),
    ],
)
async def test_a_connection_that_breaks_off_is_an_error_and_the_code_is_not_run_again(
    sandbox: AsyncSandbox, server: ToolboxServer, script: Script, words: str
) -> None:
    server.on(PATH, script)
    with pytest.raises(DaytonaConnectionError, match=f"Failed to run code: .*{words}"):
        await sandbox.code_interpreter.run_code("x")
    assert 1 == len(server.requests)


async def test_code_that_could_not_be_sent_is_no_success(
    sandbox: AsyncSandbox, server: ToolboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def open_late(*arguments: Any) -> AsyncWebSocket:
        websocket = await open_stream(*arguments)
        await asyncio.sleep(1)
        return websocket

    monkeypatch.setattr(stream, "open_stream", open_late)
    server.on(PATH, says())
    with pytest.raises(DaytonaConnectionError, match=r"after 0 bytes \(close code 1000\)"):
        await sandbox.code_interpreter.run_code("x")


@pytest.mark.parametrize("message", ["hidden", "[]", "[" * 100_000, b"\xff"])
async def test_a_message_that_is_none_of_the_interpreter_s_is_an_error(
    sandbox: AsyncSandbox, server: ToolboxServer, message: str | bytes
) -> None:
    server.on(PATH, answers(message))
    with pytest.raises(DaytonaError, match="Failed to run code: the ") as caught:
        await sandbox.code_interpreter.run_code("x")
    assert "hidden" not in str(caught.value)


async def test_code_that_is_refused_is_the_error_of_a_request(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(PATH, (400, {"message": "no python"}))
    with pytest.raises(DaytonaBadRequestError, match="Failed to run code: no python"):
        await sandbox.code_interpreter.run_code("x")


async def test_a_timeout_that_can_t_be_is_refused(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    with pytest.raises(DaytonaValidationError, match="Failed to run code: Timeout must be"):
        await sandbox.code_interpreter.run_code("x", timeout=-1)
    assert [] == server.requests


async def test_contexts_are_made_and_listed(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/process/interpreter/context", CONTEXT)
    api.on("GET", "/process/interpreter/context", {"contexts": [CONTEXT]}, {"contexts": None})
    made = await sandbox.code_interpreter.create_context(cwd="/w")
    await sandbox.code_interpreter.create_context()
    assert ("c1", "/w", True, "python") == (made.id, made.cwd, made.active, made.language)
    assert [{"cwd": "/w"}, {}] == api.bodies("POST")
    assert [made] == await sandbox.code_interpreter.list_contexts()
    assert [] == await sandbox.code_interpreter.list_contexts()


async def test_a_context_is_deleted_once(sandbox: AsyncSandbox, api: FakeApi) -> None:
    path = "/process/interpreter/context/c1"
    api.on("DELETE", path, httpx.ReadError("reset"), refusal(404, "none"))
    await sandbox.code_interpreter.delete_context(InterpreterContext(id="c1"))
    assert 2 == len(api.sent("DELETE", path))
    with pytest.raises(DaytonaNotFoundError, match="Failed to delete interpreter context: none"):
        await sandbox.code_interpreter.delete_context(InterpreterContext(id="c1"))


async def test_a_context_that_can_t_be_made_or_listed_says_so(sandbox: AsyncSandbox, api: FakeApi) -> None:
    for method in ("GET", "POST"):
        api.on(method, "/context", refusal(400, "no"))
    with pytest.raises(DaytonaBadRequestError, match="Failed to create interpreter context: no"):
        await sandbox.code_interpreter.create_context()
    with pytest.raises(DaytonaBadRequestError, match="Failed to list interpreter contexts: no"):
        await sandbox.code_interpreter.list_contexts()


@pytest.mark.parametrize("context_id", ["", "..", "a/b"])
async def test_an_id_is_one_segment_of_the_path(sandbox: AsyncSandbox, api: FakeApi, context_id: str) -> None:
    api.on("DELETE", "", {"message": "ok"})
    if context_id == "a/b":
        await sandbox.code_interpreter.delete_context(InterpreterContext(id=context_id))
        assert api.requests[0].url.raw_path.endswith(b"/process/interpreter/context/a%2Fb")
        return
    with pytest.raises(DaytonaValidationError, match="Failed to delete interpreter context: "):
        await sandbox.code_interpreter.delete_context(InterpreterContext(id=context_id))
    assert [] == api.requests
