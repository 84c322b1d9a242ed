"""What a client that means harm, or is broken, sends to the server: it is refused, and others are served."""

from __future__ import annotations

import contextlib
import resource
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams, Daytona
from daytona_local import LocalDaytona, ManualClock
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.sync.client import connect

KEY = "dtn_hostile"
HEAD = f"Host: 127.0.0.1\r\nAuthorization: Bearer {KEY}\r\n"
PATIENCE_S = 60


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalDaytona]:
    """Return one server for all cases: what one does to it, the next would see."""
    folder = tmp_path_factory.mktemp("hostile")
    with LocalDaytona(folder, api_key=KEY, transition_s=0, clock=ManualClock()) as running:
        yield running


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalDaytona]:
    """Return a server that lets no request stand still for long."""
    folder = tmp_path_factory.mktemp("impatient")
    with LocalDaytona(folder, api_key=KEY, clock=ManualClock(), stall_s=0.2) as running:
        yield running


@pytest.fixture
def plain(server: LocalDaytona) -> Iterator[httpx.Client]:
    """Return a client that is well-behaved; after each case it must still be served."""
    headers = {"Authorization": f"Bearer {KEY}"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=PATIENCE_S) as client:
        yield client
        assert 200 == client.get("/api/sandbox").status_code


@contextlib.contextmanager
def connected(server: LocalDaytona) -> Iterator[socket.socket]:
    """Return a bare connection."""
    port = int(server.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as made:
        yield made


def status_of(answer: bytes) -> int:
    """Return the status of an answer; 0 where the connection was closed without one."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def answer_to(server: LocalDaytona, sent: str | bytes) -> int:
    """Return the status that the server answers bare bytes with."""
    with connected(server) as connection:
        with contextlib.suppress(ConnectionResetError, BrokenPipeError):
            connection.sendall(sent.encode() if isinstance(sent, str) else sent)
        try:
            return status_of(connection.recv(65536))
        except ConnectionResetError:
            return 0


@pytest.mark.usefixtures("plain")
class TestBodies:
    """Bodies that are too long, never end, or lie about their length."""

    def test_an_oversized_body_is_refused_as_the_api_does(self, plain: httpx.Client) -> None:
        assert 404 == plain.post("/api/sandbox", json={"name": "x" * 200_000}).status_code

    def test_an_oversized_toolbox_body_is_refused(self, plain: httpx.Client) -> None:
        sandbox = plain.post("/api/sandbox", json={}).json()["id"]
        body = {"command": "true", "cwd": "x" * (17 * 1024 * 1024)}
        assert 400 == plain.post(f"/toolbox/{sandbox}/process/execute", json=body).status_code

    def test_a_body_that_never_ends_is_answered_before_its_end(self, server: LocalDaytona) -> None:
        head = f"POST /api/sandbox HTTP/1.1\r\n{HEAD}Content-Type: application/json\r\n"
        chunk = "4000\r\n" + "x" * 0x4000 + "\r\n"
        with connected(server) as connection:
            connection.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n{chunk * 10}".encode())
            assert 404 == status_of(connection.recv(65536))

    @pytest.mark.parametrize(
        "body", ["Content-Length: 10\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n5\r\n{"]
    )
    def test_a_body_that_stands_still_is_ended(self, impatient: LocalDaytona, body: str) -> None:
        assert 408 == answer_to(impatient, f"POST /api/sandbox HTTP/1.1\r\n{HEAD}{body}")

    @pytest.mark.parametrize("size", ["zz\r\nabc\r\n", "-5\r\nabc\r\n", f"{2**80 - 1:x}\r\nabc\r\n"])
    def test_a_chunk_of_no_size_is_refused(self, server: LocalDaytona, size: str) -> None:
        head = f"POST /api/sandbox HTTP/1.1\r\n{HEAD}Transfer-Encoding: chunked\r\n\r\n"
        assert answer_to(server, head + size) in (0, 400)

    @pytest.mark.parametrize("length", ["-1", "1e3", "many", "1, 2", "9" * 40])
    def test_a_content_length_that_is_none_is_refused(self, server: LocalDaytona, length: str) -> None:
        sent = f"POST /api/sandbox HTTP/1.1\r\n{HEAD}Content-Length: {length}\r\n\r\n" + "{}"
        assert answer_to(server, sent) in (0, 400)

    def test_a_body_shorter_than_it_says_makes_nothing(
        self, server: LocalDaytona, plain: httpx.Client
    ) -> None:
        body = '{"name": "cut-off"}'
        head = f"POST /api/sandbox HTTP/1.1\r\n{HEAD}Content-Type: application/json\r\n"
        with connected(server) as connection:
            connection.sendall(f"{head}Content-Length: {len(body) + 5}\r\n\r\n{body}".encode())
            connection.shutdown(socket.SHUT_WR)
            connection.recv(65536)
        assert 404 == plain.get("/api/sandbox/cut-off").status_code

    def test_a_length_and_chunks_at_once_smuggle_no_request(self, server: LocalDaytona) -> None:
        hidden = f"DELETE /api/sandbox/smuggled HTTP/1.1\r\n{HEAD}\r\n"
        head = f"POST /api/sandbox HTTP/1.1\r\n{HEAD}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n"
        with connected(server) as connection:
            connection.sendall(f"{head}0\r\n\r\n{hidden}".encode())
            connection.shutdown(socket.SHUT_WR)
            came = b"".join(iter(lambda: connection.recv(65536), b""))
        assert came.count(b"HTTP/1.1 ") <= 2
        assert b"Transfer-Encoding" not in came


@pytest.mark.usefixtures("plain")
class TestHeads:
    """Heads of requests that are too long, never end, or say a thing twice."""

    def test_a_head_that_is_too_long_is_refused(self, server: LocalDaytona) -> None:
        flood = "".join(f"X-{n}: {'y' * 100}\r\n" for n in range(20_000))
        assert answer_to(server, f"GET /api/sandbox HTTP/1.1\r\n{HEAD}{flood}\r\n") in (0, 400, 431)

    def test_heads_that_never_end_keep_nobody_waiting(
        self, server: LocalDaytona, plain: httpx.Client
    ) -> None:
        with contextlib.ExitStack() as stack:
            for _ in range(200):
                stack.enter_context(connected(server)).sendall(b"GET /api/sandbox HTTP/1.1\r\nHost: 127")
            assert 200 == plain.get("/api/sandbox").status_code

    @pytest.mark.parametrize("begun", ["", "GET /api/sandbox HT", f"GET /api/sandbox HTTP/1.1\r\n{HEAD}"])
    def test_a_head_that_stands_still_is_ended(self, impatient: LocalDaytona, begun: str) -> None:
        assert 408 == answer_to(impatient, begun)

    def test_two_keys_of_which_the_first_is_wrong_let_nobody_in(self, server: LocalDaytona) -> None:
        sent = f"GET /api/sandbox HTTP/1.1\r\nAuthorization: Bearer wrong\r\n{HEAD}\r\n"
        assert 401 == answer_to(server, sent)

    def test_two_hosts_of_which_the_first_is_foreign_let_nobody_in(self, server: LocalDaytona) -> None:
        assert answer_to(server, f"GET /api/sandbox HTTP/1.1\r\nHost: example.com\r\n{HEAD}\r\n") in (
            400,
            403,
        )

    def test_bytes_that_are_no_http_are_refused(self, server: LocalDaytona) -> None:
        assert answer_to(server, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n") in (0, 400)

    def test_two_thousand_idle_connections_keep_nobody_waiting(
        self, server: LocalDaytona, plain: httpx.Client
    ) -> None:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft < 5000:  # both ends are in this process; the server has raised it as far as it may
            pytest.skip(f"the limits of this machine ({soft}, {hard}) allow no 2,000 connections")
        with contextlib.ExitStack() as stack:
            for _ in range(2000):
                stack.enter_context(connected(server))
            assert 200 == plain.get("/api/sandbox").status_code

    @pytest.mark.parametrize("path", ["/api/sandbox", "/api/nothing", "/toolbox/nobody/process/execute"])
    def test_a_websocket_where_there_is_none_is_refused(
        self, server: LocalDaytona, plain: httpx.Client, caplog: pytest.LogCaptureFixture, path: str
    ) -> None:
        url = server.url.replace("http", "ws", 1) + path
        key = {"Authorization": f"Bearer {KEY}"}
        refused = pytest.raises((InvalidHandshake, ConnectionClosed))
        with refused, connect(url, additional_headers=key) as opened:
            opened.recv(timeout=PATIENCE_S)
        assert 200 == plain.get("/api/sandbox").status_code  # the server has gone on meanwhile
        assert [] == caplog.messages

    @pytest.mark.parametrize("key", [KEY, "wrong"])
    @pytest.mark.parametrize("path", ["process/interpreter/execute", "process/pty/x/connect"])
    def test_a_websocket_that_is_refused_leaves_no_word_in_the_log(
        self,
        server: LocalDaytona,
        plain: httpx.Client,
        caplog: pytest.LogCaptureFixture,
        path: str,
        key: str,
    ) -> None:
        url = f"{server.url.replace('http', 'ws', 1)}/toolbox/nobody/{path}"
        refused = pytest.raises(InvalidStatus)
        with refused as answer, connect(url, additional_headers={"Authorization": f"Bearer {key}"}):
            pass
        assert (404 if key == KEY else 403) == answer.value.response.status_code
        assert 200 == plain.get("/api/sandbox").status_code  # the server has gone on meanwhile
        assert [] == caplog.messages


class TestPaths:
    """Paths that try to be another, and names that have to be encoded."""

    @pytest.mark.parametrize("path", [
        "/api/%2e%2e/%2e%2e/etc/passwd",
        "/api/../_local/journal",
        "/api//sandbox",
        "//api/sandbox",
        "/api/sandbox%00",
        "/api/health%2Fready",
        "/toolbox/..%2f..%2fetc/files",
        "/s3/contexts/%2e%2e/%2e%2e/context.tar",
    ])  # fmt: skip
    def test_a_path_that_tries_tricks_is_refused(self, server: LocalDaytona, path: str) -> None:
        for key in (HEAD, "Host: 127.0.0.1\r\n"):
            assert answer_to(server, f"GET {path} HTTP/1.1\r\n{key}\r\n") in (400, 401, 403, 404, 405)

    @pytest.mark.parametrize(
        "name", ["a/b", "with spaces", "grüße-世界", "100%25", "a%2Fb", "x?y#z", "a/b/start"]
    )
    def test_a_sandbox_is_reached_by_its_encoded_name(self, plain: httpx.Client, name: str) -> None:
        made = plain.post("/api/sandbox", json={"name": name}).json()
        path = f"/api/sandbox/{quote(name, safe='')}"
        assert made["id"] == plain.get(path).json()["id"]
        assert plain.post(f"{path}/last-activity").is_success
        assert 200 == plain.delete(path).status_code

    def test_our_client_reaches_a_sandbox_whose_name_has_a_slash(self, server: LocalDaytona) -> None:
        with Daytona(api_key=KEY, api_url=server.api_url) as client:
            made = client.create(CreateSandboxFromSnapshotParams(name="team/one"))
            assert made.id == client.get("team/one").id
            made.delete()

    def test_an_encoded_slash_makes_no_operation_of_a_name(self, plain: httpx.Client) -> None:
        made = plain.post("/api/sandbox", json={"name": "still-here"}).json()
        assert 404 == plain.post("/api/sandbox/still-here%2Fstop").status_code
        assert "started" == plain.get(f"/api/sandbox/{made['id']}").json()["state"]

    def test_an_encoded_slash_in_a_path_of_the_toolbox_names_nothing(self, plain: httpx.Client) -> None:
        session = f"/toolbox/{plain.post('/api/sandbox', json={}).json()['id']}/process/session"
        for name in ("a", "a/exec"):
            assert 201 == plain.post(session, json={"sessionId": name}).status_code
        for path in ("a%2Fexec", "a%2fexec/exec", "%2E%2E%2Fsession/a/exec"):
            refused = plain.post(f"{session}/{path}", json={"command": "true"})
            assert (404, "NOT_FOUND") == (refused.status_code, refused.json()["code"])
            assert "encoded slash" in refused.json()["message"]
        assert [[], []] == [one["commands"] for one in plain.get(session).json()]
        assert 200 == plain.post(f"{session}/a/exec", json={"command": "true"}).status_code


def test_a_context_that_is_larger_than_allowed_is_refused_without_a_key(server: LocalDaytona) -> None:
    path = f"/s3/contexts/anyone/{'0' * 64}/context.tar"
    length = 10**12
    assert 403 == answer_to(
        server, f"PUT {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n\r\n"
    )


def test_the_server_raises_its_limit_of_connections(tmp_path: Path) -> None:
    before, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(before, 1024), hard))
    with LocalDaytona(tmp_path, api_key=KEY, clock=ManualClock()):
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= before
