"""How much of the disk something takes, and what the disk refuses."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from daytona_local.cli.output import CommandError


def disk_bytes(place: Path) -> int:
    """Return how many bytes of the disk a file or folder takes, as far as it can be seen."""
    return sum(_size(path) for path in (str(place), *_below(place)))


@contextmanager
def disk_errors(doing: str) -> Iterator[None]:
    """Say in one line what was being done when a file could not be read or written.

    Raises:
        CommandError: It could not.
    """
    try:
        yield
    except OSError as error:
        raise CommandError(
            f"{doing}: {error.strerror or error}; look at the path, and at the room on its disk"
        ) from error


def _below(place: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(place):
        yield from (os.path.join(folder, name) for name in (*folders, *files))


def _size(path: str) -> int:
    with suppress(OSError):  # it isn't there, or no longer
        return os.lstat(path).st_blocks * 512
    return 0
