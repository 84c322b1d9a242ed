"""What a session's command writes: both streams in one file, marked as the API's log streams are.

A mark of three bytes says which stream the bytes up to the next mark belong to.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

from daytona_local.shortages import shortage

logger = logging.getLogger(__name__)

STDOUT = b"\x01\x01\x01"
STDERR = b"\x02\x02\x02"
PLAIN = b""
"""No mark: of a log that has one stream only."""

LIMIT_BYTES = 16 * 1024 * 1024
CHUNK_BYTES = 64 * 1024
DROPPED = b"\n[the rest of the output was dropped: the log is full]\n"

NO_ROOM = b"\n[the rest of the output was dropped: the disk has no room for it]\n"

_MARK = re.compile(b"(\x01\x01\x01|\x02\x02\x02)")


class CommandLog:
    """Keep a command's output, and let others follow it as it grows.

    Args:
        path: The file to keep it in; it must not exist yet.
        limit: How many bytes of output are kept; the rest is dropped, and the log says so.
    """

    def __init__(self, path: Path, limit: int = LIMIT_BYTES) -> None:
        self._path = path
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0)
        self._room = limit
        self._full = False
        self._mark = b""
        self._last_words = b""
        self._news = asyncio.Event()
        self._ended = False

    def append(self, mark: bytes, data: bytes) -> None:
        """Add what came on the stream that has this mark; nothing any more when the log is closed."""
        if self._file.closed or self._full or not data:
            return
        kept = data[: self._room]
        self._room -= len(kept)
        self._write(mark, kept)
        if len(kept) < len(data):
            self._full = True
            self._write(STDERR if mark else PLAIN, DROPPED)
        self._tell()

    def end(self) -> None:
        """Say that the command has ended: who follows the log comes to an end as well."""
        self._ended = True
        self._tell()

    def close(self) -> None:
        """Keep no more."""
        self.end()
        self._file.close()

    def read(self) -> bytes:
        """Return what there is, with marks."""
        return self._path.read_bytes() + self._last_words

    async def follow(self) -> AsyncIterator[bytes]:
        """Yield the log with its marks from the start, and what comes until the command ends."""
        with self._path.open("rb", buffering=0) as file:
            while True:
                news, ended = self._news, self._ended
                while chunk := file.read(CHUNK_BYTES):
                    yield chunk
                if ended and self._last_words:
                    yield self._last_words
                if ended:
                    return
                await news.wait()

    def _write(self, mark: bytes, data: bytes) -> None:
        if not data:
            return
        marked, self._mark = data if mark == self._mark else mark + data, mark
        try:
            is_whole = self._file.write(marked) == len(marked)
        except OSError as error:
            logger.warning("%s: %s", self._path, shortage(error) or error)
            is_whole = False
        if not is_whole:
            self._full, self._last_words = True, (STDERR if mark else PLAIN) + NO_ROOM

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()


def without_marks(marked: bytes) -> bytes:
    """Return both streams as they came, one text."""
    return _MARK.sub(b"", marked)


def separate(marked: bytes) -> tuple[bytes, bytes]:
    """Return standard output and standard error of a marked log."""
    parts = _MARK.split(marked)
    streams = {STDOUT: bytearray(), STDERR: bytearray()}
    for mark, data in zip(parts[1::2], parts[2::2], strict=True):
        streams[mark] += data
    return bytes(streams[STDOUT]), bytes(streams[STDERR])
