"""Go through a tree of files, however deep it is."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator


def walk(top: str, left_out: Collection[str] = ()) -> Iterator[os.DirEntry[str]]:
    """Yield all that is below a folder, the content of each folder right after it.

    Links are not followed; what may not be read, or has too long a path, is left out.

    Args:
        top: The folder.
        left_out: Paths of folders whose content is left out.
    """
    waiting = _entries(top)
    while waiting:
        entry = waiting.pop()
        yield entry
        if entry.path not in left_out and entry.is_dir(follow_symlinks=False):
            waiting += _entries(entry.path)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """Return what is in a folder, the last first."""
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name, reverse=True)
    except OSError:
        return []
