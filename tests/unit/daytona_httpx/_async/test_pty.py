"""Terminals; over real sockets in virtual time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from daytona_httpx import (
    AsyncPtyHandle,
    AsyncSandbox,
    DaytonaConflictError,
    DaytonaConnectionError,
    DaytonaConnectionTimeoutError,
    DaytonaError,
    DaytonaGoneError,
    DaytonaNotFoundError,
    DaytonaTimeoutError,
    DaytonaValidationError,
    PtyResult,
    PtySize,
)
from daytona_httpx._async import clock

from tests.unit.daytona_httpx.fake_api import FakeApi, record, refusal
from tests.unit.daytona_httpx.toolbox_server import (
    CONNECTED,
    EXIT_CONTROL,
    PatientLoop,
    ToolboxServer,
    breaks_off,
    exited,
    says,
    stays_open,
)

pytestmark = pytest.mark.anyio

CREATE = "/process/pty/create-connect"
CONNECT = "/process/pty/p/connect"
INFO = {"id": "p", "active": True, "cols": 120, "rows": 30, "cwd": "/", "envs": {"A": "secret"},
        "createdAt": "2026-01-01T00:00:00Z", "lazyStart": False}  # fmt: skip


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


async def echoes(connection: Any) -> None:
    """Be a shell that repeats its input and ends with ``exit``."""
    await connection.send(CONNECTED)
    async for data in connection:
        assert isinstance(data, bytes)
        if data == b"exit\n":
            await connection.send(exited(7))
            await connection.close()
        else:
            await connection.send(b"> " + data)


async def test_a_terminal_is_made_used_and_ends(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    server.on(CREATE, echoes)
    out: list[bytes] = []
    handle = await sandbox.process.create_pty_session(
        "p", out.append, cwd="/w", envs={"A": "1"}, pty_size=PtySize(rows=30, cols=120)
    )
    assert isinstance(handle, AsyncPtyHandle)
    assert ("p", True, None, None) == (
        handle.session_id,
        handle.is_connected(),
        handle.exit_code,
        handle.error,
    )
    await handle.send_input("é\n")
    await handle.send_input(b"\xff\n")
    await handle.send_input("exit\n")
    assert PtyResult(7) == await handle.wait()
    assert "> é\n> ".encode() + b"\xff\n" == b"".join(out)
    assert (7, False) == (handle.exit_code, handle.is_connected())
    request = server.requests[0]
    assert {"id=p", "cols=120", "rows=30", "cwd=%2Fw"} == set(request.path.partition("?")[2].split("&"))
    assert [EXIT_CONTROL, "X-Daytona-Pty-Envs~eyJBIjogIjEifQ"] == request.headers[
        "Sec-WebSocket-Protocol"
    ].split(", ")


async def test_a_terminal_is_found_again(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    server.on(CONNECT, echoes)
    handle = await sandbox.process.connect_pty_session("p", print)
    await handle.disconnect()
    assert f"/toolbox/s1{CONNECT}" == server.requests[0].path
    assert EXIT_CONTROL == server.requests[0].headers["Sec-WebSocket-Protocol"]


async def test_the_usual_size_is_80_by_24(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    server.on(CREATE, says(CONNECTED))
    await (await sandbox.process.create_pty_session("p")).wait()
    assert f"/toolbox/s1{CREATE}?id=p&cols=80&rows=24" == server.requests[0].path


async def test_without_a_handler_the_output_is_iterated(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    server.on(CREATE, says(b"early ", CONNECTED, b"a", "text", b"b", exited(0)))
    handle = await sandbox.process.create_pty_session("p")
    assert [b"early ", b"a", b"text", b"b"] == [data async for data in handle]
    assert PtyResult(0) == await handle.wait()


async def test_without_a_handler_wait_takes_one(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    server.on(CREATE, says(CONNECTED, b"a", b"b", reason='{"exitCode": 3, "exitReason": "killed"}'))
    out: list[bytes] = []
    handle = await sandbox.process.create_pty_session("p")
    assert PtyResult(3, "killed") == await handle.wait(out.append)
    assert [b"a", b"b"] == out
    assert (3, "killed") == (handle.exit_code, handle.error)


async def test_coroutine_functions_are_awaited(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    server.on(CREATE, says(CONNECTED, b"a", b"b"))
    steps: list[bytes] = []

    async def take(data: bytes) -> None:
        await asyncio.sleep(1)
        steps.append(data)

    handle = await sandbox.process.create_pty_session("p", take)
    assert PtyResult(0) == await handle.wait()
    assert [b"a", b"b"] == steps


@pytest.mark.parametrize(
    "script",
    [
        says(exited(127, "no such shell")),
        says(reason='{"exitCode": 127, "exitReason": "no such shell"}'),
    ],
    ids=["message", "close"],
)
async def test_a_terminal_that_ends_at_once_is_no_error(
    sandbox: AsyncSandbox, server: ToolboxServer, script: Any
) -> None:
    server.on(CREATE, script)
    handle = await sandbox.process.create_pty_session("p", print)
    assert PtyResult(127, "no such shell") == await handle.wait()


async def test_output_after_the_end_still_counts_but_nobody_waits_for_it(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(CREATE, stays_open(CONNECTED, exited(0), b"last"))
    out: list[bytes] = []
    handle = await sandbox.process.create_pty_session("p", out.append)
    began = clock.now()
    assert PtyResult(0) == await handle.wait()
    assert [b"last"] == out
    assert clock.now() - began <= 5


async def test_a_sandbox_that_never_connects_it_is_given_10_seconds(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(CREATE, stays_open())
    began = clock.now()
    words = "Failed to create PTY session: the sandbox didn't say within 10 seconds"
    with pytest.raises(DaytonaConnectionTimeoutError, match=words):
        await sandbox.process.create_pty_session("p", print)
    assert 10 <= clock.now() - began <= 11
    await until_closed(server)
    assert [1000] == server.closed


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (says('{"type": "control", "status": "error", "error": "no pty left"}'), "no pty left"),
        (says(code=1011, reason="no shell"), r"broke off after 0 bytes \(close code 1011, no shell\)"),
        (says(), "closed at once"),
        (breaks_off(), "broke off after 0 bytes"),
    ],
)
async def test_a_terminal_that_can_t_be_connected_says_why(
    sandbox: AsyncSandbox, server: ToolboxServer, script: Any, words: str
) -> None:
    server.on(CONNECT, script)
    with pytest.raises(DaytonaConnectionError, match=f"Failed to connect PTY session: .*{words}"):
        await sandbox.process.connect_pty_session("p", print)


async def test_a_terminal_that_exists_or_doesn_t_is_its_own_error(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(CREATE, (409, {"message": "exists"}))
    server.on(CONNECT, (404, {"message": "no terminal"}))
    with pytest.raises(DaytonaConflictError, match="Failed to create PTY session: exists"):
        await sandbox.process.create_pty_session("p", print)
    with pytest.raises(DaytonaNotFoundError, match="Failed to connect PTY session: no terminal"):
        await sandbox.process.connect_pty_session("p", print)


async def test_a_terminal_is_never_made_twice(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    server.on(CREATE, (503, {"message": "maybe"}))
    with pytest.raises(DaytonaError, match="maybe"):
        await sandbox.process.create_pty_session("p", print)
    assert 1 == len(server.requests)


async def test_an_error_of_a_connected_terminal_is_in_its_result(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(CREATE, says(CONNECTED, b"a", '{"type": "control", "status": "error", "error": "lost"}'))
    handle = await sandbox.process.create_pty_session("p")
    assert PtyResult(None, "lost") == await handle.wait()


@pytest.mark.parametrize("reads", ["handler", "wait", "iteration"])
async def test_a_drop_is_an_error_that_counts_the_bytes(
    sandbox: AsyncSandbox, server: ToolboxServer, reads: str
) -> None:
    server.on(CREATE, breaks_off(CONNECTED, b"12345"))
    handle = await sandbox.process.create_pty_session("p", print if reads == "handler" else None)
    with pytest.raises(DaytonaConnectionError, match=r'"p": .* after 5 bytes \(close code 1006\); conn'):
        _ = [data async for data in handle] if reads == "iteration" else await handle.wait()
    assert handle.error is not None
    assert "5 bytes" in handle.error
    assert not handle.is_connected()
    with pytest.raises(DaytonaConnectionError, match='PTY session "p": it is not connected'):
        await handle.send_input("x")


async def test_waiting_ends_with_the_timeout_and_can_begin_anew(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(CREATE, echoes)
    for on_data in (print, None):
        handle = await sandbox.process.create_pty_session("p", on_data)
        began = clock.now()
        with pytest.raises(DaytonaTimeoutError, match=r'PTY session "p" has not ended within 2\.5 seconds'):
            await handle.wait(timeout=2.5)
        assert 2.4 <= clock.now() - began <= 3
        await handle.send_input("exit\n")
        assert PtyResult(7) == await handle.wait(timeout=5)
        with pytest.raises(DaytonaValidationError, match="Timeout must be"):
            await handle.wait(timeout=-1)


async def test_who_stops_waiting_doesn_t_stop_the_terminal(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(CREATE, echoes)
    handle = await sandbox.process.create_pty_session("p", print)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(handle.wait(), 1)
    await handle.send_input("exit\n")
    assert PtyResult(7) == await handle.wait()


async def test_what_a_handler_raises_comes_out_of_wait(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    server.on(CREATE, stays_open(CONNECTED, b"a"))

    def fail(data: bytes) -> None:
        raise KeyError(data)

    handle = await sandbox.process.create_pty_session("p", fail)
    with pytest.raises(KeyError):
        await handle.wait()
    await handle.disconnect()


async def test_disconnecting_leaves_the_terminal_and_ends_every_wait(
    sandbox: AsyncSandbox, server: ToolboxServer, api: FakeApi
) -> None:
    server.on(CREATE, stays_open(CONNECTED, b"a"))
    for on_data in (print, None):
        handle = await sandbox.process.create_pty_session("p", on_data)
        waiting = asyncio.create_task(handle.wait())
        await asyncio.sleep(1)
        await handle.disconnect()
        await handle.disconnect()
        assert PtyResult(None, None) == await waiting
        assert not handle.is_connected()
    await until_closed(server, 2)
    assert [1000, 1000] == server.closed
    assert [] == api.sent("DELETE")


async def test_a_handler_may_disconnect(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    async def script(connection: Any) -> None:
        await connection.send(CONNECTED)
        await connection.recv()
        await connection.send(b"a")
        await connection.wait_closed()

    async def leave(_: bytes) -> None:
        await handle.disconnect()

    server.on(CREATE, script)
    handle = await sandbox.process.create_pty_session("p", leave)
    await handle.send_input("x")
    assert PtyResult(None, None) == await handle.wait()
    await until_closed(server)
    assert [1000] == server.closed


async def test_only_one_reads_at_a_time(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    server.on(CREATE, stays_open(CONNECTED))
    handle = await sandbox.process.create_pty_session("p", print)
    await asyncio.sleep(1)
    with pytest.raises(DaytonaError, match="another task receives this stream already"):
        _ = [data async for data in handle]
    await handle.disconnect()


async def test_terminals_are_listed_resized_and_ended(
    sandbox: AsyncSandbox, server: ToolboxServer, api: FakeApi
) -> None:
    api.on("GET", "/process/pty", {"sessions": [INFO]}, {"sessions": None})
    api.on("GET", "/process/pty/p", INFO)
    api.on("POST", "/process/pty/p/resize", INFO, refusal(410, "has ended"))
    api.on("DELETE", "/process/pty/p", {"message": "deleted"})
    server.on(CONNECT, stays_open(CONNECTED))
    info = await sandbox.process.get_pty_session_info("p")
    assert ("p", True, 120, 30, {"A": "secret"}) == (info.id, info.active, info.cols, info.rows, info.envs)
    assert "secret" not in repr(info)
    assert [info] == await sandbox.process.list_pty_sessions()
    assert [] == await sandbox.process.list_pty_sessions()
    handle = await sandbox.process.connect_pty_session("p")
    assert info == await handle.resize(PtySize(rows=30, cols=120))
    with pytest.raises(DaytonaGoneError, match="Failed to resize PTY session: has ended"):
        await sandbox.process.resize_pty_session("p", PtySize(1, 2))
    assert [{"cols": 120, "rows": 30}, {"cols": 2, "rows": 1}] == [
        json.loads(one.content) for one in api.sent("POST")
    ]
    await handle.kill()
    await handle.disconnect()
    assert 1 == len(api.sent("DELETE"))


async def test_a_terminal_is_gone_also_when_the_first_answer_was_lost(
    sandbox: AsyncSandbox, api: FakeApi
) -> None:
    api.on("DELETE", "/process/pty/p", httpx.ReadError("reset"), refusal(404, "no terminal"))
    await sandbox.process.kill_pty_session("p")
    with pytest.raises(DaytonaNotFoundError, match="Failed to kill PTY session: no terminal"):
        await sandbox.process.kill_pty_session("p")


async def test_an_id_that_would_be_another_path_is_refused(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    with pytest.raises(DaytonaValidationError, match="Failed to create PTY session: id must not be"):
        await sandbox.process.create_pty_session("", print)
    with pytest.raises(DaytonaValidationError, match="Failed to connect PTY session: session_id must not be"):
        await sandbox.process.connect_pty_session("..", print)
    assert [] == server.requests


async def until_closed(server: ToolboxServer, times: int = 1) -> None:
    """Let the server notice."""
    async with asyncio.timeout(5):
        while len(server.closed) < times:
            await clock.sleep(0.01)
