"""What every runtime has in common that keeps a sandbox's files in a folder of this machine."""

from __future__ import annotations

from pathlib import Path

from daytona_local.runtime import leftovers
from daytona_local.runtime.agent import Agent
from daytona_local.runtime.boot import Boots
from daytona_local.runtime.files import Files


class FolderRuntime:
    """Keep files, and the agents of what runs.

    Args:
        files: The files.
        mark: The word that is in the command line of all that it starts.
    """

    def __init__(self, files: Files, mark: str) -> None:
        self._files = files
        self._mark = mark
        self._boots = Boots()

    async def tidy(self) -> None:
        """End and remove what a killed server has left running or half done."""
        leftovers.end(self._mark)
        await self._files.tidy()

    def root(self, sandbox_id: str) -> Path:
        """Return the folder of a sandbox's files."""
        return self._files.root(sandbox_id)

    def agent(self, sandbox_id: str) -> Agent:
        """Return the agent of a running sandbox."""
        return self._boots.agent(sandbox_id)

    async def stop(self, sandbox_id: str) -> None:
        """End all its processes, and keep its files."""
        await self._boots.stop(sandbox_id)

    async def pause(self, sandbox_id: str) -> None:
        """Stop its processes where they stand."""
        await self._boots.pause(sandbox_id)

    async def resume(self, sandbox_id: str) -> None:
        """Let its processes go on."""
        await self._boots.resume(sandbox_id)

    async def destroy(self, sandbox_id: str) -> None:
        """Stop it and remove its files."""
        await self.stop(sandbox_id)
        await self._files.remove(sandbox_id)

    async def copy(self, source_id: str, target_id: str) -> None:
        """Give a new sandbox a copy of another's files."""
        async with self._boots.held(source_id):
            await self._files.copy(source_id, target_id)

    async def save_snapshot(self, sandbox_id: str, snapshot_id: str) -> int:
        """Keep a copy of a sandbox's files, and return how many bytes it takes."""
        async with self._boots.held(sandbox_id):
            return await self._files.save(sandbox_id, snapshot_id)

    async def remove_snapshot(self, snapshot_id: str) -> None:
        """Remove such a copy."""
        await self._files.remove_snapshot(snapshot_id)

    async def back_up(self, sandbox_id: str) -> None:
        """Pack a copy of a sandbox's files into one file."""
        async with self._boots.held(sandbox_id):
            await self._files.back_up(sandbox_id)

    async def archive(self, sandbox_id: str, *, from_backup: bool = False) -> None:
        """Pack the file system into one file."""
        await self._files.archive(sandbox_id, from_backup=from_backup)

    async def restore(self, sandbox_id: str) -> None:
        """Unpack it again."""
        await self._files.restore(sandbox_id)

    async def close(self) -> None:
        """Stop every sandbox that this runtime has started."""
        await self._boots.close()
