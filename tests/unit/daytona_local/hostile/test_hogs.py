"""A sandbox that takes all it can get is held: the server answers meanwhile, and its neighbour goes on."""

from __future__ import annotations

import time

import httpx
import pytest
from daytona_httpx import (
    CreateSandboxFromSnapshotParams,
    Daytona,
    Sandbox,
    SessionExecuteRequest,
)
from daytona_local.runtime.limits import MOST_PROCESSES, Limits

limited = pytest.mark.skipif(not Limits.of_this_host().version, reason="this host's control groups are shut")

MANY = """
import os, time
begun = 0
while True:
    try:
        if os.fork() == 0:
            time.sleep(1000)
    except OSError:
        break
    begun += 1
open("/tmp/began", "w").write(str(begun))
time.sleep(1000)
"""
MUCH = """
import time
kept = bytearray(100 * 2**20)
open("/tmp/began", "w").write("held")
while True:
    kept += bytearray(2**20)
"""
FLOOD = "open('/tmp/began', 'w').write('flooding')\nwhile True: print('x' * 10_000, flush=True)"


@pytest.fixture(scope="module")
def neighbour(client: Daytona) -> Sandbox:
    """Return a sandbox that does its work."""
    return client.create(CreateSandboxFromSnapshotParams(name="neighbour"))


def begun(client: Daytona, name: str, code: str) -> Sandbox:
    """Make a sandbox that does some harm; return it when that is under way."""
    made = client.create(CreateSandboxFromSnapshotParams(name=name))
    made.fs.upload_file(code.encode(), "harm.py")
    made.process.create_session("harm")
    request = SessionExecuteRequest(command="python3 harm.py", run_async=True)
    made.process.execute_session_command("harm", request)
    while not _has_begun(made):
        time.sleep(0.1)
    return made


def _has_begun(sandbox: Sandbox) -> bool:
    return bool([file for file in sandbox.fs.list_files("/tmp") if file.name == "began" and file.size])


def assert_others_go_on(plain: httpx.Client, neighbour: Sandbox) -> None:
    """Ask the server, and the neighbour, for something."""
    assert 200 == plain.get("/api/sandbox").status_code
    done = neighbour.process.exec("head -c 1000000 /dev/zero | wc -c", timeout=60)
    assert (0, "1000000") == (done.exit_code, done.result.strip())


@limited
def test_processes_without_end(client: Daytona, plain: httpx.Client, neighbour: Sandbox) -> None:
    hog = begun(client, "many", MANY)

    assert_others_go_on(plain, neighbour)
    assert MOST_PROCESSES > int(hog.fs.download_file("/tmp/began") or 0) > MOST_PROCESSES // 2
    hog.delete(wait=True)


@limited
def test_memory_without_end(client: Daytona, plain: httpx.Client, neighbour: Sandbox) -> None:
    hog = begun(client, "much", MUCH)

    assert_others_go_on(plain, neighbour)
    command = hog.process.get_session("harm").commands[0]
    while hog.process.get_session_command("harm", command.id).exit_code is None:
        time.sleep(0.1)
    assert hog.process.get_session_command("harm", command.id).exit_code != 0
    assert "here" in hog.process.exec("echo here", timeout=60).result
    hog.delete(wait=True)


def test_output_without_end(client: Daytona, plain: httpx.Client, neighbour: Sandbox) -> None:
    hog = begun(client, "flood", FLOOD)

    assert_others_go_on(plain, neighbour)
    command = hog.process.get_session("harm").commands[0]
    logs = hog.process.get_session_command_logs("harm", command.id)
    assert len(logs.output or "") < 2**26
    hog.delete(wait=True)
