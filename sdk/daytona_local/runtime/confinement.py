"""Keep a program to one folder, with bubblewrap; of the host it sees ``/usr`` only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from daytona_local.runtime.roots import MERGED


def confinement(bubblewrap: str, folder: Path) -> list[str]:
    """Return the words before a command that let it see a folder only, but all that is in it.

    Args:
        bubblewrap: The program.
        folder: The folder; what in it is closed to its own owner is open to the command.
    """
    return [
        bubblewrap, "--unshare-all", "--die-with-parent", "--uid", "0", "--gid", "0",
        "--cap-drop", "ALL", "--cap-add", "CAP_DAC_OVERRIDE", "--cap-add", "CAP_FOWNER",
        "--ro-bind", "/usr", "/usr", *_links(), *unmerged(), "--proc", "/proc", "--dev", "/dev",
        "--bind", str(folder), str(folder), "--",
    ]  # fmt: skip


def unmerged() -> Iterator[str]:
    """Yield the options for what is apart from ``/usr`` on this host."""
    for folder in (f"/{name}" for name in MERGED):
        if os.path.isdir(folder) and not os.path.islink(folder):
            yield from ("--ro-bind", folder, folder)


def _links() -> Iterator[str]:
    for link in (Path("/", name) for name in MERGED):
        if link.is_symlink():
            yield from ("--symlink", os.readlink(link), str(link))
