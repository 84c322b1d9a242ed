"""A piece of the disk that is kept back: when it is full, what frees it can still be noted."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

RESERVE_BYTES = 4 * 1024 * 1024
"""As much as the database's log grows to before its place is used anew."""


class Reserve:
    """Keep room on a disk, for its owner only.

    Args:
        file: What takes it.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._is_kept = False
        self.keep()

    def keep(self) -> None:
        """Take the room, where there is so much."""
        if self._is_kept:
            return
        try:
            fd = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.posix_fallocate(fd, 0, RESERVE_BYTES)
            finally:
                os.close(fd)
            self._is_kept = True
        except OSError:  # the disk has too little room: then none is kept
            self.give()

    def give(self) -> bool:
        """Give the room to others, and tell whether there was any."""
        was_kept, self._is_kept = self._is_kept, False
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)
        return was_kept
