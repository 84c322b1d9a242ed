"""The file systems on the host: a private folder for each sandbox and each snapshot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from daytona_local.runtime import trees
from daytona_local.runtime.trees import Trees


class Files:
    """Keep the root folders of sandboxes and snapshots, and what sandboxes are packed into.

    Each step leaves a whole folder or none, so it can be repeated after a kill.

    Args:
        data_dir: The server's data folder.
        handling: What copies and packs them.
    """

    def __init__(self, data_dir: Path, handling: Trees) -> None:
        self._trees = handling
        self._sandboxes, self._snapshots = data_dir / "sandboxes", data_dir / "snapshots"
        for folder in (self._sandboxes, self._snapshots):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def tidy(self) -> None:
        """Remove what a kill has left of snapshots that were on their way to be made, or to be removed."""
        for folder in list(self._snapshots.iterdir()):
            if folder.name.endswith(trees.GOING) or not (folder / "root").exists():
                await trees.remove(folder)

    def root(self, sandbox_id: str) -> Path:
        """Return the folder that the sandbox sees as ``/``."""
        return self._sandboxes / sandbox_id / "root"

    async def lay(self, sandbox_id: str, fill: Callable[[Path], None]) -> None:
        """Make the root folder of a sandbox that has none yet.

        Args:
            sandbox_id: The sandbox.
            fill: Puts into a new folder what belongs there.
        """
        root = self.root(sandbox_id)
        if root.exists():
            return
        laying = root.with_name("laying")
        await trees.remove(laying)
        laying.parent.mkdir(mode=0o700, exist_ok=True)
        laying.mkdir(mode=0o755)
        fill(laying)
        laying.rename(root)

    async def remove(self, sandbox_id: str) -> None:
        """Remove all files of a sandbox, what it was packed into too."""
        await trees.remove(self._sandboxes / sandbox_id)

    async def copy(self, source_id: str, target_id: str) -> None:
        """Give a sandbox that has no files yet those of another."""
        await self._copy(self.root(source_id), self.root(target_id))

    async def save(self, sandbox_id: str, snapshot_id: str) -> int:
        """Keep a sandbox's files as a snapshot; return how many bytes they take."""
        target = self._snapshots / snapshot_id / "root"
        await self._copy(self.root(sandbox_id), target)
        return await self._trees.measure(target)

    async def use(self, snapshot_id: str, sandbox_id: str) -> None:
        """Give a sandbox that has no files yet those of a snapshot."""
        await self._copy(self._snapshots / snapshot_id / "root", self.root(sandbox_id))

    async def remove_snapshot(self, snapshot_id: str) -> None:
        """Remove a snapshot's files."""
        await trees.discard(self._snapshots / snapshot_id)

    async def back_up(self, sandbox_id: str) -> None:
        """Pack a copy of the root folder into one file, in place of an older one."""
        root = self.root(sandbox_id)
        if root.exists():
            await self._trees.pack(root, self._backup(sandbox_id))

    async def archive(self, sandbox_id: str, *, from_backup: bool) -> None:
        """Pack the root folder into one file, and remove the folder once that is whole.

        Args:
            sandbox_id: The sandbox.
            from_backup: Whether its backup is as good, where there is one.
        """
        root, packed, backup = self.root(sandbox_id), self._packed(sandbox_id), self._backup(sandbox_id)
        for left in list(root.parent.glob(f"*{trees.GOING}")):
            await trees.remove(left)
        if not root.exists():
            return
        if from_backup and backup.exists():
            backup.replace(packed)
        else:
            await self._trees.pack(root, packed)
            backup.unlink(missing_ok=True)
        await trees.discard(root)  # what is half removed would be packed in place of the whole

    async def restore(self, sandbox_id: str) -> None:
        """Unpack the archive, and remove it once the folder is whole."""
        root, packed = self.root(sandbox_id), self._packed(sandbox_id)
        if not packed.exists():
            return
        await trees.remove(root)
        await self._trees.unpack(packed, root)
        packed.unlink()

    async def _copy(self, source: Path, target: Path) -> None:
        if _is_wanted(source, target):
            await self._trees.copy(source, target)

    def _packed(self, sandbox_id: str) -> Path:
        return self._sandboxes / sandbox_id / "root.tar"

    def _backup(self, sandbox_id: str) -> Path:
        return self._sandboxes / sandbox_id / "backup.tar"


def _is_wanted(source: Path, target: Path) -> bool:
    """Tell whether a copy is still to be made, and make room for it."""
    if target.exists():
        return False
    if not source.exists():
        raise OSError("the files that it should begin with are gone")
    target.parent.mkdir(mode=0o700, exist_ok=True)
    return True
