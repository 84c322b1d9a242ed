"""Below ``/_local``: a reset and the journal; faults and the clock, which are off unless asked for."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import httpx
import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams, Daytona, DaytonaError, retry
from daytona_local import LocalDaytona, ManualClock


@pytest.fixture
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona(control=True, transition_s=0, clock=ManualClock()) as running:
        yield running


@pytest.fixture
def raw(server: LocalDaytona) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {server.api_key}"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=30) as client:
        yield client


@pytest.fixture
def client(server: LocalDaytona) -> Iterator[Daytona]:
    with Daytona(api_key=server.api_key, api_url=server.api_url) as made:
        yield made


@pytest.fixture(autouse=True)
def fresh_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "_paces", {})


def test_faults_and_the_clock_are_not_there_unless_asked_for() -> None:
    with LocalDaytona(transition_s=0) as server:
        headers = {"Authorization": f"Bearer {server.api_key}"}
        with httpx.Client(base_url=f"{server.url}/_local", headers=headers, timeout=30) as raw:
            assert 404 == raw.get("/faults").status_code
            assert 404 == raw.get("/clock").status_code
            assert 204 == raw.post("/reset").status_code
            assert [] == raw.get("/journal").json()


def test_it_needs_the_key_too(server: LocalDaytona) -> None:
    assert 401 == httpx.post(f"{server.url}/_local/reset").status_code


def test_a_status_is_answered_as_often_as_asked_for(raw: httpx.Client) -> None:
    headers = {"Retry-After": "7"}
    fault = {
        "method": "GET",
        "path": "/api/sandbox",
        "status": 503,
        "count": 2,
        "skip": 1,
        "headers": headers,
    }
    assert 201 == raw.post("/_local/faults", json=fault).status_code
    answers = [raw.get("/api/sandbox") for _ in range(4)]
    assert [200, 503, 503, 200] == [answer.status_code for answer in answers]
    assert "7" == answers[1].headers["Retry-After"]
    assert [] == raw.get("/_local/faults").json()


def test_a_cut_connection_loses_the_request_or_only_its_answer(raw: httpx.Client) -> None:
    for drop, left in (("before", 0), ("after", 1)):
        raw.post("/_local/faults", json={"method": "POST", "path": "/api/sandbox", "drop": drop})
        with pytest.raises(httpx.RemoteProtocolError):
            raw.post("/api/sandbox", json={})
        assert left == len(raw.get("/api/sandbox").json()["items"])


@pytest.mark.parametrize("path", ["/api/nowhere", "/api/sandbox"])
def test_a_held_request_is_carried_out_once_its_sender_is_gone(
    server: LocalDaytona, raw: httpx.Client, path: str
) -> None:
    raw.post("/_local/faults", json={"method": "POST", "path": path, "hold": True})
    held = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {server.api_key}\r\n"
    with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))) as sender:
        sender.sendall(f"{held}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}".encode())
        while raw.get("/_local/faults").json():
            continue
        assert [] == [entry for entry in raw.get("/_local/journal").json() if entry["method"] == "POST"]
    while not (entries := [one for one in raw.get("/_local/journal").json() if one["method"] == "POST"]):
        continue
    assert [path] == [entry["path"] for entry in entries]
    assert int(path == "/api/sandbox") == len(raw.get("/api/sandbox").json()["items"])


def test_a_step_of_a_sandbox_fails(raw: httpx.Client, client: Daytona) -> None:
    raw.post("/_local/faults", json={"step": "boot", "name": "bad*", "reason": "no luck"})
    with pytest.raises(DaytonaError, match="no luck"):
        client.create(CreateSandboxFromSnapshotParams(name="bad-1"))
    assert "error" == client.get("bad-1").state
    client.create(CreateSandboxFromSnapshotParams(name="good"))


@pytest.mark.parametrize("body", [{"status": 200}, {"drop": "never"}, {"nobody": 1}, {"step": "fly"}])
def test_a_fault_that_can_t_be_is_refused(raw: httpx.Client, body: dict[str, object]) -> None:
    assert 400 == raw.post("/_local/faults", json=body).status_code


def test_the_time_is_moved_on(raw: httpx.Client, client: Daytona) -> None:
    sandbox = client.create(CreateSandboxFromSnapshotParams(auto_stop_interval=1))
    before = raw.get("/_local/clock").json()["now"]
    assert before + 60 == raw.post("/_local/clock", json={"seconds": 60}).json()["now"]
    sandbox.wait_for_sandbox_stop(timeout=30)


def test_a_reset_leaves_nothing(raw: httpx.Client, client: Daytona) -> None:
    client.create().create_snapshot("mine:1")
    client.volume.create("data")
    assert 204 == raw.post("/_local/reset").status_code
    assert [] == list(client.list())
    assert [] == client.volume.list()
    assert [True] == [snapshot.general for snapshot in client.snapshot.list().items]


def test_the_journal_says_what_was_asked_for(raw: httpx.Client) -> None:
    raw.delete("/_local/journal")
    raw.get("/api/sandbox?name=secret")
    raw.get("/api/nobody")
    entries = raw.get("/_local/journal").json()
    assert [("GET", "/api/sandbox", 200), ("GET", "/api/nobody", 404)] == [
        (entry["method"], entry["path"], entry["status"]) for entry in entries
    ]
    assert "secret" not in str(entries)
