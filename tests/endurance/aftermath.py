"""A hundred kills, and what there is after them."""

from __future__ import annotations

import asyncio
import inspect
import signal
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import httpx
from daytona_local.lifecycle import UNDER_WAY
from daytona_local.records import Sandbox
from daytona_local.runtime.limits import Limits
from daytona_local.store import Store
from daytona_local.tables import Table
from daytona_local.usage import UsagePeriod

from tests.endurance.generations import LIMIT_S, Generations
from tests.endurance.ledger import Box
from tests.endurance.load import Client

KILLS = 100
CLIENTS = 4
TIMED = 10
"""How many sandboxes have a timer of each kind; the time of one of each runs out with every tenth kill."""

EVERY = KILLS // TIMED
AWAY_S = 100_000.0
SEED = 7


@dataclass
class Aftermath:
    """Hold what there is after the last kill.

    Args:
        boxes: What the clients know.
        surprises: What they can't explain.
        stopped: The ids of the sandboxes that were auto-stopped, and then started again.
        expired: The ids of those whose time to live was over.
        complaints: What all servers have written to their logs.
        found: What the list has, by id.
        files: The files of sandboxes by their ids, then their names.
        on_disk: The ids of sandboxes that have a folder.
        half_done: Files and folders that are on their way to be others.
        left_running: Processes that the dead have left.
        left_mounted: What they have left mounted.
        left_when_empty: What there still is when every sandbox is deleted.
        histories: The states that a sandbox has had, one after the other, by its id.
        held: How many cores a sandbox has held, one period after the other, by its id.
    """

    boxes: list[Box]
    surprises: list[str]
    stopped: list[str]
    expired: list[str]
    complaints: str = ""
    found: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, dict[str, bytes | None]] = field(default_factory=dict)
    on_disk: set[str] = field(default_factory=set)
    half_done: list[str] = field(default_factory=list)
    left_running: set[int] = field(default_factory=set)
    left_mounted: list[str] = field(default_factory=list)
    left_when_empty: list[str] = field(default_factory=list)
    histories: dict[str, list[str]] = field(default_factory=dict)
    held: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


async def endure(folder: Path) -> Aftermath:
    """Let clients work while the server is killed, then look at everything."""
    generations = Generations(folder)
    async with generations.begun(), httpx.AsyncClient() as http:
        own = Client(CLIENTS, generations, http)
        async with generations.serving():
            stopped = [await _made(own, f"idle-{number}", autoStopInterval=60) for number in range(TIMED)]
            expired = [await _made(own, f"short-{number}", ttlMinutes=60) for number in range(TIMED)]
        clients = [Client(number, generations, http) for number in range(CLIENTS)]
        async with _working(clients):
            for kill in range(KILLS):
                turn, phase = divmod(kill, EVERY)
                if phase == 0:
                    _let_time_pass(generations.folder, {stopped[turn], expired[turn]})
                again = stopped[turn] if phase == EVERY // 2 else None
                await _one_generation(generations, own, Random(SEED + kill), again)
        boxes = [box for client in clients for box in client.boxes]
        surprises = [line for client in (*clients, own) for line in client.surprises]
        found = Aftermath(boxes, surprises, stopped, expired)
        await _look(found, own, generations)
    return found


async def _made(client: Client, name: str, **settings: int) -> str:
    made = await client.send("POST", "/api/sandbox", json={"name": name, "autoStopInterval": 0, **settings})
    return str(made["id"])


