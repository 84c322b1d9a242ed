"""The heads of requests as the preview proxy reads them, and as it passes them on."""

from __future__ import annotations

import pytest
from daytona_local.preview_head import CHUNKED, BadHeadError, Head

KEY = b"dtn_key"


def head(*lines: str, first: str = "GET / HTTP/1.1") -> Head:
    return Head("\r\n".join([first, *lines, "", ""]).encode("latin-1"))


def passed_on(found: Head) -> list[bytes]:
    """Return the lines that the server inside gets."""
    raw = found.without_tokens(KEY)
    assert raw.endswith(b"\r\n\r\n")
    return raw[:-4].split(b"\r\n")


@pytest.mark.parametrize(
    "raw",
    [
        b"nonsense",
        b"",
        b"GET / HTTP/2.0",
        b"GET  / HTTP/1.1",
        b"GET /a b HTTP/1.1",
        b"GET / HTTP/1.1\r\n folded: x",
        b"GET / HTTP/1.1\r\nName : x",
        b"GET / HTTP/1.1\r\nNameless",
        b"GET / HTTP/1.1\r\n: x",
        b"GET / HTTP/1.1\r\nA: b\nC: d",
        b"GET / HTTP/1.1\r\nA: b\rC: d",
        b"GET / HTTP/1.1\r\nA: \0",
        b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2",
        b"POST / HTTP/1.1\r\nContent-Length: 1\r\ntransfer-encoding: chunked",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked",
        b"POST / HTTP/1.1\r\nContent-Length: +1",
        b"POST / HTTP/1.1\r\nContent-Length: 1,1",
        b"POST / HTTP/1.1\r\nContent-Length:",
    ],
)
def test_what_two_servers_could_read_in_two_ways_is_refused(raw: bytes) -> None:
    with pytest.raises(BadHeadError):
        Head(raw + b"\r\n\r\n")


@pytest.mark.parametrize(
    ("line", "expected"),
    [("X: y", 0), ("content-length: 12", 12), ("Transfer-Encoding: Chunked", CHUNKED)],
)
def test_a_head_tells_how_long_its_body_is(line: str, expected: int) -> None:
    assert expected == head(line).body_bytes


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:80", "localhost:1", "LOCALHOST", "[::1]", "[::1]:80", "3000-box.localhost:9"],
)
def test_names_of_this_machine_are_loopback(host: str) -> None:
    assert head(f"Host: {host}").is_for_loopback


@pytest.mark.parametrize(
    "host",
    ["", "evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "evillocalhost", "127.0.0.2",
     "localhost.", "localhost:", "localhost:80x", "a@localhost"],
)  # fmt: skip
def test_other_names_are_not(host: str) -> None:
    assert not head(f"Host: {host}").is_for_loopback


def test_no_name_and_two_names_are_not_loopback() -> None:
    assert [False, False] == [
        head().is_for_loopback,
        head("Host: localhost", "Host: localhost").is_for_loopback,
    ]


def test_tokens_are_found_in_headers_and_in_the_query() -> None:
    found = head("X-Daytona-Preview-Token:  one ", first="GET /?a&DAYTONA_SANDBOX_AUTH_KEY=t%2Bwo HTTP/1.1")
    assert [b"one", b"t+wo"] == found.tokens


def test_keys_are_found_in_the_authorization() -> None:
    assert [b"one", b""] == head("Authorization: bearer one", "Authorization: Basic two").bearers


def test_a_head_is_passed_on_as_it_came() -> None:
    lines = ["Host: localhost:1", "X-Odd: \xe9 ;, b", "Cookie: a=b", "Cookie: c=d", "Empty: "]
    assert [b"PUT /a%2Fb?c=%20&&d=+ HTTP/1.0", *(line.encode("latin-1") for line in lines)] == passed_on(
        head(*lines, first="PUT /a%2Fb?c=%20&&d=+ HTTP/1.0")
    )


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/?DAYTONA_SANDBOX_AUTH_KEY=t", b"/"),
        ("/p?a=1&DAYTONA_SANDBOX_AUTH_KEY=t&b=2", b"/p?a=1&b=2"),
        ("/p?DAYTONA_SANDBOX_AUTH_KEY=t&DAYTONA%5fSANDBOX_AUTH_KEY=u&b", b"/p?b"),
        ("/p?DAYTONA_SANDBOX_AUTH_KEY", b"/p"),
        ("/p?", b"/p?"),
        ("/DAYTONA_SANDBOX_AUTH_KEY=t", b"/DAYTONA_SANDBOX_AUTH_KEY=t"),
    ],
)
def test_the_query_is_passed_on_without_tokens(target: str, expected: bytes) -> None:
    assert [b"GET %s HTTP/1.1" % expected] == passed_on(head(first=f"GET {target} HTTP/1.1"))


def test_tokens_and_api_keys_are_not_passed_on() -> None:
    lines = [
        "x-daytona-PREVIEW-token: t",
        "Authorization: Bearer dtn_key",
        "Authorization: Bearer dtn_of-someone-else",
        "Authorization: Bearer other",
        "A: b",
    ]
    assert [b"Authorization: Bearer other", b"A: b"] == passed_on(head(*lines))[1:]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], False),
        (["Origin: http://127.0.0.1:3000"], False),
        (["Origin: https://3000-box.localhost"], False),
        (["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"], False),
        (["Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: no-cors"], False),
        (["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: cors", "Origin: http://localhost:3000"], False),
        (["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"], True),
        (["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Origin: https://evil.example"], True),
        (["Origin: https://evil.example"], True),
        (["Origin: http://127.0.0.1.evil.example"], True),
        (["Origin: http://localhost", "Origin: https://evil.example"], True),
        (["Origin: null"], True),
    ],
)
def test_pages_of_other_sites_are_told_by_what_browsers_send(lines: list[str], expected: bool) -> None:
    assert expected is head(*lines).is_of_foreign_page


def test_an_upgrade_may_be_followed_by_anything() -> None:
    assert head("Connection: keep-alive, Upgrade", "Upgrade: websocket").is_upgrade
    assert head(first="CONNECT a:1 HTTP/1.1").is_upgrade
    assert not head("Connection: keep-alive").is_upgrade


def test_an_offer_of_http2_is_not_passed_on() -> None:
    found = head("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMA")
    assert not found.is_upgrade
    assert [b"Connection: Upgrade, HTTP2-Settings"] == passed_on(found)[1:]


def test_the_path_is_without_the_query() -> None:
    assert "/a" == head(first="GET /a?DAYTONA_SANDBOX_AUTH_KEY=t HTTP/1.1").path
