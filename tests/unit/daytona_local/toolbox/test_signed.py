"""Signed links: who may come in without a key."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from daytona_local.records import Sandbox
from daytona_local.toolbox import signed
from daytona_local.toolbox.signed import signature, signed_access

NOW = 1_700_000_000
SANDBOX = Sandbox(id="s1", name="one", signing_key="the key")


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the time stand still."""
    monkeypatch.setattr(signed, "time", SimpleNamespace(time=lambda: float(NOW)))


def scope(path: str, method: str, asked: dict[str, Any]) -> dict[str, Any]:
    """Return a request's scope."""
    sandboxes = {"s1": SANDBOX, "s2": Sandbox(id="s2", name="two", signing_key="another key")}
    app = SimpleNamespace(state=SimpleNamespace(services=SimpleNamespace(sandboxes=sandboxes)))
    return {
        "type": "http",
        "path": path,
        "method": method,
        "query_string": urlencode(asked).encode(),
        "app": app,
    }


def link(
    method: str = "GET", path: str = "/tmp/x y", expires: int = NOW + 1, **changed: Any
) -> dict[str, Any]:
    """Return the query of a link, with what is changed afterwards."""
    made = {"path": path, "expires": expires, "signature": signature("the key", method, path, expires)}
    return {**made, **changed}


def test_the_signature_is_the_documented_one() -> None:
    # printf v1:files:GET:/tmp/a:0 | openssl dgst -sha256 -hmac k -binary | basenc --base64url
    assert "v1_kVwBoW5u4hlfmpFejjOo1TIjQZCly5Jm_WVFKRoSoSQ" == signature("k", "GET", "/tmp/a", 0)


@pytest.mark.parametrize("expires", [NOW + 1, 0])
@pytest.mark.parametrize(("action", "method"), [("download", "GET"), ("upload-v2", "POST")])
def test_a_signed_link_lets_in(action: str, method: str, expires: int) -> None:
    asked = link(method, "/tmp/é", expires)

    assert signed_access(scope(f"/toolbox/s1/files/{action}", method, asked))


@pytest.mark.parametrize(
    ("path", "method", "asked"),
    [
        ("/toolbox/s1/files/download", "GET", link(expires=NOW)),
        ("/toolbox/s1/files/download", "GET", link(expires=NOW + 2) | {"expires": NOW + 3}),
        ("/toolbox/s1/files/download", "GET", link(path="/etc/passwd") | {"path": "/etc/shadow"}),
        ("/toolbox/s1/files/download", "GET", link(method="POST")),
        ("/toolbox/s1/files/upload-v2", "POST", link(method="GET")),
        ("/toolbox/s1/files/download", "POST", link(method="POST")),
        ("/toolbox/s1/files/download", "HEAD", link(method="HEAD")),
        ("/toolbox/s2/files/download", "GET", link()),
        ("/toolbox/s3/files/download", "GET", link()),
        ("/toolbox/s1/files", "GET", link()),
        ("/toolbox/s1/files/download/", "GET", link()),
        ("/toolbox/s1/process/execute", "POST", link(method="POST")),
        ("/toolbox/s1/files/download", "GET", {}),
        ("/toolbox/s1/files/download", "GET", link() | {"signature": ""}),
        ("/toolbox/s1/files/download", "GET", link() | {"signature": "v1_é"}),
        ("/toolbox/s1/files/download", "GET", link(expires=0) | {"expires": ""}),
        ("/toolbox/s1/files/download", "GET", link(expires=0) | {"expires": "-1"}),
        ("/toolbox/s1/files/download", "GET", link(expires=0) | {"expires": "9" * 5000}),
    ],
)
def test_any_other_link_does_not(path: str, method: str, asked: dict[str, Any]) -> None:
    assert not signed_access(scope(path, method, asked))


def test_a_rotated_key_ends_its_links(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = link()
    monkeypatch.setattr(SANDBOX, "signing_key", "the next key")

    assert not signed_access(scope("/toolbox/s1/files/download", "GET", asked))


def test_a_websocket_is_not_let_in() -> None:
    asked = scope("/toolbox/s1/files/download", "GET", link())

    assert not signed_access({**asked, "type": "websocket"})
