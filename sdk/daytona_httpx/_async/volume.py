"""Volumes: storage that outlives the sandboxes it is mounted in."""

from __future__ import annotations

import builtins
from urllib.parse import quote

from daytona_httpx._async.transport import AsyncTransport
from daytona_httpx.answers import items_of
from daytona_httpx.errors import DaytonaNotFoundError, prefixed
from daytona_httpx.models.base import parse
from daytona_httpx.models.volume import Volume


class AsyncVolumeService:
    """Make, find and delete volumes.

    Example:
        >>> (await daytona.volume.get("for-docs", create=True)).name
        'for-docs'
    """

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self) -> builtins.list[Volume]:
        """Return all volumes (list volumes)."""
        with prefixed("Failed to list volumes: "):
            return [parse(Volume, item) for item in items_of(await self._transport.api("GET", "/volumes"))]

    async def get(self, name: str, create: bool = False) -> Volume:
        """Return the volume of a name (get volume by name).

        Args:
            name: The name.
            create: Whether to make it where there is none.

        Raises:
            DaytonaNotFoundError: There is none, and it was not to be made.
        """
        with prefixed("Failed to get volume: "):
            try:
                path = f"/volumes/by-name/{quote(name, safe='')}"
                return parse(Volume, await self._transport.api("GET", path))
            except DaytonaNotFoundError:
                if not create:
                    raise
            return await self._create(name)

    async def get_by_id(self, volume_id: str) -> Volume:
        """Return a volume (get volume).

        Raises:
            DaytonaNotFoundError: There is none.
        """
        with prefixed("Failed to get volume: "):
            path = f"/volumes/{quote(volume_id, safe='')}"
            return parse(Volume, await self._transport.api("GET", path))

    async def create(self, name: str) -> Volume:
        """Make a volume; it is not ready at once (create volume)."""
        with prefixed("Failed to create volume: "):
            return await self._create(name)

    async def delete(self, volume: Volume) -> None:
        """Delete a volume that no sandbox uses (delete volume).

        Raises:
            DaytonaConflictError: A sandbox uses it.
        """
        with prefixed("Failed to delete volume: "):
            try:
                await self._transport.api("DELETE", f"/volumes/{quote(volume.id, safe='')}")
            except DaytonaNotFoundError as error:
                if error.attempts == 1:  # a repeated delete whose first answer was lost has done its work
                    raise

    async def _create(self, name: str) -> Volume:
        return parse(Volume, await self._transport.api("POST", "/volumes", json={"name": name}))
