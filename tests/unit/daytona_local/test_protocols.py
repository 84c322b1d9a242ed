"""Requests that don't come in, on a loop whose time is moved by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from daytona_local.protocols import BoundedHttp, bounded_http
from uvicorn import Config
from uvicorn.protocols.http.flow_control import service_unavailable
from uvicorn.server import ServerState

HEAD = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\n"
MORE_THAN_IS_KEPT = b"x" * 70_000


class Handle:
    """Hold what is to be done, unless it was cancelled."""

    def __init__(self, run: Callable[[], None] = lambda: None) -> None:
        self.run = run

    def cancel(self) -> None:
        self.run = lambda: None

    def add_done_callback(self, _: Callable[[Any], None]) -> None:
        """Never be done."""


class Loop:
    """Stand in for an event loop: it runs timers only, when someone moves the time."""

    def __init__(self) -> None:
        self.now = 0.0
        self.timers: list[tuple[float, Handle]] = []

    def time(self) -> float:
        return self.now

    def call_later(self, seconds: float, run: Callable[[], None]) -> Handle:
        self.timers.append((self.now + seconds, Handle(run)))
        return self.timers[-1][1]

    def create_task(self, coroutine: Coroutine[Any, Any, None], **_: Any) -> Handle:
        coroutine.close()
        return Handle()

    def advance(self, seconds: float) -> None:
        ends_at = self.now + seconds
        while due := [timer for timer in self.timers if timer[0] <= ends_at]:
            first = min(due, key=lambda timer: timer[0])
            self.timers.remove(first)
            self.now = first[0]
            first[1].run()
        self.now = ends_at


class Transport(asyncio.Transport):
    """Keep what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.is_closed = False

    def write(self, data: Any) -> None:
        self.written += bytes(data)

    def close(self) -> None:
        self.is_closed = True

    def is_closing(self) -> bool:
        return self.is_closed

    def pause_reading(self) -> None:
        """Read no more."""

    def resume_reading(self) -> None:
        """Read on."""


class Connection:
    """Hold a connection that may stand still for ten seconds."""

    def __init__(self) -> None:
        self.loop, self.transport = Loop(), Transport()
        config = Config(service_unavailable, log_config=None)
        made: Any = bounded_http(10)
        self.protocol: BoundedHttp = made(config, ServerState(), {}, self.loop)
        self.protocol.connection_made(self.transport)

    def hear(self, data: bytes, then: float = 0) -> None:
        if data:
            self.protocol.data_received(data)
        self.loop.advance(then)

    @property
    def status(self) -> int:
        """Return the status of the answer; 0 where there is none."""
        return int(self.transport.written.split(b" ")[1]) if self.transport.written else 0


@pytest.fixture
def connection() -> Connection:
    """Return a connection that was just made."""
    return Connection()


@pytest.mark.parametrize("begun", [b"", HEAD[:20], HEAD, HEAD + b"some of it"])
def test_a_request_that_stands_still_is_ended(connection: Connection, begun: bytes) -> None:
    connection.hear(begun, 9)
    assert not connection.transport.is_closed
    connection.loop.advance(2)
    assert (True, 408) == (connection.transport.is_closed, connection.status)
    assert b"did not come in within 10 s" in connection.transport.written


def test_a_head_has_to_come_whole_in_time_however_it_drips(connection: Connection) -> None:
    for byte in HEAD[:15]:
        connection.hear(bytes([byte]), 1)
    assert (True, 408) == (connection.transport.is_closed, connection.status)


def test_a_body_that_gets_on_may_take_as_long_as_it_likes(connection: Connection) -> None:
    connection.hear(HEAD)
    for _ in range(50):
        connection.hear(b"x", 9)
    assert not connection.transport.is_closed
    connection.loop.advance(2)
    assert 408 == connection.status


def test_nobody_is_ended_who_waits_for_the_server(connection: Connection) -> None:
    connection.hear(HEAD)
    connection.hear(MORE_THAN_IS_KEPT, 100)
    assert not connection.transport.is_closed
    connection.protocol.flow.resume_reading()
    connection.loop.advance(25)
    assert 408 == connection.status


@pytest.mark.parametrize("head", [
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    HEAD.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n"),
])  # fmt: skip
def test_an_answer_may_take_its_time(connection: Connection, head: bytes) -> None:
    connection.hear(head, 1000)
    assert not connection.transport.is_closed


def test_the_rest_of_a_body_that_was_refused_already_does_not_drip_for_ever(connection: Connection) -> None:
    connection.hear(HEAD)
    protocol = connection.protocol
    protocol.cycle.response_complete = True  # the app has refused without reading
    for _ in range(12):
        connection.hear(b"x", 1)
    assert connection.transport.is_closed


def test_a_connection_that_has_ended_is_watched_no_more(connection: Connection) -> None:
    connection.hear(HEAD)
    connection.protocol.connection_lost(None)
    connection.loop.advance(100)
    assert 0 == connection.status


@pytest.mark.parametrize(("size", "status"), [(2**80 - 1, 400), (2**41, 400), (2**40, 0), (5, 0)])
def test_a_chunk_that_nobody_can_send_is_refused(connection: Connection, size: int, status: int) -> None:
    connection.hear(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
    connection.hear(f"{size:x}\r\nabc".encode())
    assert (status > 0, status) == (connection.transport.is_closed, connection.status)
