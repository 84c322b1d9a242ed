"""Fixtures: an API that is scripted, clients of it, and time that costs none."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from daytona_httpx import AsyncDaytona, AsyncSandbox, Daytona, retry
from daytona_httpx._sync import clock

from tests.unit.daytona_httpx.fake_api import API_URL, FakeApi, record
from tests.unit.daytona_httpx.virtual_time import VirtualLoop


@pytest.fixture
def anyio_backend() -> tuple[str, dict[str, Any]]:
    """Run async tests in virtual time."""
    return "asyncio", {"loop_factory": VirtualLoop}


@pytest.fixture(autouse=True)
def fresh_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test be held back by another's 429."""
    monkeypatch.setattr(retry, "_paces", {})


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """Keep the machine's own settings out."""
    for name in ("API_KEY", "API_URL", "SERVER_URL", "JWT_TOKEN", "ORGANIZATION_ID", "TARGET"):
        monkeypatch.delenv(f"DAYTONA_{name}", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def api() -> FakeApi:
    """Return the scripted API, with one started sandbox."""
    made = FakeApi()
    made.sandboxes["s1"] = record()
    return made


@pytest.fixture
async def client(api: FakeApi) -> AsyncIterator[AsyncDaytona]:
    """Return an async client of the scripted API."""
    transport = httpx.MockTransport(api.ahandle)
    async with AsyncDaytona(api_key="key", api_url=API_URL, transport=transport) as made:
        yield made


@pytest.fixture
async def sandbox(client: AsyncDaytona, api: FakeApi) -> AsyncSandbox:
    """Return the started sandbox; the requests that got it are forgotten."""
    found = await client.get("s1")
    api.requests.clear()
    return found


@pytest.fixture
def sync_client(api: FakeApi) -> Iterator[Daytona]:
    """Return a sync client of the scripted API."""
    with Daytona(api_key="key", api_url=API_URL, transport=httpx.MockTransport(api.handle)) as made:
        yield made


class SkippedTime:
    """Tell the time of the sync client, and let it pass at once."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def now(self) -> float:
        """Return the seconds."""
        return self.now_s

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now_s += seconds

    def listen(self, event: Any, seconds: float) -> None:
        """Let time pass, unless the event came before."""
        self.now_s += 0 if event.is_set() else seconds


@pytest.fixture
def skipped_time(monkeypatch: pytest.MonkeyPatch) -> SkippedTime:
    """Let the sync client wait without waiting; for one thread only."""
    made = SkippedTime()
    for name in ("now", "sleep", "listen"):
        monkeypatch.setattr(clock, name, getattr(made, name))
    return made
