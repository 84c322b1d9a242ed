"""Requests of pages that the user's browser was led to, and names that would end a header.

More heads and bodies that no browser would send are in ``tests/contract/test_hostile.py``.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator

import httpx
import pytest
from daytona_httpx import Sandbox
from daytona_local import LocalDaytona
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.unit.daytona_local.hostile.conftest import PATIENCE_S

FOREIGN = [
    "evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "127.0.0.1@evil.example", "127.1",
    "evil.example:{port}", "2130706433", "0.0.0.0", "127.0.0.2", "::1", "", "localhost.",
]  # fmt: skip
OPEN = ["/api/health", "/api/config", "/dashboard", "/api/sandbox", "/toolbox/x/files", "/s3/contexts/x"]
"""Also what needs no key: a foreign page learns nothing, not even that a server is here."""


def sent(server: LocalDaytona, head: str) -> bytes:
    """Send a bare head, and return all that is answered."""
    port = int(server.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as connection:
        connection.sendall(f"{head}\r\nConnection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


@pytest.fixture
def port(server: LocalDaytona) -> str:
    return server.url.rpartition(":")[2]


@pytest.mark.parametrize("path", OPEN)
@pytest.mark.parametrize("host", FOREIGN)
def test_a_name_that_was_made_to_lead_here_is_refused(
    server: LocalDaytona, port: str, host: str, path: str
) -> None:
    head = f"GET {path} HTTP/1.1\r\nHost: {host.format(port=port)}\r\nAuthorization: Bearer {server.api_key}"
    assert status_of(sent(server, head)) in (400, 403)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:{port}", "LOCALHOST", "[::1]:{port}"])
def test_this_machines_own_names_are_served(server: LocalDaytona, port: str, host: str) -> None:
    key = f"Authorization: Bearer {server.api_key}"
    head = f"GET /api/sandbox HTTP/1.1\r\nHost: {host.format(port=port)}\r\n{key}"
    assert 200 == status_of(sent(server, head))


@pytest.mark.parametrize(
    "hosts",
    [
        "Host: 127.0.0.1\r\nHost: evil.example",
        "Host: evil.example\r\nHost: 127.0.0.1",
        "Host: 127.0.0.1, evil.example",
        "Host: 127.0.0.1\r\n evil.example",
        "X: y",
    ],
)
def test_more_than_one_host_or_none_is_refused(server: LocalDaytona, hosts: str) -> None:
    head = f"GET /api/sandbox HTTP/1.1\r\n{hosts}\r\nAuthorization: Bearer {server.api_key}"
    assert status_of(sent(server, head)) in (400, 403)


@pytest.mark.parametrize(
    "target", ["http://evil.example/api/sandbox", "//evil.example/api/sandbox", "*", "evil:80"]
)
def test_a_target_that_names_another_host_is_no_path_here(server: LocalDaytona, target: str) -> None:
    head = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {server.api_key}"
    assert status_of(sent(server, head)) in (400, 404)


@pytest.mark.parametrize("path", OPEN)
def test_no_answer_invites_pages_of_other_sites(plain: httpx.Client, path: str) -> None:
    for method in ("GET", "OPTIONS"):
        asks = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
        answer = plain.request(method, path, headers=asks)
        assert [] == [name for name in answer.headers if name.startswith("access-control-")]


ORIGINS = [
    "https://evil.example", "http://127.0.0.1:1", "http://127.0.0.1.evil.example:{port}", "null", "file://",
    "https://127.0.0.1:{port}", "http://evil.example:{port}", "127.0.0.1:{port}", "",
]  # fmt: skip
SOCKETS = [
    "/api/socket.io/?EIO=4&transport=websocket",
    "/toolbox/{box}/process/interpreter/execute",
    "/toolbox/{box}/process/pty/x/connect?DAYTONA_SANDBOX_AUTH_KEY={token}",
]


@pytest.mark.parametrize("path", SOCKETS)
@pytest.mark.parametrize("origin", ORIGINS)
def test_a_page_of_another_origin_opens_no_websocket(
    server: LocalDaytona, sandbox: Sandbox, port: str, origin: str, path: str
) -> None:
    url = server.url.replace("http", "ws", 1) + path.format(
        box=sandbox.id, token=sandbox.get_preview_link(1).token
    )
    headers = {"Authorization": f"Bearer {server.api_key}", "Origin": origin.format(port=port)}
    with pytest.raises(InvalidStatus) as refused, connect(url, additional_headers=headers):
        pass
    assert 403 == refused.value.response.status_code


@pytest.mark.parametrize("origin", ["http://127.0.0.1:{port}", "http://localhost:{port}", None])
def test_the_dashboards_page_and_programs_open_websockets(
    server: LocalDaytona, port: str, origin: str | None
) -> None:
    headers = {"Origin": origin.format(port=port)} if origin else {}
    with connect(server.url.replace("http", "ws", 1) + SOCKETS[0], additional_headers=headers) as opened:
        assert "pingInterval" in str(opened.recv(timeout=PATIENCE_S))


NAMES = [
    "a\r\nSet-Cookie: b=c",
    "a\nX: y",
    "a\rb",
    'a"; filename="b',
    "a\0b",
    "é…",
    "a\\",
    "%0d%0aX: y",
    ";=,",
]


@pytest.fixture
def files(server: LocalDaytona, sandbox: Sandbox) -> Iterator[httpx.Client]:
    """Return a client of the sandbox's files."""
    headers = {"Authorization": f"Bearer {server.api_key}"}
    url = f"{server.url}/toolbox/{sandbox.id}/files"
    with httpx.Client(base_url=url, headers=headers, timeout=PATIENCE_S) as made:
        yield made


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_file_ends_a_header(files: httpx.Client, name: str) -> None:
    files.post("/upload-v2", params={"path": name}, content=b"content")
    answer = files.get("/download", params={"path": name})
    assert {"x", "set-cookie"}.isdisjoint(answer.headers)
    assert answer.status_code == (400 if "\0" in name else 200)
    disposition = answer.headers.get("content-disposition", 'attachment; filename=""')
    assert disposition.startswith('attachment; filename="')
    assert 2 == disposition.count('"')


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_sandbox_or_path_ends_a_header(plain: httpx.Client, name: str) -> None:
    made = plain.post("/api/sandbox", json={"name": name, "labels": {name: name}})
    found = plain.get("/api/sandbox", params={"name": name})
    lost = plain.get(f"/api/sandbox/{name.encode().hex()}")
    for answer in (made, found, lost):
        assert {"x", "set-cookie"}.isdisjoint(answer.headers)
        assert answer.headers["content-type"].startswith("application/json")
        assert answer.status_code < 500
