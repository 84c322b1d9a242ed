"""The sync client: the same behaviour, in real threads and over real sockets."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from daytona_httpx import (
    CreateSandboxFromSnapshotParams,
    Daytona,
    DaytonaConflictError,
    DaytonaError,
    DaytonaTimeoutError,
    Sandbox,
)

from tests.unit.daytona_httpx.fake_api import FakeApi, changing, record, refusal


@pytest.fixture
def silent_url() -> Iterator[str]:
    """Return the URL of a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/api"


def test_a_sandbox_is_made_used_and_removed(sync_client: Daytona, api: FakeApi) -> None:
    api.on("POST", "/sandbox", record(state="creating"))
    api.on("POST", "/process/execute", {"exitCode": 0, "result": "hi\n"})
    api.on("POST", "/files/bulk-upload", httpx.Response(200))
    api.on("GET", "/files/download", httpx.Response(200, content=b"data"))
    api.on("DELETE", "/s1", record(state="destroying"))
    sandbox = sync_client.create(CreateSandboxFromSnapshotParams(name="n"))
    assert isinstance(sandbox, Sandbox)
    assert sandbox.process.exec("echo hi").result == "hi\n"
    sandbox.fs.upload_file(b"data", "/f")
    assert sandbox.fs.download_file("/f") == b"data"
    sandbox.delete()
    assert ["s1"] == [one.id for one in sync_client.list()]


@pytest.mark.usefixtures("skipped_time")
def test_a_change_under_way_is_waited_for(sync_client: Daytona, api: FakeApi) -> None:
    api.on("POST", "/stop", changing(), changing(), record(state="stopping"))
    api.on("GET", "/s1", record(), record(state="stopping"), record(state="stopped"))
    sandbox = sync_client.get("s1")
    sandbox.stop()
    assert sandbox.state == "stopped"


def test_a_429_is_waited_for(sync_client: Daytona, api: FakeApi, skipped_time: Any) -> None:
    api.on("GET", "/s1", refusal(429, "slow", {"Retry-After-authenticated": "7"}), record())
    sync_client.get("s1")
    assert skipped_time.now_s == 1007


@pytest.mark.parametrize("by_keyword", [True, False])
def test_a_timeout_holds_however_it_is_passed(
    sync_client: Daytona, api: FakeApi, skipped_time: Any, by_keyword: bool
) -> None:
    api.on("POST", "/start", record(state="starting"))
    sandbox = sync_client.get("s1")
    api.sandboxes["s1"] = record(state="starting")
    with pytest.raises(DaytonaTimeoutError, match=r"failed to start within the 2\.5 seconds timeout period"):
        sandbox.start(timeout=2.5) if by_keyword else sandbox.start(2.5)
    assert 1002.4 <= skipped_time.now_s <= 1002.6


def test_less_than_a_second_holds_against_a_silent_server_in_any_thread(silent_url: str) -> None:
    def create() -> float:
        began = time.monotonic()
        with Daytona(api_key="k", api_url=silent_url) as client, pytest.raises(DaytonaTimeoutError):
            client.create(timeout=0.3)
        return time.monotonic() - began

    with ThreadPoolExecutor(1) as pool:
        assert 0.25 <= pool.submit(create).result() <= 10
    assert 0.25 <= create() <= 10  # an answer may take a minute and a half


def test_an_unreachable_server_is_named(monkeypatch: pytest.MonkeyPatch, skipped_time: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with (
        Daytona(api_key="k", api_url=f"http://127.0.0.1:{port}/api") as client,
        pytest.raises(DaytonaError, match=rf"no answer from http://127\.0\.0\.1:{port}: .*refused"),
    ):
        client.get("x")


def test_threads_that_wait_share_one_list_per_tick(sync_client: Daytona, api: FakeApi) -> None:
    ids = [f"w{number}" for number in range(20)]
    sandboxes = {}
    for one in ids:
        api.sandboxes[one] = record(one, "starting")
        sandboxes[one] = sync_client.get(one)
    api.requests.clear()
    began = time.monotonic()
    timer = threading.Timer(0.6, lambda: api.sandboxes.update({one: record(one) for one in ids}))
    timer.start()
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda one: sandboxes[one].wait_for_sandbox_start(10), ids))
    timer.join()
    assert ["started"] * 20 == [sandbox.state for sandbox in sandboxes.values()]
    assert time.monotonic() - began < 3
    lists = len(api.sent("GET", "/api/sandbox"))
    assert 2 <= lists <= 30
    assert len(api.requests) <= lists + 20 + 5  # each has its last word; a first few may have come alone


def test_creates_at_once_meet_the_api_s_refusals_each_for_itself(sync_client: Daytona, api: FakeApi) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        taken = b'"name":"taken"' in request.content
        return (
            refusal(409, "Sandbox with name taken already exists")
            if taken
            else httpx.Response(200, json=record())
        )

    api.on("POST", "/sandbox", answer)

    def create(name: str) -> str:
        try:
            return sync_client.create(CreateSandboxFromSnapshotParams(name=name)).id
        except DaytonaConflictError as error:
            return error.api_message

    with ThreadPoolExecutor(4) as pool:
        assert ["s1", "Sandbox with name taken already exists"] * 4 == list(
            pool.map(create, ["a", "taken"] * 4)
        )
