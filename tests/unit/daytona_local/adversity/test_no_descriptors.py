"""File descriptors that run out: for a server that begins, one that serves, and a client."""

from __future__ import annotations

import contextlib
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from daytona_httpx import CreateSandboxFromSnapshotParams, DaytonaError

from tests.unit.daytona_local.adversity.conftest import (
    LIMIT_S,
    Serving,
    Watched,
    eventually,
    refused_to_serve,
)

NONE_LEFT = "Too many open files"
ADVICE = "raise the limit of open files (ulimit -n)"


@contextlib.contextmanager
def no_descriptors(pid: int) -> Iterator[None]:
    """Let a process open nothing more; what it has stays open."""
    soft, hard = resource.prlimit(pid, resource.RLIMIT_NOFILE)
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (3, hard))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (soft, hard))


@contextlib.contextmanager
def connection(server: Watched) -> Iterator[httpx.Client]:
    """Return a client with a connection that is open already."""
    headers = {"Authorization": f"Bearer {server.said['api_key']}"}
    limits = httpx.Limits(keepalive_expiry=None)
    with httpx.Client(headers=headers, timeout=LIMIT_S, limits=limits) as made:
        made.get(f"{server.said['url']}/sandbox").raise_for_status()
        yield made


def test_who_is_connected_is_told_and_who_is_not_waits(tmp_path: Path, serving: Serving) -> None:
    with serving(tmp_path) as server, server.client() as client:
        box = client.create(CreateSandboxFromSnapshotParams(name="box", auto_stop_interval=0))
        box.fs.upload_file(b"acknowledged", "file")
        box.process.exec("mkdir many; cd many; touch $(seq -f %0200.f 400); sleep 1000 > /dev/null 2>&1 &")
        toolbox = f"{server.said['url'].removesuffix('/api')}/toolbox/{box.id}"
        with connection(server) as connected:
            with no_descriptors(server.pid):
                refused = connected.post(f"{toolbox}/process/execute", json={"command": "true"})
                assert 503 == refused.status_code
                assert f"{NONE_LEFT}; " in refused.json()["message"]
                assert ADVICE in refused.json()["message"]
                for path in ("files/download?path=file", "files?path=many"):  # each brings a descriptor
                    assert 503 == connected.get(f"{toolbox}/{path}").status_code
                assert "box" in connected.get(f"{server.said['url']}/sandbox").text
                made = connected.post(f"{server.said['url']}/sandbox", json={"name": "late"})
                assert 400 == made.status_code
                assert f"Sandbox failed to start: {NONE_LEFT}; " in made.json()["message"]
            eventually(lambda: "box" in {sandbox.name for sandbox in client.list()})
            late = client.get("late")
            late.recover()
            assert "started" == client.get("late").state
            assert "acknowledged" == box.process.exec("cat file").result
            assert 0 == box.process.exec("pgrep -f 'sleep 1000'").exit_code
            assert 400 == len(box.fs.list_files("many"))
        assert all(ADVICE in line for line in server.lines())


def test_connections_that_find_no_place_are_served_later(tmp_path: Path, serving: Serving) -> None:
    with serving(tmp_path) as server:
        url = f"{server.said['url']}/health"
        command = [sys.executable, "-c", f"import httpx; print(httpx.get({url!r}, timeout=60).status_code)"]
        with no_descriptors(server.pid):
            waiting = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            eventually(lambda: bool(server.lines()))
            said = (
                f"socket.accept() out of system resource: {NONE_LEFT}; close what isn't needed, or {ADVICE}"
            )
            assert {f"daytona-local: {said}"} == {*server.lines()}
        assert "200\n" == waiting.communicate(timeout=LIMIT_S)[0]


def test_a_server_that_may_open_too_little_says_so_in_one_line(tmp_path: Path) -> None:
    line = refused_to_serve(tmp_path, before=["prlimit", "--nofile=10:10", "--"])
    assert "open files" in line


def test_a_server_that_may_open_little_serves_little_and_all_of_it_whole(
    tmp_path: Path, serving: Serving
) -> None:
    before = ["prlimit", "--nofile=32:32", "--"]
    with serving(tmp_path, before=before) as server, server.client() as client:
        made = [client.create(), client.create()]
        with pytest.raises(DaytonaError, match=NONE_LEFT):  # each takes some
            made.extend(client.create() for _ in range(32))
        made.pop().delete(wait=True)
        assert ["error"] == [str(one.state) for one in client.list() if one.state != "started"]
        assert "here\n" == made[0].process.exec("echo here").result
        assert all(ADVICE in line for line in server.lines())


def test_a_client_without_descriptors_says_so_in_one_line(tmp_path: Path, serving: Serving) -> None:
    program = (
        "import resource, sys\n"
        "from daytona_httpx import Daytona, DaytonaConnectionError\n"
        "client = Daytona(api_key=sys.argv[1], api_url=sys.argv[2])\n"
        "list(client.list())\n"
        "client.close()\n"
        "client = Daytona(api_key=sys.argv[1], api_url=sys.argv[2])\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))\n"
        "try: list(client.list())\n"
        "except DaytonaConnectionError as error: print(error)\n"
    )
    with serving(tmp_path) as server:
        command = [sys.executable, "-c", program, server.said["api_key"], server.said["url"]]
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False)
    assert ("", 0) == (done.stderr, done.returncode)
    (line,) = done.stdout.splitlines()
    assert NONE_LEFT in line
