"""A terminal from a browser: by the sandbox's own token, and from this server's own pages only."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.unit.daytona_local.dashboard.conftest import Scene

TOKEN = "DAYTONA_SANDBOX_AUTH_KEY"


@pytest.fixture(scope="module")
def made(scene: Scene) -> dict[str, Any]:
    """Return a sandbox."""
    return scene.make()


def _token(scene: Scene, sandbox: dict[str, Any]) -> str:
    found: str = scene.client.get(f"/api/sandbox/{sandbox['id']}/ports/22/preview-url").json()["token"]
    return found


def _terminal(
    scene: Scene, sandbox: dict[str, Any], token: str, origin: str | None = None, **headers: str
) -> ClientConnection:
    """Open a new terminal as a browser does: no header of its own, but the page's origin."""
    query = urlencode({"id": uuid4().hex, "cols": 80, "rows": 24, TOKEN: token})
    address = scene.server.url.replace("http", "ws", 1)
    return connect(
        f"{address}/toolbox/{sandbox['id']}/process/pty/create-connect?{query}",
        origin=Origin(origin) if origin is not None else None,
        additional_headers=headers,
        open_timeout=60,
    )


def _refused(
    scene: Scene, sandbox: dict[str, Any], token: str, origin: str | None = None, **headers: str
) -> int:
    with pytest.raises(InvalidStatus) as refused:
        _terminal(scene, sandbox, token, origin, **headers)
    return refused.value.response.status_code


def test_the_sandbox_s_token_opens_a_terminal(scene: Scene, made: dict[str, Any]) -> None:
    with _terminal(scene, made, _token(scene, made), scene.server.url) as terminal:
        assert {"type": "control", "status": "connected"} == json.loads(terminal.recv(60))
        terminal.send(b"echo $((40 + 2))\n")
        shown = b""
        while b"42" not in shown:
            piece = terminal.recv(60)
            assert isinstance(piece, bytes)
            shown += piece


def test_no_other_token_does(scene: Scene, made: dict[str, Any]) -> None:
    other = scene.make()
    for token in ("", "wrong", _token(scene, other), "\N{SNOWMAN}"):
        assert 403 == _refused(scene, made, token)


def test_the_token_opens_no_other_sandbox_and_no_other_way(scene: Scene, made: dict[str, Any]) -> None:
    token = _token(scene, made)
    assert 403 == _refused(scene, scene.make(), token)
    for path in (f"/toolbox/{made['id']}/process/pty", f"/api/sandbox/{made['id']}", "/dashboard/api/events"):
        answer = scene.client.get(path, params={TOKEN: token}, headers={"Authorization": ""})
        assert 401 == answer.status_code


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://127.0.0.1:1",
        "http://127.0.0.1",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1.evil.example:{port}",
        "http://evil.example:{port}",
        "http://127.0.0.1:{port}@evil.example",
        "null",
        "",
    ],
)
def test_a_page_of_another_origin_opens_nothing(scene: Scene, made: dict[str, Any], origin: str) -> None:
    foreign = origin.format(port=scene.server.url.rpartition(":")[2])
    assert 403 == _refused(scene, made, _token(scene, made), foreign)
    key = {"Authorization": f"Bearer {scene.server.api_key}"}
    assert 403 == _refused(scene, made, "", foreign, **key)
    with pytest.raises(InvalidStatus) as refused:
        _events(scene, foreign)
    assert 403 == refused.value.response.status_code


def test_the_server_s_own_pages_and_clients_without_an_origin_open_websockets(
    scene: Scene, made: dict[str, Any]
) -> None:
    port = scene.server.url.rpartition(":")[2]
    key = {"Authorization": f"Bearer {scene.server.api_key}"}
    for origin in (scene.server.url, f"http://localhost:{port}", f"http://[::1]:{port}", None):
        with _terminal(scene, made, "", origin, **key) as terminal:
            assert "connected" in str(terminal.recv(60))
        with _events(scene, origin) as events:
            assert "sid" in str(events.recv(60))


def _events(scene: Scene, origin: str | None) -> ClientConnection:
    address = scene.server.url.replace("http", "ws", 1)
    page = Origin(origin) if origin is not None else None
    return connect(f"{address}/api/socket.io/?EIO=4&transport=websocket", origin=page, open_timeout=60)