@asynccontextmanager
async def _working(clients: list[Client]) -> AsyncIterator[None]:
    """Let clients work until the block ends; what breaks in one breaks the test."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(client.work()) for client in clients]
        yield
        for task in tasks:
            task.cancel()


async def _one_generation(generations: Generations, own: Client, random: Random, again: str | None) -> None:
    """Serve until a random number of answers has come, and a little longer: into the midst of the next.

    Args:
        generations: The server.
        own: The client that looks after the sandboxes with timers.
        random: Says how long.
        again: The id of a sandbox that was auto-stopped, and is started again.
    """
    async with generations.serving():
        enough = Client.answered + random.randint(1, 5)
        if again is not None:
            assert await until(lambda: own.is_stopped(again))
            await own.send("POST", f"/api/sandbox/{again}/start")
        assert await until(lambda: Client.answered >= enough)
        await asyncio.sleep(random.uniform(0, 0.05))


def _let_time_pass(folder: Path, ids: set[str]) -> None:
    """Let some sandboxes' time be over, as if the server, which is dead now, had been so for a day."""
    store = Store(folder / "daytona.db")
    table = Table(Sandbox, store)
    for sandbox in filter(None, map(table.get, ids)):
        sandbox.last_activity_at -= AWAY_S
        if sandbox.destroy_at is not None:
            sandbox.destroy_at -= AWAY_S
        table.save(sandbox)
    store.close()


async def until(holds: Callable[[], bool | Awaitable[bool]]) -> bool:
    """Wait until something holds that others bring about; return whether it does by now."""
    deadline = time.monotonic() + LIMIT_S
    while time.monotonic() < deadline:
        told = holds()
        if await told if inspect.isawaitable(told) else told:
            return True
        await asyncio.sleep(0.01)
    return False


async def _look(found: Aftermath, client: Client, generations: Generations) -> None:
    folder = generations.folder
    async with generations.serving(signal.SIGTERM):
        await until(lambda: not generations.left_behind())
        found.left_running = generations.left_behind()
        found.left_mounted = _mounts(folder)
        await until(lambda: _is_at_rest(client, folder, found))
        found.half_done = _half_done(folder)
    _read(found, folder)
    async with generations.serving(signal.SIGTERM):
        for box in found.boxes:
            if box.must_exist and box.id in found.found:
                found.files[box.id] = await _files(client, box)
        for sandbox_id in found.found:
            await client.send("DELETE", f"/api/sandbox/{sandbox_id}")
        await until(lambda: not _ids(folder))
    found.left_when_empty = [*_ids(folder), *_groups(folder)]
    found.complaints = generations.complaints.read_text()


def _read(found: Aftermath, folder: Path) -> None:
    """Read what the server has kept of what happened."""
    store = Store(folder / "daytona.db")
    found.histories = {box.id: [state for state, _ in box.history] for box in Table(Sandbox, store)}
    for period in Table(UsagePeriod, store):
        found.held[period.sandbox_id].append(period.held.cpu)
    store.close()


async def _is_at_rest(client: Client, folder: Path, found: Aftermath) -> bool:
    items: list[dict[str, Any]] = []
    cursor = None
    while not items or cursor:
        page = await client.send("GET", "/api/sandbox", params={"cursor": cursor} if cursor else {})
        items, cursor = [*items, *page["items"]], page["nextCursor"]
    found.found = {item["id"]: item for item in items}
    found.on_disk = _ids(folder)
    going_on = any(item["state"] in UNDER_WAY for item in items)
    return not going_on and found.on_disk == found.found.keys()


async def _files(client: Client, box: Box) -> dict[str, bytes | None]:
    await client.send("POST", f"/api/sandbox/{box.id}/start")
    return {name: await client.read(box, name) for name in box.files}


def _ids(folder: Path) -> set[str]:
    return {place.name for place in (folder / "sandboxes").iterdir()}


def _half_done(folder: Path) -> list[str]:
    return [str(one) for one in (folder / "sandboxes").glob("*/*") if one.name != "root"]


def _mounts(folder: Path) -> list[str]:
    mounted = Path("/proc/self/mounts").read_text().splitlines()
    return [line for line in mounted if str(folder) in line]


def _groups(folder: Path) -> list[str]:
    return [group.name for group in Limits.of_this_host(folder.resolve()).groups()]
