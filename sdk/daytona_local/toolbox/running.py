"""A sandbox that runs, as the services of the toolbox see it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from starlette.requests import HTTPConnection

from daytona_local.lifecycle import Lifecycle
from daytona_local.records import Sandbox
from daytona_local.runtime import Agent
from daytona_local.settings import Settings


class Service(Protocol):
    """Hold what a service keeps for one running sandbox: sessions, terminals, interpreters."""

    async def close(self) -> None:
        """End it all: the sandbox is stopping."""


ServiceT = TypeVar("ServiceT", bound=Service)


class Running:
    """Hold a running sandbox from its start to its end.

    Attributes:
        sandbox: Its record.
        agent: What does the work inside.
        env: Environment variables that were set since it started; they go over those of the record.
        unset: Names of variables that were taken away since.
        logs: The server's folder for what is written inside; the system's for temporary files by default.
    """

    def __init__(self, sandbox: Sandbox, agent: Agent, logs: Path | None = None) -> None:
        self.sandbox = sandbox
        self.agent = agent
        self.logs = logs
        self.env: dict[str, str] = {}
        self.unset: set[str] = set()
        self._services: dict[type[Any], Service] = {}

    def service(self, kind: Callable[[Running], ServiceT]) -> ServiceT:
        """Return this sandbox's own instance of a service, made when it is first asked for."""
        if kind not in self._services:
            self._services[kind] = kind(self)  # type: ignore[index]
        return self._services[kind]  # type: ignore[index, return-value]

    async def close(self) -> None:
        """End what the services keep."""
        kept, self._services = self._services, {}
        await asyncio.gather(*(service.close() for service in kept.values()))


Starting = Callable[[Running], Awaitable[None]]


class Toolboxes:
    """Find the running sandbox that a request means.

    Args:
        lifecycle: Tells which run.
        settings: The server's.

    Attributes:
        after_start: Called with each sandbox that has just started.
    """

    def __init__(self, lifecycle: Lifecycle, settings: Settings) -> None:
        self._lifecycle = lifecycle
        self._logs = settings.data_dir / "logs"
        self._logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._running: dict[str, Running] = {}
        self.after_start: list[Starting] = []
        lifecycle.before_stop.append(self.close)
        lifecycle.transitions.after_start.append(self._begin)

    def tidy(self) -> None:
        """Remove the logs that a killed server has left."""
        for folder in self._logs.iterdir():
            shutil.rmtree(folder)

    async def of(self, sandbox_id: str) -> Running:
        """Return a sandbox that runs, and take note that it is in use.

        Raises:
            NotFoundError: There is no such sandbox.
            InvalidError: It isn't started.
        """
        return await self._of(*await self._lifecycle.use(sandbox_id))

    async def look_at(self, sandbox_id: str) -> Running:
        """Return a sandbox that runs to who only looks; raises as ``Lifecycle.look_at``."""
        return await self._of(*self._lifecycle.look_at(sandbox_id))

    async def _of(self, sandbox: Sandbox, agent: Agent) -> Running:
        running = self._running.get(sandbox.id)
        if running is None or running.agent is not agent:
            if running is not None:
                await running.close()
            running = self._running[sandbox.id] = Running(sandbox, agent, self._logs)
        return running

    async def _begin(self, sandbox: Sandbox, agent: Agent) -> None:
        running = await self._of(sandbox, agent)
        for start in self.after_start:
            await start(running)

    async def close(self, sandbox_id: str) -> None:
        """End what the services keep for a sandbox that is about to stop."""
        running = self._running.pop(sandbox_id, None)
        if running is not None:
            await running.close()

    async def close_all(self) -> None:
        """End what the services keep for every sandbox."""
        await asyncio.gather(*(self.close(sandbox_id) for sandbox_id in list(self._running)))


async def running(request: HTTPConnection) -> Running:
    """Return the running sandbox whose id is in the request's path; raises as ``Toolboxes.of``."""
    toolboxes: Toolboxes = request.app.state.services.toolboxes
    return await toolboxes.of(request.path_params["sandbox_id"])
