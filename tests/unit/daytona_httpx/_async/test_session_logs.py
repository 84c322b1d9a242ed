"""The live logs of sessions; over real sockets in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from daytona_httpx import (
    AsyncSandbox,
    DaytonaConnectionError,
    DaytonaNotFoundError,
    DaytonaValidationError,
    OutputHandler,
)
from daytona_httpx._async import clock

from tests.unit.daytona_httpx.fake_api import FakeApi, record
from tests.unit.daytona_httpx.toolbox_server import PatientLoop, ToolboxServer, breaks_off, says, stays_open

pytestmark = pytest.mark.anyio

PATH = "/process/session/s/command/c/logs"


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


async def logs(sandbox: AsyncSandbox) -> tuple[str, str]:
    """Return the output and the errors that are handed over."""
    out: list[str] = []
    err: list[str] = []
    await sandbox.process.get_session_command_logs_async("s", "c", out.append, err.append)
    return "".join(out), "".join(err)


async def test_output_and_errors_are_told_apart_with_marks_split_over_frames(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(PATH, says(b"\1\1\1out\2", b"\2", b"\2err", b"\1", b"\1\1 more \xc3", b"\xa9\1"))
    assert ("out more é\1", "err") == await logs(sandbox)
    assert f"/toolbox/s1{PATH}?follow=true" == server.requests[0].path


async def test_text_is_taken_as_well(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    server.on(PATH, says("\1\1\1é", "\2\2\2x"))
    assert ("é", "x") == await logs(sandbox)


async def test_a_close_without_a_code_is_an_end_too(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    async def closes_without_a_code(connection: Any) -> None:
        await connection.send(b"\1\1\1all")
        connection.protocol.send_close()
        connection.send_data()

    server.on(PATH, closes_without_a_code)
    assert ("all", "") == await logs(sandbox)
    assert 1 == len(server.requests)


async def test_output_is_handed_over_as_it_comes(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    first = asyncio.Event()

    async def script(connection: Any) -> None:
        await connection.send(b"\1\1\1first")
        await first.wait()
        await connection.send(b"second")
        await connection.close()

    server.on(PATH, script)
    out: list[str] = []

    def on_stdout(text: str) -> None:
        out.append(text)
        first.set()

    await sandbox.process.get_session_command_logs_async("s", "c", on_stdout, print)
    assert ["first", "second"] == out


async def test_coroutine_functions_are_awaited_one_after_the_other(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(PATH, says(b"\1\1\1a\2\2\2b\1\1\1c"))
    steps: list[str] = []

    async def take(text: str) -> None:
        steps.append(f"{text} comes")
        await asyncio.sleep(1)
        steps.append(f"{text} is done")

    await sandbox.process.get_session_command_logs_async("s", "c", take, take)
    assert [f"{text} {what}" for text in "abc" for what in ("comes", "is done")] == steps


async def test_after_a_drop_the_log_goes_on_where_it_was(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    log = b"\1\1\1one \xc3\xa9\2\2\2two\1\1\1three"
    server.on(
        PATH,
        breaks_off(log[:4], log[4:8]),
        breaks_off(),
        breaks_off(log[:12]),
        says(log, code=1011),
        says(log[:2], log[2:]),
    )
    assert ("one éthree", "two") == await logs(sandbox)
    assert 5 == len(server.requests)


async def test_drops_that_bring_something_new_are_never_too_many(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    log = b"\1\1\1" + b"x" * 12
    server.on(PATH, *(breaks_off(log[:end]) for end in range(4, 15)), says(log))
    assert ("x" * 12, "") == await logs(sandbox)


async def test_drops_without_anything_new_are_an_error_that_counts_the_bytes(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(PATH, breaks_off(b"\1\1\1five5"))
    with pytest.raises(DaytonaConnectionError, match=r"command logs: .* broke off after 5 bytes .*1006"):
        await logs(sandbox)
    assert 5 == len(server.requests)


async def test_a_log_that_is_gone_after_a_drop_says_how_much_had_arrived(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(PATH, breaks_off(b"\1\1\1five5"), (404, {"message": "no session"}))
    with pytest.raises(DaytonaNotFoundError, match="logs: no session; 5 bytes had arrived"):
        await logs(sandbox)


async def test_another_log_after_a_drop_is_not_mixed_in(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    server.on(PATH, breaks_off(b"\1\1\1abc"), says(b"\1\1\1xyz and more"))
    out: list[str] = []
    with pytest.raises(DaytonaConnectionError, match="after 3 bytes, and then the log was another one"):
        await sandbox.process.get_session_command_logs_async("s", "c", out.append, out.append)
    assert ["abc"] == out


async def test_a_log_that_isn_t_there_is_not_found(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    server.on(PATH, (404, {"message": "no command"}))
    with pytest.raises(DaytonaNotFoundError, match="Failed to get session command logs: no command"):
        await logs(sandbox)
    assert 1 == len(server.requests)


async def test_an_id_that_would_be_another_path_is_refused(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    with pytest.raises(DaytonaValidationError, match="command_id"):
        await sandbox.process.get_session_command_logs_async("s", "..", print, print)
    assert [] == server.requests


async def test_the_entrypoint_s_log_is_followed_likewise(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    path = "/process/session/entrypoint/logs"
    server.on(path, breaks_off(b"\1\1\1a"), says(b"\1\1\1ab"))
    out: list[str] = []
    await sandbox.process.get_entrypoint_logs_async(out.append, out.append)
    assert ["a", "b"] == out
    server.on(path, (500, {"message": "no entrypoint"}))
    with pytest.raises(Exception, match="Failed to get entrypoint logs: no entrypoint"):
        await sandbox.process.get_entrypoint_logs_async(out.append, out.append)


async def test_what_a_handler_raises_comes_out_and_the_stream_is_closed(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(PATH, stays_open(b"\1\1\1a"))

    def fail(text: str) -> None:
        raise KeyError(text)

    with pytest.raises(KeyError):
        await sandbox.process.get_session_command_logs_async("s", "c", fail, fail)
    await until_closed(server)
    assert [1000] == server.closed


async def test_who_cancels_closes_the_stream(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    server.on(PATH, stays_open(b"\1\1\1a"))
    came = asyncio.Event()
    handler: OutputHandler[str] = lambda _: came.set()  # noqa: E731 - the type is what is shown
    task = asyncio.create_task(sandbox.process.get_session_command_logs_async("s", "c", handler, handler))
    await came.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await until_closed(server)
    assert [1000] == server.closed


async def until_closed(server: ToolboxServer) -> None:
    """Let the server notice."""
    async with asyncio.timeout(5):
        while not server.closed:
            await clock.sleep(0.01)
