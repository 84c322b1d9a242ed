"""How websockets are opened, and what went wrong when they aren't."""

from __future__ import annotations

import socket
import ssl

import httpx
import pytest
from daytona_httpx.handshake import lost, options
from websockets.exceptions import InvalidMessage


def test_a_secure_api_has_secure_websockets_that_check_the_certificate() -> None:
    given = options("https://daytona.test/a?b=c", {}, 1.0, [])
    assert "wss://daytona.test/a?b=c" == given["uri"]
    assert ssl.CERT_REQUIRED == given["ssl"].verify_mode
    assert given["ssl"].check_hostname


def test_a_plain_api_has_plain_websockets() -> None:
    given = options("http://127.0.0.1:1/a", {"authorization": "k", "connection": "x"}, 1.0, ["p"])
    assert "ws://127.0.0.1:1/a" == given["uri"]
    assert "ssl" not in given
    assert {"authorization": "k"} == given["additional_headers"]
    assert ["p"] == given["subprotocols"]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ConnectionRefusedError(), httpx.ConnectError),
        (socket.gaierror(-2, "Name or service not known"), httpx.ConnectError),
        (OSError("Multiple exceptions: ..."), httpx.ConnectError),
        (ssl.SSLCertVerificationError("self-signed"), httpx.ConnectError),
        (ImportError("python-socks is required"), httpx.ConnectError),
        (ConnectionResetError(), httpx.ReadError),
        (BrokenPipeError(), httpx.ReadError),
        (InvalidMessage("did not receive a valid HTTP response"), httpx.ReadError),
        (TimeoutError(), httpx.ReadTimeout),
    ],
)
def test_only_what_was_never_sent_is_a_failed_connect(error: Exception, kind: type[Exception]) -> None:
    assert kind is type(lost(error))
    assert str(lost(error))
