"""A server under load: many sandboxes, some of them busy, and how each cost grows with their number.

The curves are of processor time, which says the same on a busy machine. What a client waits for is measured
too; it shares the machine with the server and its sandboxes.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from daytona_local.app import open_services
from daytona_local.clock import ManualClock
from daytona_local.settings import Settings
from daytona_local.timers import MINUTE_S, Timers

from tests.bench.load_plot import Curves, Point, curves_of, plot, table
from tests.bench.load_server import LIMIT_S, Served, fill, served

ALL = (10, 30, 100, 300, 1000, 3000, 10_000)
STARTED = 1000
BUSY = 200
BUSY_S = 15.0
IDLE_S = 5.0
REPEATS = 40
AT_ONCE = 8
TICKS = 20
PLOT = Path("provider/build/bench/load.png")

Send = Callable[[], Awaitable[httpx.Response]]


class Load:
    """Send requests to one server, and time them.

    Args:
        server: The server.
        http: What it is reached by.
    """

    def __init__(self, server: Served, http: httpx.AsyncClient) -> None:
        self._server = server
        self._http = http
        self._numbers = count()
        self.ids: list[str] = []

    async def start(self, wanted: int) -> None:
        """Start sandboxes until there are so many."""
        left = iter(range(wanted - len(self.ids)))

        async def some() -> None:
            for _ in left:
                self.ids.append((await self.create()).json()["id"])

        await asyncio.gather(*(some() for _ in range(AT_ONCE)))

    async def create(self) -> httpx.Response:
        """Create a sandbox that never stops on its own."""
        body = {"name": f"load-{next(self._numbers)}", "autoStopInterval": 0}
        return await self._send("POST", f"{self._server.url}/sandbox", json=body)

    async def get(self) -> httpx.Response:
        """Get the sandbox that is in the middle, by its id."""
        return await self._send("GET", f"{self._server.url}/sandbox/{self.ids[len(self.ids) // 2]}")

    async def list(self) -> httpx.Response:
        """Get a page of a hundred."""
        return await self._send("GET", f"{self._server.url}/sandbox?limit=100")

    async def create_and_delete(self) -> httpx.Response:
        """Create a sandbox and delete it; return the answer to the create."""
        made = await self.create()
        await self._send("DELETE", f"{self._server.url}/sandbox/{made.json()['id']}")
        return made

    async def run(self, sandbox_id: str) -> httpx.Response:
        """Run a command."""
        url = f"{self._server.url.removesuffix('/api')}/toolbox/{sandbox_id}/process/execute"
        return await self._send("POST", url, json={"command": "true"})

    async def cost(self, send: Send) -> float:
        """Return how many milliseconds of processor time the server takes for a request."""
        await send()
        before = self._server.cpu_s
        for _ in range(REPEATS):
            await send()
        return 1000 * (self._server.cpu_s - before) / REPEATS

    async def _send(self, method: str, url: str, **sent: Any) -> httpx.Response:
        answer = await self._http.request(method, url, headers=self._server.headers, timeout=LIMIT_S, **sent)
        return answer.raise_for_status()


async def of_records(folder: Path, number: int) -> list[Point]:
    """Measure a server that has so many sandboxes, all stopped."""
    fill(folder, number)
    with served(folder) as server:
        async with httpx.AsyncClient() as http:
            load = Load(server, http)
            load.ids = [item["id"] for item in (await load.list()).json()["items"]]
            costs = {
                "get": await load.cost(load.get),
                "list page": await load.cost(load.list),
                "create and delete": await load.cost(load.create_and_delete),
                "timers' tick": await of_timers(folder.with_name(f"timers-{number}"), number),
                "start of the server": 1000 * server.began_cpu_s,
            }
            memory = Point("server's memory, stopped", "MiB", number, server.rss_mib)
    print(f"start with {number:>5} records: {server.began_in_s:5.2f} s until it answers", flush=True)
    return [*(Point(f"{name}, stopped", "ms", number, cost) for name, cost in costs.items()), memory]


async def of_timers(folder: Path, number: int) -> float:
    """Return how many milliseconds of processor time it takes to see that a timer has run out, and to act."""
    fill(folder, number)
    clock = ManualClock(time.time())
    parts = open_services(Settings(folder, runtime="process", clock=clock, transition_s=0), "")
    timers, took = Timers(parts.sandboxes, parts.lifecycle, parts.settings), []
    for sandbox, later in zip(parts.sandboxes, count(1)):
        parts.lifecycle.transitions.change(sandbox, auto_archive_minutes=later)
    for _ in range(min(TICKS, number)):
        clock.advance(MINUTE_S)
        began = time.thread_time()
        await timers.act()
        took.append(1000 * (time.thread_time() - began))
    await parts.lifecycle.close()
    parts.store.close()
    return statistics.median(took)


async def of_started(load: Load, server: Served, number: int) -> list[Point]:
    """Measure a server that has so many sandboxes, all started and idle."""
    await load.start(number)
    costs = {
        "get": await load.cost(load.get),
        "list page": await load.cost(load.list),
        "create and delete": await load.cost(load.create_and_delete),
        "exec": await load.cost(lambda: load.run(load.ids[0])),
    }
    memory = {"processes' memory": server.sandboxes_mib(), "server's memory": server.rss_mib}
    return [
        *(Point(f"{name}, started", "ms", number, cost) for name, cost in costs.items()),
        *(Point(f"{name}, started", "MiB", number, size) for name, size in memory.items()),
    ]


async def of_busy(load: Load, server: Served, busy: int) -> None:
    """Let many sandboxes run one command after the other, and print what requests take meanwhile."""
    await asyncio.gather(*map(load.run, load.ids[:busy]))  # the first one in each is led out before
    until = time.monotonic() + BUSY_S
    took: dict[str, list[float]] = defaultdict(list)

    async def again(kind: str, send: Send) -> None:
        while time.monotonic() < until:
            took[kind].append(1000 * (await send()).elapsed.total_seconds())

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for one in load.ids[:busy]:
            group.create_task(again("exec", partial(load.run, one)))
        for kind, send in {"get": load.get, "list page": load.list, "create": load.create_and_delete}.items():
            group.create_task(again(kind, send))
    seconds = time.perf_counter() - began
    rate = sum(map(len, took.values())) / seconds
    print(f"\n{len(load.ids)} sandboxes, {busy} of them busy for {seconds:.0f} s: {rate:.0f} requests/s")
    for kind, times in took.items():
        median, slow = statistics.median(times), _p99(times)
        print(f"  {kind:<12} p50 {median:8.1f} ms   p99 {slow:8.1f} ms   ({len(times)})")
    print(f"  memory: {server.sandboxes_mib():.0f} MiB in sandboxes, {server.rss_mib:.0f} MiB in the server")


def _p99(took: list[float]) -> float:
    return statistics.quantiles(took, n=100)[98] if len(took) > 1 else took[0]


async def idle_cost(load: Load, server: Served) -> None:
    """Print what sandboxes cost that nobody uses."""
    before = server.cpu_s
    await asyncio.sleep(IDLE_S)
    used, number = server.cpu_s - before, len(load.ids)
    print(f"\n{number} idle sandboxes: the server uses {100 * used / IDLE_S:.1f} % of a core")
    print(f"  memory of each: {server.sandboxes_mib() / number:.2f} MiB in its processes (PSS)")


async def measure(folder: Path, records: int, started: int, busy: int) -> Curves:
    """Measure all, print what is no curve, and return the curves."""
    points: list[Point] = []
    for number in (number for number in ALL if number <= records):
        points += await of_records(folder / str(number), number)
    with served(folder / "started") as server:
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=busy)
        async with httpx.AsyncClient(limits=limits) as http:
            load, empty = Load(server, http), server.rss_mib
            for number in (number for number in ALL if number <= started):
                points += await of_started(load, server, number)
            await idle_cost(load, server)
            print(f"  and in the server: {(server.rss_mib - empty) / len(load.ids):.3f} MiB (RSS)")
            await of_busy(load, server, min(busy, len(load.ids)))
    return curves_of(points)


def main() -> None:
    """Print the figures and the curves, and plot these."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=max(ALL), help="most sandboxes that are stopped")
    parser.add_argument("--started", type=int, default=STARTED, help="most sandboxes that are started")
    parser.add_argument("--busy", type=int, default=BUSY, help="how many of these run commands")
    parser.add_argument("--plot", type=Path, default=PLOT, help="where the curves are drawn")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-load-", ignore_cleanup_errors=True) as folder:
        curves = asyncio.run(measure(Path(folder), asked.records, asked.started, asked.busy))
    print("\nhow each cost grows with the number of sandboxes (medians)")
    print("\n".join(table(curves)))
    plot(curves, asked.plot)
    print(f"plotted to {asked.plot}")


if __name__ == "__main__":
    main()
