"""The same cases against the local server twice: in process, and over a socket."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from daytona_httpx import AsyncDaytona, retry
from daytona_local import LocalDaytona, ManualClock
from daytona_local.app import build_app, open_services
from daytona_local.settings import Settings

KEY = "dtn_contract"
IN_PROCESS = "http://127.0.0.1:1"


@dataclass
class Api:
    """A local server, our client of it, and plain requests.

    `clock` moves its time, by which transitions take a second when `slow` was asked for, else nothing.
    """

    client: AsyncDaytona
    raw: httpx.AsyncClient
    clock: ManualClock
    url: str

    async def call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """Send a plain request to the main API."""
        return await self.raw.request(method, f"/api{path}", json=body)

    async def refusal(self, method: str, path: str, body: Any = None) -> tuple[int, str]:
        """Send a request that must be refused; return the status and the message."""
        answer = await self.call(method, path, body)
        assert answer.status_code >= 400, answer.text
        said = answer.json()
        assert {"path", "timestamp", "statusCode", "error", "message"} <= said.keys()
        assert said["statusCode"] == answer.status_code
        return answer.status_code, said["message"]

    async def made(self, **body: Any) -> dict[str, Any]:
        """Make a sandbox and return it as it is then."""
        answer = await self.call("POST", "/sandbox", body)
        assert answer.status_code == 200, answer.text
        return await self.get(answer.json()["id"])

    async def get(self, name: str) -> dict[str, Any]:
        """Return a sandbox."""
        found: dict[str, Any] = (await self.call("GET", f"/sandbox/{name}")).json()
        return found


@pytest.fixture
def anyio_backend() -> str:
    """Run async tests on asyncio, in real time: the server's processes are real."""
    return "asyncio"


@pytest.fixture(autouse=True)
def fresh_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test be held back by another's 429."""
    monkeypatch.setattr(retry, "_paces", {})


@pytest.fixture(params=["in process", "over a socket"])
async def api(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Api]:
    """Return a server whose transitions take no time."""
    async with serving(request.param, tmp_path, 0) as made:
        yield made


@pytest.fixture(params=["in process", "over a socket"])
async def slow(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Api]:
    """Return a server whose transitions take a second of its clock; creates and starts don't block."""
    async with serving(request.param, tmp_path, 1) as made:
        yield made


@contextlib.asynccontextmanager
async def serving(how: str, folder: Path, transition_s: float, **more: Any) -> AsyncIterator[Api]:
    """Run a server in one of the two ways; in process, with more settings where some are given."""
    clock, blocking_s = ManualClock(), 0.0 if transition_s else 30.0
    if how == "over a socket":
        server = LocalDaytona(
            folder, api_key=KEY, transition_s=transition_s, blocking_s=blocking_s, clock=clock
        )
        with server:
            async with _clients(clock, server.url, None) as made:
                yield made
        return
    settings = Settings(folder, KEY, transition_s=transition_s, blocking_s=blocking_s, clock=clock, **more)
    app = build_app(open_services(settings, IN_PROCESS))
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with _clients(clock, IN_PROCESS, transport) as made:
            yield made


@contextlib.asynccontextmanager
async def _clients(
    clock: ManualClock, url: str, transport: httpx.AsyncBaseTransport | None
) -> AsyncIterator[Api]:
    headers = {"Authorization": f"Bearer {KEY}"}
    async with (
        AsyncDaytona(api_key=KEY, api_url=f"{url}/api", transport=transport) as client,
        httpx.AsyncClient(base_url=url, headers=headers, transport=transport, timeout=60) as raw,
    ):
        yield Api(client, raw, clock, url)
