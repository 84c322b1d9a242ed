"""Images: the files that sandboxes begin with, kept as long as something may begin with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from daytona_local.clock import Clock
from daytona_local.records import Image, ImageConfig, Sandbox, Snapshot
from daytona_local.runtime import Runtime
from daytona_local.tables import Table

KEPT = 16
"""How many built images are kept that nothing uses: the same build again needs no time then."""

BEGINNING = frozenset({"pending_build", "building_snapshot", "creating"})


class Images:
    """Keep images, and remove those that are of no use any more.

    Args:
        table: Their records.
        snapshots: What names them.
        sandboxes: What begins with them.
        runtime: Keeps their files.
        clock: Tells the time.
    """

    def __init__(
        self,
        table: Table[Image],
        snapshots: Iterable[Snapshot],
        sandboxes: Iterable[Sandbox],
        runtime: Runtime,
        clock: Clock,
    ) -> None:
        self._table = table
        self._snapshots = snapshots
        self._sandboxes = sandboxes
        self._runtime = runtime
        self._clock = clock

    def get(self, image_id: str | None) -> Image | None:
        """Return an image by its id; None is the default, which has no record."""
        return self._table.get(image_id) if image_id is not None else None

    def files_of(self, image_id: str | None) -> str | None:
        """Return what the runtime keeps an image's files under; an image that is gone had its own."""
        image = self.get(image_id)
        return image.files_id if image is not None else image_id

    def use(self, image: Image) -> None:
        """Take note that an image is used."""
        image.last_used_at = self._clock.now()
        self._table.save(image)

    def add(self, image_id: str, config: ImageConfig, *, ref: str = "", files: Image | None = None) -> Image:
        """Keep an image whose files another has already, or every sandbox.

        Args:
            image_id: Its id.
            config: What it says of its sandboxes.
            ref: What it was built from.
            files: Whose files it has.
        """
        image = Image(id=image_id, ref=ref, config=config)
        if files is not None:
            image.files_id, image.size_bytes = files.files_id, files.size_bytes
        self.use(image)
        return image

    async def copy(self, sandbox_id: str, image_id: str, config: ImageConfig, *, ref: str = "") -> Image:
        """Keep a copy of a sandbox's files as an image.

        Args:
            sandbox_id: The sandbox.
            image_id: The image's id.
            config: What it says of its sandboxes.
            ref: What it was built from.

        Raises:
            OSError: The disk is full, say.
        """
        size = await self._runtime.save_snapshot(sandbox_id, image_id)
        image = Image(id=image_id, ref=ref, config=config, files_id=image_id, size_bytes=size)
        self.use(image)
        return image

    async def tidy(self) -> None:
        """Remove what is of no use any more."""
        for image in list(self._useless()):
            self._table.remove(image)
            if all(image.files_id != other.files_id for other in self._table) and image.files_id:
                await self._runtime.remove_snapshot(image.files_id)

    async def clear(self) -> None:
        """Remove every image."""
        for image in self._table:
            self._table.remove(image)
            await self._runtime.remove_snapshot(image.files_id or image.id)

    def _useless(self) -> Iterator[Image]:
        used = {snapshot.image_id for snapshot in self._snapshots}
        used |= {sandbox.image_id for sandbox in self._sandboxes if sandbox.state in BEGINNING}
        unused = [image for image in self._table if image.id not in used]
        yield from (image for image in unused if not image.ref)
        built = sorted((image for image in unused if image.ref), key=lambda image: image.last_used_at)
        yield from built[:-KEPT]
