"""The life of snapshots: made from an image or a Dockerfile, switched off and on, and removed."""

from __future__ import annotations

from typing import Any

from daytona_local.build_plan import Planning
from daytona_local.build_words import BuildFailedError
from daytona_local.builds import Builds
from daytona_local.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError
from daytona_local.images import Images
from daytona_local.jobs import Jobs
from daytona_local.records import Image, ImageConfig, Snapshot
from daytona_local.settings import Settings
from daytona_local.tables import Table

COMING = frozenset({"pending", "building"})
GOING = "removing"


class SnapshotLifecycle:
    """Take orders for snapshots, and carry them out in the background.

    Args:
        snapshots: The records.
        images: Their files.
        builds: Makes those of Dockerfiles.
        planning: Knows those of names.
        settings: The server's.
    """

    def __init__(
        self,
        snapshots: Table[Snapshot],
        images: Images,
        builds: Builds,
        planning: Planning,
        settings: Settings,
    ) -> None:
        self._snapshots = snapshots
        self._images = images
        self._builds = builds
        self._planning = planning
        self._settings = settings
        self._jobs = Jobs()
        self._switching_off: set[str] = set()

    def find(self, id_or_name: str) -> Snapshot:
        """Return a snapshot by id or name.

        Raises:
            NotFoundError: There is none.
        """
        snapshot = self._snapshots.get(id_or_name) or self._snapshots.named(id_or_name)
        if snapshot is None:
            raise NotFoundError(f"Snapshot with name {id_or_name} not found")
        return snapshot

    def create(self, snapshot: Snapshot) -> None:
        """Make a snapshot from its record; it is active, or failed, some time later.

        Raises:
            ConflictError: The name is taken.
        """
        if self._snapshots.named(snapshot.name) is not None:
            raise ConflictError(f'Snapshot with name "{snapshot.name}" already exists for this organization')
        snapshot.created_at = self._settings.clock.now()
        self._enter(snapshot, "pending")
        self._begin(snapshot)

    def deactivate(self, snapshot: Snapshot) -> None:
        """Let no sandbox be made from it; it takes a moment until that can be taken back.

        Raises:
            InvalidError: It isn't active.
            ForbiddenError: It is the server's own.
        """
        _refuse_general(snapshot, "deactivated")
        if snapshot.state != "active":
            raise InvalidError(f"Snapshot {snapshot.id} is {snapshot.state} and can't be deactivated")
        self._enter(snapshot, "inactive")
        self._switching_off.add(snapshot.id)
        self._jobs.begin(snapshot.id, lambda: self._switch_off(snapshot))

    def activate(self, snapshot: Snapshot) -> None:
        """Let sandboxes be made from it again.

        Raises:
            InvalidError: It isn't switched off, or not yet.
        """
        if snapshot.id in self._switching_off:
            raise InvalidError(
                "Snapshot deactivation is still in progress. Please try again in a few minutes."
            )
        if snapshot.state == "active":
            raise InvalidError(f"Snapshot {snapshot.id} is already active")
        if snapshot.state != "inactive":
            raise InvalidError(f"Snapshot {snapshot.id} is {snapshot.state} and can't be activated")
        self._enter(snapshot, "active")

    def remove(self, snapshot: Snapshot) -> None:
        """Remove a snapshot; sandboxes that were made from it have files of their own, and its build ends.

        Raises:
            ForbiddenError: It is the server's own.
        """
        _refuse_general(snapshot, "removed")
        if snapshot.state != GOING:
            self._enter(snapshot, GOING)
            self._jobs.cancel(snapshot.id)
            self._begin(snapshot)

    def resume(self) -> None:
        """Go on with what a killed server had begun."""
        for snapshot in self._snapshots:
            if snapshot.state == GOING or snapshot.state in COMING:
                self._begin(snapshot)

    async def close(self) -> None:
        """Break off what goes on; the next server goes on with it."""
        await self._jobs.close()

    async def clear(self) -> None:
        """Remove every snapshot but the server's own, and what they are made of."""
        await self._jobs.close()
        await self._builds.clear()
        for snapshot in self._snapshots:
            if not snapshot.general:
                self._snapshots.remove(snapshot)
        await self._images.clear()

    def _begin(self, snapshot: Snapshot) -> None:
        work = self._remove if snapshot.state == GOING else self._make
        self._jobs.begin(snapshot.id, lambda: work(snapshot))

    async def _make(self, snapshot: Snapshot) -> None:
        await self._pass_time()
        try:
            if snapshot.build is not None:
                await self._build(snapshot)
            else:
                self._take(snapshot)
        except BuildFailedError as error:
            if snapshot.state in COMING:
                state = "build_failed" if snapshot.build is not None else "error"
                self._enter(snapshot, state, error_reason=str(error))

    async def _build(self, snapshot: Snapshot) -> None:
        assert snapshot.build is not None
        if snapshot.state in COMING:
            self._enter(snapshot, "building")
        image = await self._builds.build(snapshot.build)
        self._complete(snapshot, image, image.config)

    def _take(self, snapshot: Snapshot) -> None:
        origin = self._planning.origin(snapshot.image_name)
        config = origin.config
        if snapshot.entrypoint:
            config = config.model_copy(update={"entrypoint": snapshot.entrypoint, "cmd": None})
        self._complete(snapshot, origin.image, config)

    def _complete(self, snapshot: Snapshot, image: Image | None, config: ImageConfig) -> None:
        if snapshot.state not in COMING:
            return  # it was removed meanwhile
        size, image_id = (image.size_gib, image.id) if image is not None else (0.0, None)
        self._enter(snapshot, "active", image_id=image_id, image=config, size_gib=size, error_reason=None)

    async def _remove(self, snapshot: Snapshot) -> None:
        await self._pass_time()
        self._snapshots.remove(snapshot)
        await self._images.tidy()

    async def _switch_off(self, snapshot: Snapshot) -> None:
        try:
            await self._pass_time()
        finally:
            self._switching_off.discard(snapshot.id)

    def _enter(self, snapshot: Snapshot, state: str, **changes: Any) -> None:
        self._snapshots.change(snapshot, **changes, state=state, updated_at=self._settings.clock.now())

    async def _pass_time(self) -> None:
        await self._settings.clock.sleep(self._settings.transition_s)


def _refuse_general(snapshot: Snapshot, what: str) -> None:
    if snapshot.general:
        raise ForbiddenError(f"the snapshot {snapshot.name} is this server's own and can't be {what}")
