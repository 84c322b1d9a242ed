"""The engine or the provider killed alone; both at once, at each request, is test_engine_kill_points.py."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator

import pytest
from daytona_httpx import Daytona, DaytonaConfig
from daytona_local import LocalDaytona

from tests.engine import programs
from tests.engine.conftest import MakeProject
from tests.engine.project import Project

pytestmark = pytest.mark.engine


@pytest.fixture
def server() -> Iterator[LocalDaytona]:
    # Slow enough that a create can be met on its way.
    with LocalDaytona(transition_s=1.0) as running:
        yield running


@pytest.fixture
def client(server: LocalDaytona) -> Iterator[Daytona]:
    with Daytona(DaytonaConfig(api_url=server.api_url, api_key=server.api_key)) as made:
        yield made


@pytest.fixture
def box(project: MakeProject, server: LocalDaytona) -> Project:
    environment = {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
    return project(programs.SANDBOX, environment=environment)


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.02)


def kill_engine_alone(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def kill_provider(process: subprocess.Popen[str]) -> None:
    """Kill the dynamic provider's host, and let the engine end as it will."""
    listing = subprocess.run(["ps", "-A", "-o", "pid=,args="], capture_output=True, text=True, check=True)
    hosts = [line.split(None, 1) for line in listing.stdout.splitlines() if "pulumi.dynamic" in line]
    ours = [int(pid) for pid, _ in hosts if _ancestor(int(pid), process.pid)]
    assert ours, "the provider does not run"
    for pid in ours:
        os.kill(pid, signal.SIGKILL)
    process.communicate(timeout=120)


def _ancestor(pid: int, ancestor: int) -> bool:
    while pid > 1:
        if pid == ancestor:
            return True
        found = subprocess.run(
            ["ps", "-o", "ppid=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        pid = int(found.stdout.strip() or 0)
    return False


def only_sandbox(client: Daytona) -> str:
    (sandbox,) = list(client.list())
    return sandbox.id


@pytest.mark.parametrize("kill", [kill_engine_alone, kill_provider])
@pytest.mark.parametrize("state", ["creating", "started"])
def test_killed_in_a_create_and_run_again_there_is_exactly_one(
    box: Project, client: Daytona, kill: Callable[[subprocess.Popen[str]], None], state: str
) -> None:
    process = box.start("up", "--yes", "--skip-preview")
    wait_for(lambda: [sandbox.state for sandbox in client.list()] == [state])
    kill(process)

    box.cancel()
    box.up()
    assert box.outputs()["id"] == only_sandbox(client)
    assert "started" == client.get(only_sandbox(client)).state
    box.destroy()
    assert [] == list(client.list())


def test_a_forced_replacement_right_after_a_kill_leaves_exactly_one(box: Project, client: Daytona) -> None:
    """The mark of the first one could not be taken off: it must not be taken for a lost one and kept."""
    box.up()
    first = only_sandbox(client)
    sandbox = client.get(first)
    sandbox.set_labels({**sandbox.labels, "pulumi-daytona/creating": "never handed over"})
    urn = box.resources()["box"]["urn"]
    box.up("--replace", urn)
    assert first != only_sandbox(client)
    assert box.outputs()["id"] == only_sandbox(client)
    box.destroy()
