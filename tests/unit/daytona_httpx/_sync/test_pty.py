"""Terminals, read in the calling thread; over real sockets."""

from __future__ import annotations

import inspect
import threading
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from typing import Any

import pytest
from daytona_httpx import (
    AsyncPtyHandle,
    Daytona,
    DaytonaConflictError,
    DaytonaConnectionError,
    DaytonaConnectionTimeoutError,
    DaytonaError,
    DaytonaTimeoutError,
    PtyHandle,
    PtyResult,
    PtySize,
    Sandbox,
)
from daytona_httpx._sync.pty import PtyConnection

from tests.unit.daytona_httpx.fake_api import FakeApi, record
from tests.unit.daytona_httpx.toolbox_server import (
    CONNECTED,
    ToolboxServer,
    breaks_off,
    exited,
    says,
    stays_open,
)

CREATE = "/process/pty/create-connect"
CONNECT = "/process/pty/p/connect"


@pytest.fixture
def server() -> Iterator[ToolboxServer]:
    """Return the toolbox's server."""
    with ToolboxServer().in_a_thread() as made:
        yield made


@pytest.fixture
def sandbox(server: ToolboxServer, api: FakeApi, sync_client: Daytona) -> Sandbox:
    """Return a sandbox with that toolbox."""
    api.sandboxes["s1"] = record(toolboxProxyUrl=server.url)
    return sync_client.get("s1")


async def echoes(connection: Any) -> None:
    """Be a shell that repeats its input and ends with ``exit``."""
    await connection.send(CONNECTED)
    async for data in connection:
        if data == b"exit\n":
            await connection.close(1000, '{"exitCode": 7}')
        else:
            await connection.send(b"> " + data)


def test_a_terminal_is_made_used_and_ends(sandbox: Sandbox, server: ToolboxServer) -> None:
    server.on(CREATE, echoes)
    handle = sandbox.process.create_pty_session("p", "/w", {"A": "1"}, PtySize(rows=30, cols=120))
    assert isinstance(handle, PtyHandle)
    assert handle.is_connected()
    output = iter(handle)
    handle.send_input("ls\n")
    assert b"> ls\n" == next(output)
    handle.send_input(b"exit\n")
    assert [] == list(output)
    assert PtyResult(7) == handle.wait()
    assert (7, None, False) == (handle.exit_code, handle.error, handle.is_connected())
    assert f"/toolbox/s1{CREATE}?id=p&cols=120&rows=30&cwd=%2Fw" == server.requests[0].path


def test_wait_takes_a_handler_in_the_calling_thread(sandbox: Sandbox, server: ToolboxServer) -> None:
    server.on(CONNECT, says(CONNECTED, b"a", "text", exited(3, "killed")))
    handle = sandbox.process.connect_pty_session("p")
    calls: list[tuple[bytes, threading.Thread]] = []
    result = handle.wait(lambda data: calls.append((data, threading.current_thread())))
    assert PtyResult(3, "killed") == result
    assert [(b"a", threading.current_thread()), (b"text", threading.current_thread())] == calls


def test_waiting_ends_with_the_timeout_and_can_begin_anew(sandbox: Sandbox, server: ToolboxServer) -> None:
    server.on(CREATE, echoes)
    handle = sandbox.process.create_pty_session("p")
    began = time.monotonic()
    with pytest.raises(DaytonaTimeoutError, match=r'PTY session "p" has not ended within 0\.05 seconds'):
        handle.wait(timeout=0.05)
    assert time.monotonic() - began < 2
    handle.send_input("exit\n")
    assert PtyResult(7) == handle.wait()


def test_a_sandbox_that_never_connects_it_is_not_waited_for(
    sandbox: Sandbox, server: ToolboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in (PtyHandle, AsyncPtyHandle):
        assert 10.0 == inspect.signature(kind.wait_for_connection).parameters["timeout"].default
    waits = PtyConnection.wait_for_connection
    monkeypatch.setattr(PtyConnection, "wait_for_connection", lambda handle: waits(handle, 0.05))
    server.on(CREATE, stays_open())
    words = r"Failed to create PTY session: the sandbox didn't say within 0\.05 seconds"
    with pytest.raises(DaytonaConnectionTimeoutError, match=words):
        sandbox.process.create_pty_session("p")


def test_a_terminal_that_exists_is_a_conflict(sandbox: Sandbox, server: ToolboxServer) -> None:
    server.on(CREATE, (409, {"message": "exists"}))
    with pytest.raises(DaytonaConflictError, match="Failed to create PTY session: exists"):
        sandbox.process.create_pty_session("p")


def test_a_drop_is_an_error_that_counts_the_bytes(sandbox: Sandbox, server: ToolboxServer) -> None:
    server.on(CREATE, breaks_off(CONNECTED, b"12345"))
    handle = sandbox.process.create_pty_session("p")
    with pytest.raises(DaytonaConnectionError, match=r"broke off after 5 bytes \(close code 1006\)"):
        handle.wait()
    with pytest.raises(DaytonaConnectionError, match='PTY session "p": it is not connected'):
        handle.send_input("x")


def test_disconnecting_ends_a_wait_in_another_thread(sandbox: Sandbox, server: ToolboxServer) -> None:
    server.on(CREATE, stays_open(CONNECTED))
    handle = sandbox.process.create_pty_session("p")
    results: list[PtyResult] = []
    thread = threading.Thread(target=lambda: results.append(handle.wait()))
    thread.start()
    handle.disconnect()
    thread.join(5)
    assert [PtyResult(None, None)] == results


def test_output_that_nobody_reads_doesn_t_keep_anyone_from_leaving(
    sandbox: Sandbox, server: ToolboxServer
) -> None:
    server.on(CREATE, says(CONNECTED, *[b"x" * 50_000] * 200))
    handle = sandbox.process.create_pty_session("p")
    began = time.monotonic()
    handle.disconnect()
    assert time.monotonic() - began < 4


def test_only_one_reads_at_a_time(sandbox: Sandbox, server: ToolboxServer) -> None:
    server.on(CREATE, stays_open(CONNECTED))
    handle = sandbox.process.create_pty_session("p")
    with ThreadPoolExecutor(2) as pool:
        ended, waits = wait([pool.submit(handle.wait) for _ in range(2)], 5, FIRST_COMPLETED)
        with pytest.raises(DaytonaError, match="another thread receives this stream already"):
            ended.pop().result()
        handle.disconnect()
        assert PtyResult(None, None) == waits.pop().result(5)
