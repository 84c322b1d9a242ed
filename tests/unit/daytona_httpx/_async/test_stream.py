"""Websockets to a toolbox, opened and refused; over real sockets in virtual time."""

from __future__ import annotations

import logging
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
from daytona_httpx import (
    AsyncDaytona,
    AsyncSandbox,
    DaytonaAuthenticationError,
    DaytonaConflictError,
    DaytonaConnectionError,
    DaytonaConnectionTimeoutError,
    DaytonaError,
    DaytonaNotFoundError,
    DaytonaProcessNotFoundError,
    DaytonaTimeoutError,
)
from daytona_httpx._async import clock
from daytona_httpx._async.stream import open_stream
from daytona_httpx.closing import Closing
from daytona_httpx.deadline import Deadline

from tests.unit.daytona_httpx.fake_api import FakeApi, record
from tests.unit.daytona_httpx.toolbox_server import PatientLoop, ToolboxServer, breaks_off, says, stays_open

pytestmark = pytest.mark.anyio

PATH = "/process/x"


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


async def test_a_stream_is_opened_with_the_client_s_headers(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(PATH, says("hi", b"\xff", code=4008, reason="late"))
    websocket = await open_stream(sandbox._toolbox, PATH, {"a": "b c"}, ["X-Offered"])
    received = [await websocket.receive(Deadline(None, clock.now)) for _ in range(3)]
    assert ["hi", b"\xff", None] == received
    assert Closing(4008, "late") == websocket.closing
    request = server.requests[0]
    assert "/toolbox/s1/process/x?a=b%20c" == request.path.replace("+", "%20")
    assert "Bearer key" == request.headers["Authorization"]
    assert "daytona-httpx" == request.headers["X-Daytona-Source"]
    assert "X-Offered" == request.headers["Sec-WebSocket-Protocol"]
    assert ["Upgrade"] == request.headers.get_all("Connection")
    assert 1 == len(request.headers.get_all("User-Agent"))


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        (401, {"message": "who?"}, DaytonaAuthenticationError, "who\\?"),
        (404, {"message": "no session"}, DaytonaNotFoundError, "no session"),
        (
            404,
            {"message": "no process", "code": "PROCESS_NOT_FOUND", "source": "DAYTONA_DAEMON"},
            DaytonaProcessNotFoundError,
            "no process",
        ),
        (409, {"message": "exists"}, DaytonaConflictError, "exists"),
        (404, "<html>", DaytonaError, r"HTTP 404 from http://127\.0\.0\.1.*check the API URL"),
    ],
)
async def test_a_refusal_is_the_error_of_a_request(
    sandbox: AsyncSandbox,
    server: ToolboxServer,
    status: int,
    body: dict[str, Any] | str,
    kind: type[DaytonaError],
    words: str,
) -> None:
    server.on(PATH, (status, body))
    with pytest.raises(kind, match=words) as caught:
        await open_stream(sandbox._toolbox, PATH, {})
    assert status == caught.value.status_code
    assert kind is type(caught.value)


async def test_a_server_that_is_away_for_a_moment_is_asked_again(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(PATH, (503, {"message": "wait"}), (502, {"message": "wait"}), says("hi"))
    websocket = await open_stream(sandbox._toolbox, PATH, {})
    assert "hi" == await websocket.receive(Deadline(None, clock.now))
    await websocket.aclose()
    assert 3 == len(server.requests)


async def test_too_many_requests_are_waited_for(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    server.on(PATH, (429, {"message": "slow down"}), says())
    began = clock.now()
    await (await open_stream(sandbox._toolbox, PATH, {})).aclose()
    assert 1 <= clock.now() - began


async def test_what_must_not_be_done_twice_is_not(sandbox: AsyncSandbox, server: ToolboxServer) -> None:
    server.on(PATH, (503, {"message": "maybe"}), says())
    with pytest.raises(DaytonaError, match="maybe"):
        await open_stream(sandbox._toolbox, PATH, {}, method="POST")
    assert 1 == len(server.requests)


async def test_an_unreachable_server_is_named_after_five_attempts(sandbox: AsyncSandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"http://127.0.0.1:{free.getsockname()[1]}"
    sandbox._toolbox.proxy_url = f"{place}/secret"
    with pytest.raises(DaytonaConnectionError, match=f"^no answer from {place}: .*[Cc]onnect") as caught:
        await open_stream(sandbox._toolbox, PATH, {}, method="POST")
    assert 5 == caught.value.attempts
    assert "secret" not in str(caught.value)


async def test_a_server_that_never_answers_is_given_up_within_the_deadline(sandbox: AsyncSandbox) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        sandbox._toolbox.proxy_url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        began = clock.now()
        with pytest.raises(DaytonaConnectionTimeoutError, match="no answer from"):
            await open_stream(sandbox._toolbox, PATH, {})
    assert 60 <= clock.now() - began <= 91


async def test_something_else_than_a_websocket_is_a_connection_error(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(PATH, (200, "hello"))
    with pytest.raises(DaytonaError, match=r"HTTP 200 from http://127\.0\.0\.1"):
        await open_stream(sandbox._toolbox, PATH, {})


async def test_a_closed_client_opens_nothing(
    client: AsyncDaytona, sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    await client.close()
    with pytest.raises(DaytonaError, match="the client is closed"):
        await open_stream(sandbox._toolbox, PATH, {})
    assert [] == server.requests


async def test_waiting_for_a_message_ends_with_the_deadline_and_loses_none(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(PATH, stays_open())
    websocket = await open_stream(sandbox._toolbox, PATH, {})
    with pytest.raises(DaytonaTimeoutError, match=r"longer than 2\.5 seconds"):
        await websocket.receive(Deadline(2.5, clock.now))
    await websocket.aclose()
    assert await websocket.receive(Deadline(None, clock.now)) is None
    assert not await websocket.send("x")


async def test_a_deadline_that_is_over_holds_though_messages_are_there(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(PATH, says("a", "b"))
    websocket = await open_stream(sandbox._toolbox, PATH, {})
    assert "a" == await websocket.receive(Deadline(None, clock.now))
    late = Deadline(0.001, clock.now)
    with pytest.raises(DaytonaTimeoutError):
        await websocket.receive(late)
    assert "b" == await websocket.receive(Deadline(None, clock.now))
    await websocket.aclose()


async def test_a_connection_that_breaks_off_has_its_own_code(
    sandbox: AsyncSandbox, server: ToolboxServer
) -> None:
    server.on(PATH, breaks_off("a"))
    websocket = await open_stream(sandbox._toolbox, PATH, {})
    assert ["a", None] == [await websocket.receive(Deadline(None, clock.now)) for _ in range(2)]
    assert Closing(1006, "") == websocket.closing
    await websocket.aclose()


async def test_no_log_shows_the_key(
    sandbox: AsyncSandbox, server: ToolboxServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.on(PATH, says())
    logging.getLogger("websockets.server").setLevel(logging.INFO)  # the test's own server
    await (await open_stream(sandbox._toolbox, PATH, {})).aclose()
    assert "Bearer" not in caplog.text
