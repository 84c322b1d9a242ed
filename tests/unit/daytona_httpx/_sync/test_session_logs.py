"""The live logs of sessions, in the calling thread; over real sockets."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from daytona_httpx import (
    Daytona,
    DaytonaConnectionError,
    DaytonaNotFoundError,
    DaytonaValidationError,
    Sandbox,
)

from tests.unit.daytona_httpx.conftest import SkippedTime
from tests.unit.daytona_httpx.fake_api import FakeApi, record
from tests.unit.daytona_httpx.toolbox_server import ToolboxServer, breaks_off, says, stays_open

PATH = "/process/session/s/command/c/logs"


@pytest.fixture
def server() -> Iterator[ToolboxServer]:
    """Return the toolbox's server."""
    with ToolboxServer().in_a_thread() as made:
        yield made


@pytest.fixture
def sandbox(server: ToolboxServer, api: FakeApi, sync_client: Daytona, skipped_time: SkippedTime) -> Sandbox:
    """Return a sandbox with that toolbox, whose pauses cost no time."""
    api.sandboxes["s1"] = record(toolboxProxyUrl=server.url)
    return sync_client.get("s1")


def test_output_and_errors_are_told_apart_in_the_calling_thread(
    sandbox: Sandbox, server: ToolboxServer
) -> None:
    server.on(PATH, says(b"\1\1\1out\2", b"\2\2err", b"\1\1\1 \xc3", b"\xa9"))
    calls: list[tuple[str, str, threading.Thread]] = []
    sandbox.process.get_session_command_logs_async(
        "s",
        "c",
        lambda text: calls.append(("out", text, threading.current_thread())),
        lambda text: calls.append(("err", text, threading.current_thread())),
    )
    here = threading.current_thread()
    assert [("out", "out", here), ("err", "err", here), ("out", " ", here), ("out", "é", here)] == calls


def test_after_a_drop_the_log_goes_on_where_it_was(sandbox: Sandbox, server: ToolboxServer) -> None:
    log = b"\1\1\1one \xc3\xa9\2\2\2two"
    server.on(PATH, breaks_off(log[:8]), breaks_off(log[:4]), says(log[:2], log[2:]))
    out: list[str] = []
    err: list[str] = []
    sandbox.process.get_session_command_logs_async("s", "c", out.append, err.append)
    assert ("one é", "two") == ("".join(out), "".join(err))


def test_drops_without_anything_new_are_an_error_that_counts_the_bytes(
    sandbox: Sandbox, server: ToolboxServer
) -> None:
    server.on("/process/session/entrypoint/logs", breaks_off(b"\1\1\1five5"))
    with pytest.raises(DaytonaConnectionError, match=r"entrypoint logs: .* broke off after 5 bytes"):
        sandbox.process.get_entrypoint_logs_async(print, print)
    assert 5 == len(server.requests)


def test_a_log_that_isn_t_there_is_not_found(sandbox: Sandbox, server: ToolboxServer) -> None:
    server.on(PATH, (404, {"message": "no command"}))
    with pytest.raises(DaytonaNotFoundError, match="Failed to get session command logs: no command"):
        sandbox.process.get_session_command_logs_async("s", "c", print, print)


def test_a_coroutine_function_is_refused_and_the_stream_closed(
    sandbox: Sandbox, server: ToolboxServer
) -> None:
    closed = threading.Event()

    async def script(connection: Any) -> None:
        await stays_open(b"\1\1\1a")(connection)
        closed.set()

    async def take(text: str) -> None:
        raise AssertionError(text)

    server.on(PATH, script)
    handler: Any = take
    with pytest.raises(DaytonaValidationError, match="takes no coroutine function; AsyncDaytona does"):
        sandbox.process.get_session_command_logs_async("s", "c", handler, handler)
    assert closed.wait(5)
