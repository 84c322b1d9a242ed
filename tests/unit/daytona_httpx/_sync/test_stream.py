"""Websockets of the sync client, opened and refused; over real sockets."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest
from daytona_httpx import (
    Daytona,
    DaytonaConnectionError,
    DaytonaConnectionTimeoutError,
    DaytonaProcessNotFoundError,
    DaytonaTimeoutError,
    Sandbox,
)
from daytona_httpx._sync import clock, stream
from daytona_httpx._sync.stream import open_stream
from daytona_httpx.closing import Closing
from daytona_httpx.deadline import Deadline

from tests.unit.daytona_httpx.conftest import SkippedTime
from tests.unit.daytona_httpx.fake_api import FakeApi, record
from tests.unit.daytona_httpx.toolbox_server import ToolboxServer, says, stays_open

PATH = "/process/x"


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


def forever() -> Deadline:
    """Return no limit."""
    return Deadline(None, clock.now)


def test_a_stream_is_opened_with_the_client_s_headers(sandbox: Sandbox, server: ToolboxServer) -> None:
    server.on(PATH, says("hi", b"\xff", code=4008, reason="late"))
    websocket = open_stream(sandbox._toolbox, PATH, {"a": "b"}, ["X-Offered"])
    assert ["hi", b"\xff", None] == [websocket.receive(forever()) for _ in range(3)]
    assert Closing(4008, "late") == websocket.closing
    request = server.requests[0]
    assert ("Bearer key", "X-Offered") == (
        request.headers["Authorization"],
        request.headers["Sec-WebSocket-Protocol"],
    )
    assert 1 == len(request.headers.get_all("User-Agent"))
    websocket.close()


def test_a_refusal_is_the_error_of_a_request(sandbox: Sandbox, server: ToolboxServer) -> None:
    server.on(PATH, (404, {"message": "none", "code": "PROCESS_NOT_FOUND", "source": "DAYTONA_DAEMON"}))
    with pytest.raises(DaytonaProcessNotFoundError, match=r"^none$"):
        open_stream(sandbox._toolbox, PATH, {})


def test_a_server_that_is_away_for_a_moment_is_asked_again(
    sandbox: Sandbox, server: ToolboxServer, skipped_time: SkippedTime
) -> None:
    server.on(PATH, (503, {"message": "wait"}), says("hi"))
    websocket = open_stream(sandbox._toolbox, PATH, {})
    assert "hi" == websocket.receive(forever())
    websocket.close()


def test_an_unreachable_server_is_named(sandbox: Sandbox, skipped_time: SkippedTime) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"http://127.0.0.1:{free.getsockname()[1]}"
    sandbox._toolbox.proxy_url = place
    with pytest.raises(DaytonaConnectionError, match=f"^no answer from {place}: .*refused"):
        open_stream(sandbox._toolbox, PATH, {})


def test_a_server_that_never_answers_is_given_up(
    sandbox: Sandbox, skipped_time: SkippedTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "OPEN_S", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        sandbox._toolbox.proxy_url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(DaytonaConnectionTimeoutError, match="no answer from"):
            open_stream(sandbox._toolbox, PATH, {}, method="POST")


def test_waiting_for_a_message_ends_with_the_deadline(sandbox: Sandbox, server: ToolboxServer) -> None:
    server.on(PATH, stays_open("late"))
    websocket = open_stream(sandbox._toolbox, PATH, {})
    assert "late" == websocket.receive(forever())
    began = time.monotonic()
    with pytest.raises(DaytonaTimeoutError, match=r"longer than 0\.05 seconds"):
        websocket.receive(Deadline(0.05, clock.now))
    assert time.monotonic() - began < 2
    websocket.close()
    assert websocket.receive(forever()) is None
    assert not websocket.send("x")
