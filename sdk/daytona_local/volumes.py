"""Volumes: folders on this machine that outlive the sandboxes which mount them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

from daytona_local.errors import ConflictError, InvalidError, NotFoundError
from daytona_local.jobs import Jobs
from daytona_local.records import Sandbox, Volume
from daytona_local.runtime import Mount
from daytona_local.runtime.trees import remove
from daytona_local.settings import Settings
from daytona_local.shortages import shortage
from daytona_local.tables import Table

COMING = "pending_create"
READY = "ready"
GOING = "pending_delete"
FAILED = "error"


class Volumes:
    """Make, find and delete volumes.

    Args:
        table: Their records.
        settings: The server's.
        sandboxes: Yields the sandboxes that may use one.
    """

    def __init__(
        self, table: Table[Volume], settings: Settings, sandboxes: Callable[[], Iterable[Sandbox]]
    ) -> None:
        self._table = table
        self._settings = settings
        self._sandboxes = sandboxes
        self._jobs = Jobs()
        self._folder = settings.data_dir / "volumes"
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def resume(self) -> None:
        """Go on with what a killed server had begun."""
        for volume in self._table:
            if volume.state in (COMING, GOING):
                self._begin(volume)

    def all(self) -> list[Volume]:
        """Return every volume, the newest first."""
        return sorted(self._table, key=lambda volume: volume.created_at, reverse=True)

    def get(self, volume_id: str) -> Volume:
        """Return a volume by its id.

        Raises:
            NotFoundError: There is none.
        """
        volume = self._table.get(volume_id)
        if volume is None:
            raise NotFoundError(f"Volume with ID {volume_id} not found")
        return volume

    def named(self, name: str) -> Volume:
        """Return a volume by its name; raises as ``get``."""
        volume = self._table.named(name)
        if volume is None:
            raise NotFoundError(f"Volume with name {name} not found")
        return volume

    def create(self, name: str) -> Volume:
        """Make a volume; a folder of its own, empty.

        Raises:
            ConflictError: The name is taken.
        """
        if name and self._table.named(name) is not None:
            raise ConflictError(f"Volume with name {name} already exists")
        now = self._settings.clock.now()
        volume = Volume(name=name, state=COMING, created_at=now, updated_at=now)
        volume.name = name or volume.id
        self._table.save(volume)
        self._begin(volume)
        return volume

    def delete(self, volume_id: str) -> None:
        """Delete a volume and what is in it.

        Raises:
            NotFoundError: There is none.
            ConflictError: A sandbox uses it.
        """
        volume = self.get(volume_id)
        users = [sandbox for sandbox in self._sandboxes() if _uses(sandbox, volume)]
        if users:
            raise ConflictError(
                f"Volume cannot be deleted because it is in use by one or more sandboxes: {users[0].name}"
            )
        if volume.state != GOING:
            self._enter(volume, GOING)
            self._begin(volume)

    def mounts(self, sandbox: Sandbox) -> tuple[Mount, ...]:
        """Return where a sandbox's volumes are mounted."""
        return tuple(
            Mount(self._place(mount.volume_id), mount.mount_path, mount.subpath or "")
            for mount in sandbox.volumes
        )

    def check(self, id_or_name: str) -> Volume:
        """Return a volume that a new sandbox is to mount.

        Raises:
            NotFoundError: There is none.
            InvalidError: It can't be mounted yet, or any more.
        """
        volume = self._table.get(id_or_name) or self._table.named(id_or_name)
        if volume is None:
            raise NotFoundError(f"Volume '{id_or_name}' not found")
        if volume.state != READY:
            raise InvalidError(
                f"Volume '{id_or_name}' is not in a ready state. Current state: {volume.state}"
            )
        self._table.note(volume, last_used_at=self._settings.clock.now())
        return volume

    async def close(self) -> None:
        """Break off what goes on; the next server goes on with it."""
        await self._jobs.close()

    async def clear(self) -> None:
        """Remove every volume."""
        await self._jobs.close()
        for volume in self._table:
            await self._remove(volume)

    def _begin(self, volume: Volume) -> None:
        work = self._make if volume.state == COMING else self._remove
        self._jobs.begin(volume.id, lambda: work(volume))

    async def _make(self, volume: Volume) -> None:
        await self._settings.clock.sleep(self._settings.transition_s)
        try:
            self._place(volume.id).mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            self._enter(volume, FAILED, shortage(error) or str(error))
        else:
            self._enter(volume, READY)

    async def _remove(self, volume: Volume) -> None:
        await self._settings.clock.sleep(self._settings.transition_s)
        try:
            await remove(self._place(volume.id))
        except OSError as error:
            self._enter(volume, FAILED, shortage(error) or str(error))
        else:
            self._table.remove(volume)

    def _enter(self, volume: Volume, state: str, error_reason: str | None = None) -> None:
        now = self._settings.clock.now()
        self._table.change(volume, state=state, error_reason=error_reason, updated_at=now)

    def _place(self, volume_id: str) -> Path:
        return self._folder / volume_id


def check_subpath(subpath: str) -> None:
    """Refuse what can't be a folder in a volume; whether there are links in it is seen when it is mounted.

    Raises:
        InvalidError: It leads out of the volume, or is no path.
    """
    path = PurePosixPath(subpath)
    if path.is_absolute() or ".." in path.parts or "\0" in subpath:
        raise InvalidError(f"the subpath {subpath!r} leads out of its volume")


def _uses(sandbox: Sandbox, volume: Volume) -> bool:
    return not sandbox.is_hidden and any(mount.volume_id == volume.id for mount in sandbox.volumes)
