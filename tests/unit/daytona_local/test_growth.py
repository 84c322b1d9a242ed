"""What a server has to do for one request, or one timer, does not grow with the sandboxes that it has.

Counted is work, not time: which records are looked at, how often, and how many statements the database gets.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import httpx
import pytest
from daytona_local import usage
from daytona_local.app import build_app, open_services
from daytona_local.clock import ManualClock
from daytona_local.records import Sandbox
from daytona_local.services import Services
from daytona_local.settings import Settings
from daytona_local.timers import MINUTE_S, Timers

pytestmark = pytest.mark.anyio

FEW, MANY = 100, 400


def filled(folder: Path, count: int) -> Services:
    """Return the parts of a server that has some stopped sandboxes."""
    clock = ManualClock()
    parts = open_services(Settings(folder, runtime="process", clock=clock, transition_s=0, blocking_s=0), "")
    for number in range(count):
        now = clock.now() + number
        parts.sandboxes.save(
            Sandbox(name=f"box-{number:05}", state="stopped", created_at=now, stopped_at=now)
        )
    return parts


@asynccontextmanager
async def client_of(parts: Services) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(build_app(parts))
    headers = {"Authorization": f"Bearer {parts.settings.api_key}"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1/api", headers=headers
    ) as http:
        yield http
    await parts.lifecycle.close()
    await parts.runtime.close()
    parts.store.close()


@contextmanager
def looks(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Count how often each sandbox's record is looked at."""
    counted: Counter[str] = Counter()

    def look(self: Sandbox, name: str) -> Any:
        if sandbox_id := object.__getattribute__(self, "__dict__").get("id"):  # else it is just being made
            counted[sandbox_id] += 1
        return object.__getattribute__(self, name)

    with monkeypatch.context() as patched:
        patched.setattr(Sandbox, "__getattribute__", look)
        yield counted


@contextmanager
def calls() -> Iterator[Counter[str]]:
    """Count the calls of functions, and by name those of SQLite and the like."""
    counted: Counter[str] = Counter()

    def count(_: FrameType, event: str, arg: Any) -> None:
        if event in ("call", "c_call"):
            counted[getattr(arg, "__name__", "") if event == "c_call" else "in Python"] += 1

    sys.setprofile(count)
    try:
        yield counted
    finally:
        sys.setprofile(None)


@pytest.mark.parametrize(
    ("method", "path", "most"),
    [
        ("GET", "/sandbox/{id}", 1),
        ("GET", "/sandbox/box-00007", 1),
        ("GET", "/sandbox/nobody", 0),
        ("PUT", "/sandbox/{id}/labels", 1),
        ("POST", "/sandbox/{id}/last-activity", 1),
        ("POST", "/sandbox", 1),
        ("DELETE", "/sandbox/{id}", 1),
        ("GET", "/sandbox?limit=10", 11),
        ("GET", "/sandbox?limit=10&order=asc", 11),
        ("GET", "/sandbox?limit=10&states=stopped&labels={{}}", 11),
    ],
)
async def test_a_request_looks_at_as_many_records_as_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, path: str, most: int
) -> None:
    parts = filled(tmp_path, MANY)
    one = parts.sandboxes.named("box-00007")
    assert one is not None
    path, body = path.format(id=one.id), {"labels": {"a": "b"}} if method in ("PUT", "POST") else None
    async with client_of(parts) as http:
        with looks(monkeypatch) as looked:
            answer = await http.request(method, path, json=body)
        assert answer.status_code in (200, 201, 404), answer.text
        assert most >= len(looked), looked.most_common(5)


async def test_a_walk_through_all_pages_looks_at_each_record_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = filled(tmp_path, FEW)
    seen: list[str] = []
    async with client_of(parts) as http:
        cursor, pages = "", 0
        with looks(monkeypatch) as looked:
            while cursor is not None:
                page = (await http.get("/sandbox", params={"limit": 7, "cursor": cursor})).json()
                seen += [item["id"] for item in page["items"]]
                cursor, pages = page["nextCursor"], pages + 1
    assert [one.id for one in parts.sandboxes][::-1] == seen
    usual = Counter(looked.values()).most_common(1)[0][0]
    assert 2 * usual > max(looked.values())  # that a page goes on is seen by the next one's first


