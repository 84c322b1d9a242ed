"""Fixtures: toolbox routes behind a real server on loopback, since websockets need one."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
import uvicorn
from daytona_local.toolbox.running import Running
from starlette.applications import Starlette
from starlette.routing import BaseRoute

Serve = Callable[[Sequence[BaseRoute]], Awaitable[str]]


@asynccontextmanager
async def listening(app: Starlette) -> AsyncIterator[int]:
    """Serve an app on a free port of this machine, and yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(app, lifespan="off", log_level="error", ws="websockets-sansio")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = server.force_exit = True
            await serving


@pytest.fixture
async def serve(
    box: Running, toolbox_app: Callable[[Sequence[BaseRoute]], Starlette]
) -> AsyncIterator[Serve]:
    """Return what serves toolbox routes; it returns the sandbox's base address for websockets."""
    async with AsyncExitStack() as servers:

        async def start(routes: Sequence[BaseRoute]) -> str:
            port = await servers.enter_async_context(listening(toolbox_app(routes)))
            return f"ws://127.0.0.1:{port}/toolbox/{box.sandbox.id}"

        yield start
