"""Copy, pack and measure whole trees of files that sandboxes made.

Programs of the system do it, seeing nothing but the server's data folder where the runtime can see to that:
a link in a tree is never followed, and what a sandbox has closed to its own user is read all the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import secrets
import subprocess
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

GOING = ".removed"
"""How the name of a tree ends that is being removed."""

_SHORT = "Wrote only"
"""What tar says of a disk that becomes full in the middle of a write."""

_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}


class Trees:
    """Handle trees.

    Args:
        confinement: The words before a command that keep it to the data folder.
    """

    def __init__(self, confinement: Sequence[str] = ()) -> None:
        self._confinement = list(confinement)

    async def copy(self, source: Path, target: Path) -> None:
        """Copy a tree, as a whole or not at all; it shares its blocks where the file system can do that.

        Raises:
            OSError: It can't be copied: the disk is full, say.
        """
        async with _whole_or_gone(target) as partial:
            await self._run("cp", "--archive", "--reflink=auto", "-T", "--", str(source), str(partial))

    async def pack(self, source: Path, target: Path) -> None:
        """Pack a tree into one file, for its owner only; raises as ``copy``."""
        async with _whole_or_gone(target) as partial:
            partial.touch(mode=0o600)
            await self._run("tar", "--create", "--sparse", f"--file={partial}", f"--directory={source}", ".")

    async def unpack(self, packed: Path, target: Path) -> None:
        """Unpack a tree in its place; raises as ``copy``."""
        words = ("--extract", "--same-permissions", "--no-same-owner")
        async with _whole_or_gone(target) as partial:
            partial.mkdir(mode=0o700)
            await self._run("tar", *words, f"--file={packed}", f"--directory={partial}")

    async def measure(self, tree: Path) -> int:
        """Return how many bytes of the disk a tree takes; raises as ``copy``."""
        said = await self._run("du", "--summarize", "--block-size=1", "--", str(tree))
        return int(said.split(maxsplit=1)[0])

    async def _run(self, *command: str) -> str:
        words = [*self._confinement, *command]
        process = await asyncio.create_subprocess_exec(
            *words, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, env=_ENVIRONMENT
        )
        try:
            said, complaints = await process.communicate()
        except asyncio.CancelledError:
            process.kill()
            await process.wait()
            raise
        if process.returncode != 0:
            lines = complaints.decode(errors="replace").strip().splitlines() or ["no reason given"]
            reason = os.strerror(errno.ENOSPC) if _SHORT in lines[0] else lines[0]
            raise OSError(f"{command[0]} failed: {reason}")
        return said.decode(errors="replace")


async def remove(tree: Path) -> None:
    """Remove a tree; one that isn't there is fine."""
    await asyncio.to_thread(_remove, tree)


async def discard(tree: Path) -> None:
    """Remove a tree that must not be met half removed: it leaves its place at once; as ``remove``."""
    await remove(_put_aside(tree))


def _put_aside(tree: Path) -> Path:
    if not os.path.lexists(tree):
        return tree
    return tree.rename(tree.with_name(f"{tree.name}.{secrets.token_hex(4)}{GOING}"))


def _remove(tree: Path) -> None:
    """Remove a tree by programs that no depth stops; what its owner has closed is opened when it must be."""
    for words in (["rm", "-rf"], ["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
        if not os.path.lexists(tree):
            return
        done = subprocess.run([*words, "--", str(tree)], env=_ENVIRONMENT, capture_output=True, check=False)  # noqa: S603
    if os.path.lexists(tree):
        reason = (done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"])[0]
        raise OSError(f"{tree.name} can't be removed: {reason}")


@contextlib.asynccontextmanager
async def _whole_or_gone(target: Path) -> AsyncIterator[Path]:
    """Give the place beside a target that becomes it; of what fails nothing is left, since it takes room."""
    partial = target.with_name(f"{target.name}.partial")
    await remove(partial)
    try:
        yield partial
        partial.replace(target)
    except OSError:
        await remove(partial)
        raise
