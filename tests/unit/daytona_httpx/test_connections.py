"""Both clients' own connections, against servers of bytes."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server, socket
from threading import Thread

import httpx
import pytest
import trustme
from daytona_httpx._async.connections import AsyncConnections
from daytona_httpx._async.transport import _direct
from daytona_httpx._sync.connections import Connections

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
Serve = Callable[[socket], object]
Ask = Callable[..., list[int]]


def ask_async(url: str, times: int = 1, **options: object) -> list[int]:
    async def ask() -> list[int]:
        async with httpx.AsyncClient(transport=AsyncConnections(8)) as client:
            return [(await client.post(url, **options)).status_code for _ in range(times)]  # type: ignore[arg-type]

    return asyncio.run(ask())


def ask_sync(url: str, times: int = 1, **options: object) -> list[int]:
    with httpx.Client(transport=Connections(8)) as client:
        return [client.post(url, **options).status_code for _ in range(times)]  # type: ignore[arg-type]


both = pytest.mark.parametrize("ask", [ask_async, ask_sync])


@contextmanager
def served(*serve: Serve) -> Iterator[int]:
    """Serve one connection after the other, each in its way; yield the port."""
    with create_server(("127.0.0.1", 0)) as listening:

        def run() -> None:
            for each in serve:
                connection, _address = listening.accept()
                with connection:
                    each(connection)

        thread = Thread(target=run)
        thread.start()
        yield listening.getsockname()[1]
        thread.join()


def read_request(connection: socket) -> list[bytes]:
    """Return what came of a request with a body of 4 bytes, piece by piece."""
    pieces: list[bytes] = []
    while not b"".join(pieces).endswith(b"body"):
        pieces.append(connection.recv(65536))
    return pieces


@both
def test_a_request_leaves_as_one(ask: Ask) -> None:
    pieces: list[bytes] = []

    def serve(connection: socket) -> None:
        pieces.extend(read_request(connection))
        connection.sendall(OK)

    with served(serve) as port:
        assert [200] == ask(f"http://127.0.0.1:{port}", content=b"body")
    assert 1 == len(pieces)


@both
def test_a_connection_is_used_again_until_the_server_closes_it(ask: Ask) -> None:
    def twice(connection: socket) -> None:
        for _count in range(2):
            read_request(connection)
            connection.sendall(OK)

    with served(twice, twice) as port:
        assert [200] * 4 == ask(f"http://127.0.0.1:{port}", times=4, content=b"body")


@both
def test_what_is_encrypted_is_understood(ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)

    def serve(connection: socket) -> None:
        with context.wrap_socket(connection, server_side=True) as encrypted:
            for _count in range(2):
                read_request(encrypted)
                encrypted.sendall(OK)

    with served(serve) as port:
        assert [200, 200] == ask(f"https://localhost:{port}", times=2, content=b"body")


@both
def test_a_stranger_s_certificate_is_refused(ask: Ask) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(context)

    def serve(connection: socket) -> None:
        with pytest.raises(ssl.SSLError):
            context.wrap_socket(connection, server_side=True)

    with served(serve) as port, pytest.raises(httpx.ConnectError, match="certificate"):
        ask(f"https://localhost:{port}", content=b"body")


@both
def test_a_port_where_nobody_listens_is_an_error_of_httpx(ask: Ask) -> None:
    with create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(httpx.ConnectError):
        ask(f"http://127.0.0.1:{port}")


@both
def test_an_answer_that_does_not_come_is_an_error_of_httpx(ask: Ask) -> None:
    with served(read_request) as port, pytest.raises(httpx.RemoteProtocolError):
        ask(f"http://127.0.0.1:{port}", content=b"body")


@both
def test_an_answer_that_is_late_is_an_error_of_httpx(ask: Ask) -> None:
    def serve(connection: socket) -> None:
        read_request(connection)
        connection.recv(1)

    with served(serve) as port, pytest.raises(httpx.ReadTimeout):
        ask(f"http://127.0.0.1:{port}", content=b"body", timeout=httpx.Timeout(60, read=0.05))


def test_where_there_is_a_proxy_httpx_goes_through_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    assert _direct(8) is None


def test_many_at_once_are_answered() -> None:
    def serve(connection: socket) -> None:
        read_request(connection)
        connection.sendall(OK)

    async def ask_all(port: int) -> list[int]:
        async with httpx.AsyncClient(transport=AsyncConnections(64)) as client:
            url = f"http://127.0.0.1:{port}"
            answers = await asyncio.gather(*(client.post(url, content=b"body") for _ in range(64)))
            return [answer.status_code for answer in answers]

    with served(*[serve] * 64) as port:
        assert [200] * 64 == asyncio.run(ask_all(port))