@pytest.mark.parametrize("path", ["/sandbox?sort=name&limit=10", "/sandbox/paginated?sort=name&limit=10"])
async def test_a_page_in_another_order_takes_work_in_proportion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    work = []
    for count in (FEW, MANY):
        async with client_of(filled(tmp_path / str(count), count)) as http:
            with looks(monkeypatch) as looked:
                await http.get(path)
            work.append(looked.total())
    assert work[1] <= 1.1 * MANY / FEW * work[0]


@pytest.mark.parametrize(("method", "path"), [("GET", "/sandbox/box-00007"), ("POST", "/sandbox")])
async def test_a_request_takes_as_many_statements_however_many_sandboxes_there_are(
    tmp_path: Path, method: str, path: str
) -> None:
    statements = []
    for count in (FEW, MANY):
        async with client_of(filled(tmp_path / str(count), count)) as http:
            with calls() as called:
                await http.request(method, path, json={})
            statements.append(called["execute"])
    assert statements[0] == statements[1]


async def test_a_timer_that_runs_out_looks_at_its_own_sandbox_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = filled(tmp_path, MANY)
    timers = Timers(parts.sandboxes, parts.lifecycle, parts.settings)
    for sandbox in parts.sandboxes:
        timers.look(sandbox)
    first = parts.sandboxes.named("box-00000")
    assert first is not None
    assert isinstance(parts.settings.clock, ManualClock)
    async with client_of(parts):
        parts.settings.clock.advance(first.auto_archive_minutes * MINUTE_S)
        with looks(monkeypatch) as looked:
            await timers.act()
        assert [first.id] == list(looked)
        assert "archiving" == first.state


async def test_timers_keep_no_more_of_a_sandbox_the_more_often_it_changes(tmp_path: Path) -> None:
    parts = filled(tmp_path, 1)
    timers = Timers(parts.sandboxes, parts.lifecycle, parts.settings)
    (sandbox,) = parts.sandboxes
    async with client_of(parts):
        for minutes in range(2000, 0, -1):
            parts.lifecycle.transitions.change(sandbox, auto_archive_minutes=minutes)
        assert 100 > len(timers)


async def test_the_oldest_periods_of_use_are_forgotten_and_none_that_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(usage, "MOST_PERIODS", 3)
    parts = filled(tmp_path, 5)
    async with client_of(parts):
        first, *_ = parts.sandboxes
        for sandbox in parts.sandboxes:
            parts.lifecycle.transitions.enter(sandbox, "started")
        parts.lifecycle.transitions.enter(first, "archived")
        periods = list(parts.usage.between(0, math.inf))
    assert 4 == len(periods)
    assert {None} == {period.ended_at for period in periods}


async def test_a_change_whose_period_a_kill_kept_from_being_noted_is_noted_by_the_next_start(
    tmp_path: Path,
) -> None:
    parts = filled(tmp_path, 1)
    (sandbox,) = parts.sandboxes
    async with client_of(parts):
        parts.lifecycle.transitions.enter(sandbox, "started")
        parts.sandboxes.change(sandbox, state="stopped")
        parts.usage.resume(parts.sandboxes)
        assert [1, 0] == [period.held.cpu for period in parts.usage.between(0, math.inf)]


def test_the_start_of_a_server_takes_work_in_proportion(tmp_path: Path) -> None:
    work = []
    for count in (FEW, MANY):
        folder = tmp_path / str(count)
        filled(folder, count).store.close()
        with calls() as called:
            parts = open_services(Settings(folder, runtime="process"), "")
            parts.recovery.resume()
        parts.store.close()
        work.append(called.total())
    assert work[1] <= MANY / FEW * work[0]
