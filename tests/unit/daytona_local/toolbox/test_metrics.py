"""What a sandbox uses."""

from __future__ import annotations

import httpx
import pytest
from daytona_local.toolbox import metrics
from daytona_local.toolbox.commands import run_command
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.conftest import ClientOf
from tests.unit.daytona_local.toolbox.shell import shell

GIB = 1024**3


@pytest.fixture
def client(toolbox: ClientOf) -> httpx.AsyncClient:
    """Return a client of the measures."""
    return toolbox(metrics.routes)


class Clock:
    """Tell a time that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Let only the test move the time of the measures."""
    made = Clock()
    monkeypatch.setattr(metrics, "_now", made)
    return made


async def test_the_first_measure_knows_no_use_of_processors_yet(
    box: Running, client: httpx.AsyncClient
) -> None:
    found = (await client.get("/system/metrics")).json()

    assert (box.sandbox.cpu, 0.0) == (found["cpuCount"], found["cpuUsedPct"])
    assert (GIB, 3 * GIB) == (found["memTotal"], found["diskTotal"])
    assert 0 < found["memUsed"] < GIB
    assert 0 <= found["memCache"] < GIB
    assert found["diskTotal"] == found["diskUsed"] + found["diskFree"]
    assert found["timestamp"].endswith("Z")


async def test_the_use_of_processors_is_an_average_since_the_last_measure(
    box: Running, client: httpx.AsyncClient, clock: Clock
) -> None:
    """The processor time is real, the window is not: 0.2 s of it within 2 s are 10 %."""
    await client.get("/system/metrics")
    busy = "import time\nwhile time.process_time() < 0.2: pass"
    await run_command(box, ["python3", "-c", busy])
    clock.now += 2

    found = (await client.get("/system/metrics")).json()

    assert 9 <= found["cpuUsedPct"] <= 60


async def test_a_measure_soon_after_the_last_tells_the_same_average(
    box: Running, client: httpx.AsyncClient, clock: Clock
) -> None:
    await client.get("/system/metrics")
    await run_command(box, ["python3", "-c", "import time\nwhile time.process_time() < 0.1: pass"])
    clock.now += 0.5

    assert 0.0 == (await client.get("/system/metrics")).json()["cpuUsedPct"]


async def test_memory_that_a_process_takes_is_seen(box: Running, client: httpx.AsyncClient) -> None:
    before = (await client.get("/system/metrics")).json()["memUsed"]
    code = "x = b'x' * 100_000_000\nopen('up', 'w')\nimport time; time.sleep(1000)"
    script = 'python3 -c "$CODE" & until test -e up; do :; done'
    await run_command(box, ["sh", "-c", script], {"CODE": code})

    after = (await client.get("/system/metrics")).json()["memUsed"]

    assert 100_000_000 <= after - before <= 150_000_000


async def test_the_disk_is_what_the_sandbox_has_itself_and_looked_at_now_and_then(
    box: Running, client: httpx.AsyncClient, clock: Clock
) -> None:
    before = (await client.get("/system/metrics")).json()["diskUsed"]
    await shell(box, "head -c 10000000 /dev/zero > file")
    soon = (await client.get("/system/metrics")).json()["diskUsed"]
    clock.now += 10

    later = (await client.get("/system/metrics")).json()["diskUsed"]

    assert before < 1_000_000
    assert before == soon
    assert 10_000_000 <= later - before <= 10_100_000
