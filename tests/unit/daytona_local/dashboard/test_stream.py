"""The stream of what happens: who may read it, what is in it, and how it ends."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

import httpx
import pytest
from daytona_local import server as server_module
from daytona_local.dashboard import feed, stream

from tests.unit.daytona_local.dashboard.conftest import EVENTS, Scene, serving


def test_without_the_key_it_is_closed(anyone: httpx.Client) -> None:
    assert 401 == anyone.get(EVENTS).status_code
    assert 401 == anyone.get(EVENTS, headers={"Authorization": "Bearer dtn_wrong"}).status_code


def test_a_key_that_was_made_does_not_open_it(scene: Scene) -> None:
    made = scene.client.post("/api/api-keys", json={"name": "mine", "permissions": ["write:sandboxes"]})
    lesser = {"Authorization": f"Bearer {made.json()['value']}"}
    assert 403 == scene.client.get(EVENTS, headers=lesser).status_code


def test_who_asks_for_its_head_only_is_answered_at_once(scene: Scene) -> None:
    assert "application/x-ndjson" == scene.client.head(EVENTS).headers["Content-Type"]


def test_it_begins_with_all_that_there_is(scene: Scene) -> None:
    scene.make(name="there", labels={"a": "b"}, env={"TOKEN": "hidden"}, autoStopInterval=3)
    with scene.follow() as told:
        hello = told.hello
    assert ("hello", scene.clock.now()) == (hello["type"], hello["now"])
    assert {"version", "runtime", "limits", "url", "ssh_port"} == hello["server"].keys()
    assert (scene.server.url, "bubblewrap") == (hello["server"]["url"], hello["server"]["runtime"])
    (shown,) = [one for one in hello["sandboxes"] if one["name"] == "there"]
    listed = scene.client.get("/api/sandbox", params={"name": "there"}).json()["items"][0]
    assert listed.items() <= shown.items()
    assert [{"name": "auto-stop", "at": scene.clock.now() + 180}] == shown["timers"]
    assert ["creating", "started"] == [one["state"] for one in shown["history"]]
    assert "hidden" not in str(hello)
    assert {"method": "POST", "path": "/api/sandbox", "status": 200}.items() <= hello["requests"][-2].items()


def test_it_tells_what_becomes_of_a_sandbox(scene: Scene) -> None:
    with scene.follow() as told:
        made = scene.make(name="followed")
        told.until("sandbox", name="followed", state="creating")
        started = told.until("sandbox", name="followed", state="started")["sandbox"]
        assert ["auto-stop"] == [timer["name"] for timer in started["timers"]]
        scene.client.put(f"/api/sandbox/{made['id']}/labels", json={"labels": {"new": "label"}})
        told.until("sandbox", name="followed", state="started", labels={"new": "label"})
        scene.client.post(f"/api/sandbox/{made['id']}/autostop/7")
        changed = told.until("sandbox", name="followed", autoStopInterval=7)["sandbox"]
        assert [scene.clock.now() + 7 * 60] == [timer["at"] for timer in changed["timers"]]
        scene.client.post(f"/api/sandbox/{made['id']}/stop")
        stopped = told.until("sandbox", name="followed", state="stopped")["sandbox"]
        assert ["auto-archive"] == [timer["name"] for timer in stopped["timers"]]
        assert ["creating", "started", "stopping", "stopped"] == [one["state"] for one in stopped["history"]]
        scene.client.delete(f"/api/sandbox/{made['id']}")
        told.until("gone", id=made["id"])


def test_all_who_read_along_are_told(scene: Scene) -> None:
    with scene.follow() as one, scene.follow() as other:
        made = scene.make()
        assert one.until("sandbox", id=made["id"]) == other.until("sandbox", id=made["id"])


def test_a_timer_runs_out_when_the_time_is_moved_on(scene: Scene) -> None:
    made = scene.make(autoStopInterval=5)
    with scene.follow() as told:
        scene.clock.advance(60)
        told.until("alive", now=scene.clock.now())
        scene.clock.advance(240)
        told.until("sandbox", id=made["id"], state="stopped")


def test_the_use_of_a_sandbox_moves_its_timer(scene: Scene) -> None:
    made = scene.make(autoStopInterval=50)
    scene.clock.advance(60)
    with scene.follow() as told:
        scene.client.get(f"/toolbox/{made['id']}/work-dir").raise_for_status()
        moved = told.until("sandbox", id=made["id"])["sandbox"]
        assert [scene.clock.now() + 50 * 60] == [timer["at"] for timer in moved["timers"]]


def test_it_tells_of_requests_but_not_of_those_of_the_page(scene: Scene) -> None:
    with scene.follow() as told:
        scene.client.get("/dashboard/none").close()
        scene.client.get("/_local/journal")
        scene.client.get("/api/nobody", params={"secret": "s"}, headers={"X-Daytona-Source": "me"})
        request = told.until("request")["request"]
        assert {
            "method": "GET",
            "path": "/api/nobody",
            "status": 404,
            "source": "me",
        }.items() <= request.items()
        assert {"at", "method", "path", "status", "seconds", "source"} == request.keys()


def test_in_silence_it_tells_that_the_server_lives(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "ALIVE_S", 0.01)
    with scene.follow() as told:
        told.until("alive", now=scene.clock.now())


def test_a_reader_that_is_too_slow_is_let_go(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "WAITING", 10)
    made = scene.make()
    with _open(scene) as connection:
        for number in range(200):  # more than any buffer between the two holds
            body = {"labels": {"large": "x" * 90_000, "number": str(number)}}
            scene.client.put(f"/api/sandbox/{made['id']}/labels", json=body).raise_for_status()
        got = _all_of(connection)
    assert len(got) < 200 * 90_000
    assert not got.endswith(b"0\r\n\r\n")
    with scene.follow() as told:
        assert "hello" == told.hello["type"]


def test_a_server_ends_though_someone_reads_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "SHUTDOWN_S", 3600)
    with serving() as scene, scene.follow() as told, _open(scene) as silent:
        assert silent.recv(1)
        ending = threading.Thread(target=scene.server.stop)
        ending.start()
        with pytest.raises(httpx.TransportError):
            told.until("never")
        ending.join(60)
        assert not ending.is_alive()


def _open(scene: Scene) -> socket.socket:
    """Ask for the stream, and don't read it."""
    connection = socket.create_connection(("127.0.0.1", int(scene.server.url.rpartition(":")[2])), 60)
    head = f"GET {EVENTS} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {scene.server.api_key}\r\n\r\n"
    connection.sendall(head.encode())
    return connection


def _all_of(connection: socket.socket) -> bytes:
    got = bytearray()
    with suppress(ConnectionResetError):
        while piece := connection.recv(1 << 20):
            got += piece
    return bytes(got)
