"""The plugin over a real gRPC channel, against the real local server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from daytona_httpx import AsyncDaytona, DaytonaConfig
from daytona_local import LocalDaytona

from tests.engine.control import Control
from tests.rpc.engine import Engine, engine_of_servicer


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("API_KEY", "JWT_TOKEN", "API_URL", "ORGANIZATION_ID", "TARGET"):
        monkeypatch.delenv(f"DAYTONA_{name}", raising=False)


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    """A server whose create answers at once, while the sandbox is being made."""
    with LocalDaytona(control=True, blocking_s=0.0) as running:
        yield running


@pytest.fixture
def control(server: LocalDaytona) -> Iterator[Control]:
    made = Control(server)
    made.clear()
    yield made
    made.clear()
    made.close()


@pytest.fixture
async def client(server: LocalDaytona) -> AsyncIterator[AsyncDaytona]:
    async with AsyncDaytona(DaytonaConfig(api_url=server.api_url, api_key=server.api_key)) as made:
        yield made
        for sandbox in [each async for each in made.list()]:
            await sandbox.delete(wait=True)


@pytest.fixture
async def bare() -> AsyncIterator[Engine]:
    """A plugin that isn't configured yet."""
    async with engine_of_servicer() as engine:
        yield engine


@pytest.fixture
async def engine(bare: Engine, server: LocalDaytona) -> Engine:
    """A configured plugin."""
    await bare.configure(apiKey=server.api_key, apiUrl=server.api_url)
    return bare
