"""A server for load: a process of its own, with as many records as are asked for, and what it costs."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
from daytona_local.records import Sandbox
from daytona_local.runtime.agent_program.processes import descendants
from daytona_local.store import Store
from daytona_local.tables import Table
from daytona_local.usage import Held, UsagePeriod

LIMIT_S = 120


@dataclass(frozen=True)
class Served:
    """Hold a server that runs.

    Args:
        url: Where its API is.
        key: What clients must send.
        pid: Its process.
        began_in_s: How long it took until it answered.
        began_cpu_s: How much processor time that took.
        began_cpu_s: How much processor time that took.
    """

    url: str
    key: str
    pid: int
    began_in_s: float = 0.0
    began_cpu_s: float = 0.0

    @property
    def headers(self) -> dict[str, str]:
        """Return what clients must send."""
        return {"Authorization": f"Bearer {self.key}"}

    @property
    def rss_mib(self) -> float:
        """Return how much memory the server itself has."""
        return _kib(self.pid, "status", "VmRSS") / 1024

    @property
    def cpu_s(self) -> float:
        """Return how much processor time the server itself has used."""
        threads = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9

    def sandboxes_mib(self) -> float:
        """Return how much memory all processes of sandboxes have; what they share is counted once."""
        return sum(_kib(pid, "smaps_rollup", "Pss") for pid in descendants(self.pid) - {self.pid}) / 1024


def fill(folder: Path, count: int) -> None:
    """Write stopped sandboxes into the database of a data folder, each as if it had been used once."""
    folder.mkdir(mode=0o700)
    store = Store(folder / "daytona.db")
    sandboxes, periods, now = Table(Sandbox, store), Table(UsagePeriod, store), time.time()
    for number in range(count):
        made = now - count + number
        box = Sandbox(
            name=f"box-{number}", snapshot="daytona-local:default", state="stopped", created_at=made
        )
        box.desired_state, box.stopped_at, box.last_activity_at = "stopped", now, now
        sandboxes.save(box)
        periods.save(UsagePeriod(sandbox_id=box.id, region="us", started_at=made, held=Held(disk=3)))
    store.close()


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Serve a data folder until the block ends."""
    words = [sys.executable, "-m", "daytona_local", "serve", "--json", "--port", "0", "--transition", "0"]
    began = time.perf_counter()
    with subprocess.Popen([*words, "--data-dir", str(folder)], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = json.loads(process.stdout.readline())
            found = Served(said["url"], said["api_key"], process.pid)
            httpx.get(
                f"{found.url}/sandbox?limit=1", headers=found.headers, timeout=LIMIT_S
            ).raise_for_status()
            yield replace(found, began_in_s=time.perf_counter() - began, began_cpu_s=found.cpu_s)
        finally:
            process.terminate()


def _kib(pid: int, file: str, name: str) -> int:
    try:
        text = Path(f"/proc/{pid}/{file}").read_text()
    except OSError:
        return 0  # it has just ended
    return int(text.partition(f"{name}:")[2].split()[0]) if f"{name}:" in text else 0
