"""Fixtures: a real sandbox that runs, and a client of toolbox routes on it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from daytona_local.api.answers import EXCEPTION_HANDLERS
from daytona_local.records import Sandbox
from daytona_local.runtime import SandboxSpec
from daytona_local.runtime.bubblewrap import BubblewrapRuntime
from daytona_local.toolbox.running import Running
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount

AppOf = Callable[[Sequence[BaseRoute]], Starlette]
ClientOf = Callable[[Sequence[BaseRoute]], httpx.AsyncClient]


class OneToolbox:
    """Stand in for the running sandboxes of a server: there is one."""

    def __init__(self, running: Running) -> None:
        self._running = running

    async def of(self, sandbox_id: str) -> Running:
        """Return the sandbox."""
        assert self._running.sandbox.id == sandbox_id
        return self._running


@pytest.fixture
def anyio_backend() -> str:
    """Run async tests on asyncio, as the server does."""
    return "asyncio"


@pytest.fixture
async def runtime(tmp_path: Path) -> AsyncIterator[BubblewrapRuntime]:
    """Return a runtime; its sandboxes end with the test."""
    made = BubblewrapRuntime(tmp_path)
    yield made
    await made.close()


def spec_of(sandbox: Sandbox, *, network: bool = True) -> SandboxSpec:
    """Return how a sandbox runs."""
    return SandboxSpec(
        id=sandbox.id,
        user=sandbox.user,
        env=sandbox.env,
        cpu=sandbox.cpu,
        memory_gib=sandbox.memory,
        disk_gib=sandbox.disk,
        network=network,
    )


async def boot(runtime: BubblewrapRuntime, sandbox: Sandbox, *, network: bool = True) -> Running:
    """Start a sandbox."""
    await runtime.start(spec_of(sandbox, network=network))
    return Running(sandbox, runtime.agent(sandbox.id))


@pytest.fixture
async def box(runtime: BubblewrapRuntime) -> AsyncIterator[Running]:
    """Return a running sandbox, isolated by bubblewrap."""
    running = await boot(runtime, Sandbox(name="box", env={"FROM_RECORD": "yes"}))
    yield running
    await running.close()


@pytest.fixture
def toolbox_app(box: Running) -> AppOf:
    """Return what makes an app of toolbox routes on the running sandbox."""

    def make(routes: Sequence[BaseRoute]) -> Starlette:
        app = Starlette(
            routes=[Mount("/toolbox/{sandbox_id}", routes=list(routes))],
            exception_handlers=EXCEPTION_HANDLERS,
        )
        app.state.services = SimpleNamespace(toolboxes=OneToolbox(box))
        return app

    return make


@pytest.fixture
async def toolbox(box: Running, toolbox_app: AppOf) -> AsyncIterator[ClientOf]:
    """Return what makes a client of toolbox routes; its paths are relative to the sandbox."""
    async with AsyncExitStack() as clients:

        def make(routes: Sequence[BaseRoute]) -> httpx.AsyncClient:
            transport = httpx.ASGITransport(toolbox_app(routes))
            base_url = f"http://127.0.0.1/toolbox/{box.sandbox.id}"
            client = httpx.AsyncClient(transport=transport, base_url=base_url, timeout=30)
            clients.push_async_callback(client.aclose)
            return client

        yield make
