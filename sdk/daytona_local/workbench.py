"""A sandbox in which the steps of a Dockerfile are carried out."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from daytona_local.build_words import BuildFailedError
from daytona_local.runtime import Agent, Runtime, SandboxSpec
from daytona_local.runtime.base import CONTEXT
from daytona_local.toolbox.pipes import PipeReader
from daytona_local.toolbox.session_logs import PLAIN, CommandLog

CPU = 4
MEMORY_GIB = 8
DISK_GIB = 20
GRACE_S = 1.0
"""How long the output of an ended command is read on, when something that it left behind holds the pipe."""

ROOT = "root"


class Workbench:
    """Run commands and copy files, as root or as another user, in a root folder of its own.

    Args:
        runtime: Runs it.
        sandbox_id: Its id.
        log: Gets what commands write.
        room: How many bytes archives may become.
    """

    def __init__(self, runtime: Runtime, sandbox_id: str, log: CommandLog, room: int) -> None:
        self.id = sandbox_id
        self._runtime = runtime
        self._log = log
        self._room = room
        self._running: tuple[str, Path | None] | None = None

    async def open(self, files_id: str | None = None, like: Workbench | None = None) -> None:
        """Lay its files.

        Args:
            files_id: What the runtime keeps the files under that it begins with.
            like: The one whose files it begins with.

        Raises:
            BuildFailedError: The runtime has no root folders.
            OSError: The disk is full, say.
        """
        if not self._runtime.builds:
            raise BuildFailedError(
                f"the {self._runtime.name} runtime can't run or copy anything in an image; use bubblewrap"
            )
        await self._runtime.destroy(self.id)
        if like is not None:
            await self._runtime.copy(like.id, self.id)
        await self._runtime.create(self._spec(ROOT, None), files_id)

    async def run(self, argv: Sequence[str], env: Mapping[str, str], cwd: str, user: str) -> int:
        """Run a command to its end, its output in the log; return its exit code."""
        agent = await self._agent(user, None)
        await agent.ask("mkdir", path=cwd, mode=None)
        ours, theirs = os.pipe()
        silent = asyncio.Event()
        reader = PipeReader(ours, lambda data: self._log.append(PLAIN, data), silent.set)
        try:
            with os.fdopen(theirs, "wb", 0) as end, open(os.devnull, "rb", 0) as nothing:  # noqa: ASYNC230
                ends = (nothing.fileno(), end.fileno(), end.fileno())
                process = await agent.spawn(argv, env, cwd, ends)
            code = await process.ended
            await agent.end(process.pid)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(silent.wait(), GRACE_S)
            return code
        finally:
            reader.close()

    async def copy(
        self, context: Path, sources: Sequence[str], target: str, *, mode: int | None, unpack: bool
    ) -> None:
        """Copy from a folder of the host.

        Args:
            context: The folder.
            sources: Paths or patterns, which can't leave it.
            target: An absolute path inside.
            mode: The permissions of all that is copied; as they are by default.
            unpack: Whether archives are unpacked.

        Raises:
            AgentError: It can't be done.
        """
        agent = await self._agent(ROOT, context)
        given = {"sources": list(sources), "destination": target, "mode": mode, "unpack": unpack}
        self._room = (await agent.ask("copy", context=CONTEXT, room=self._room, **given))["room"]

    async def mkdir(self, path: str) -> None:
        """Make a folder; raises as ``copy``."""
        await (await self._agent(ROOT, None)).ask("mkdir", path=path, mode=None)

    async def stop(self) -> None:
        """End what runs in it."""
        self._running = None
        await self._runtime.stop(self.id)

    async def close(self) -> None:
        """Remove it."""
        self._running = None
        await self._runtime.destroy(self.id)

    def folder(self) -> Path:
        """Return its root folder, for another to copy from."""
        return self._runtime.root(self.id)

    async def _agent(self, user: str, context: Path | None) -> Agent:
        """Return its agent; it is booted anew for another user, or to see another context."""
        wanted = (user, context or (self._running[1] if self._running else None))
        if self._running != wanted:
            await self._runtime.start(self._spec(*wanted))
            self._running = wanted
        return self._runtime.agent(self.id)

    def _spec(self, user: str, context: Path | None) -> SandboxSpec:
        return SandboxSpec(
            id=self.id,
            user=user,
            env={},
            cpu=CPU,
            memory_gib=MEMORY_GIB,
            disk_gib=DISK_GIB,
            network=True,
            context=context,
            builds=True,
        )
