"""A listener: its connections are bounded, and none is left behind."""

from __future__ import annotations

import asyncio
import os
import resource
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from daytona_local import preview_listener
from daytona_local.preview_listener import Listener

pytestmark = pytest.mark.anyio


class Greeter:
    """Greet each client, and stay until told to leave."""

    def __init__(self) -> None:
        self.leave = asyncio.Event()
        self.served = 0

    async def serve(self, client: socket.socket) -> None:
        self.served += 1
        client.send(b"hello")
        await self.leave.wait()


@pytest.fixture
async def greeter() -> Greeter:
    return Greeter()


@pytest.fixture
async def listener(greeter: Greeter) -> AsyncIterator[Listener]:
    made = Listener(greeter.serve)
    yield made
    await made.close()


@contextmanager
def client_socket() -> Iterator[socket.socket]:
    with socket.socket() as client:
        client.setblocking(False)
        yield client


async def connect(client: socket.socket, listener: Listener) -> None:
    await asyncio.get_running_loop().sock_connect(client, address_of(listener))


async def received(client: socket.socket) -> bytes:
    return await asyncio.wait_for(asyncio.get_running_loop().sock_recv(client, 100), 30)


def address_of(listener: Listener) -> tuple[str, int]:
    found = urlsplit(listener.url)
    assert found.hostname is not None
    assert found.port is not None
    return found.hostname, found.port


async def test_more_clients_than_the_bound_wait_until_one_has_left(
    greeter: Greeter, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview_listener, "MOST_CONNECTIONS", 1)
    with client_socket() as first, client_socket() as second:
        await connect(first, listener)
        assert b"hello" == await received(first)
        await connect(second, listener)
        for _ in range(10):
            await asyncio.sleep(0)
        assert 1 == greeter.served
        greeter.leave.set()
        assert b"hello" == await received(second)


async def test_closing_ends_connections_and_frees_the_port(greeter: Greeter, listener: Listener) -> None:
    with client_socket() as client:
        await connect(client, listener)
        await received(client)
        await listener.close()
        assert b"" == await received(client)
    with client_socket() as late, pytest.raises(ConnectionRefusedError):
        await connect(late, listener)
    await listener.close()


async def test_a_connection_that_has_not_begun_is_closed_too(greeter: Greeter) -> None:
    listener = Listener(greeter.serve)
    with socket.create_connection(address_of(listener)) as client:
        client.setblocking(False)
        listener._accept()
        await listener.close()
        assert 0 == greeter.served
        assert b"" == await received(client)


async def test_draining_waits_for_those_that_are_there_and_takes_no_more(
    greeter: Greeter, listener: Listener
) -> None:
    with client_socket() as client, client_socket() as late:
        await connect(client, listener)
        await received(client)
        draining = asyncio.create_task(listener.drain())
        await asyncio.sleep(0)
        with pytest.raises(ConnectionRefusedError):
            await connect(late, listener)
        assert not draining.done()
        greeter.leave.set()
        await draining
        assert b"" == await received(client)


async def test_it_goes_on_after_the_system_had_no_descriptor_left(
    listener: Listener, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(preview_listener, "AGAIN_S", 0.01)
    with client_socket() as client:
        with no_descriptors():
            await connect(client, listener)
            for _ in range(10):
                await asyncio.sleep(0)
        assert b"hello" == await received(client)
    assert f"accept a connection to {listener.url}: Too many open files; trying again" == caplog.messages[0]


@contextmanager
def no_descriptors() -> Iterator[None]:
    """Let this process open nothing more."""
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest_free = os.dup(0)
    os.close(lowest_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)


async def test_what_should_never_happen_is_logged_and_ends_one_connection(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def broken(_: socket.socket) -> None:
        raise ValueError("reason")

    listener = Listener(broken)
    with client_socket() as client:
        await connect(client, listener)
        assert b"" == await received(client)
    assert [f"connection to {listener.url}: ValueError: reason"] == caplog.messages
    await listener.close()
