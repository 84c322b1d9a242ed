"""How much of the disk something takes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def disk_bytes(place: Path) -> int:
    """Return how many bytes of the disk a file or folder takes, as far as it can be seen."""
    return sum(_size(path) for path in (str(place), *_below(place)))


def _below(place: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(place):
        yield from (os.path.join(folder, name) for name in (*folders, *files))


def _size(path: str) -> int:
    with suppress(OSError):  # it isn't there, or no longer
        return os.lstat(path).st_blocks * 512
    return 0
