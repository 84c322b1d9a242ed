"""Pipes to and from processes in a sandbox, read and written as the event loop finds them ready."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

from daytona_local.errors import ThrottledError

READ_BYTES = 64 * 1024
PIPE_BYTES = 1024 * 1024
"""What a pipe can hold at most."""

MOST_WAITING_BYTES = 4 * 1024 * 1024


class PipeReader:
    """Hand on what comes out of a pipe, until its end.

    Args:
        fd: The end to read from; it is closed with the reader.
        take: Gets what was read, in the order of its coming.
        ended: Is called once, when nobody can write any more or the reader was closed.
    """

    def __init__(
        self, fd: int, take: Callable[[bytes], None], ended: Callable[[], None] = lambda: None
    ) -> None:
        self._fd: int | None = fd
        self._take = take
        self._ended = ended
        self._loop = asyncio.get_running_loop()
        os.set_blocking(fd, False)
        self._loop.add_reader(fd, self._read, READ_BYTES)

    def drain(self) -> None:
        """Take what is in the pipe now; what comes later is taken as always."""
        most = PIPE_BYTES
        while most > 0 and (read := self._read(most)):
            most -= read

    def pause(self) -> None:
        """Leave what comes in the pipe, so that its writer has to wait."""
        if self._fd is not None:
            self._loop.remove_reader(self._fd)

    def resume(self) -> None:
        """Read again after a pause."""
        if self._fd is not None:
            self._loop.add_reader(self._fd, self._read, READ_BYTES)

    def close(self) -> None:
        """Read no more."""
        if self._fd is not None:
            fd, self._fd = self._fd, None
            self._loop.remove_reader(fd)
            os.close(fd)
            self._ended()

    def _read(self, most: int) -> int:
        if self._fd is None:
            return 0
        try:
            data = os.read(self._fd, most)
        except BlockingIOError:
            return 0
        except OSError:  # a terminal whose last process has gone
            data = b""
        if data:
            self._take(data)
        else:
            self.close()
        return len(data)


class PipeWriter:
    """Put data into a pipe as it has room.

    Args:
        fd: The end to write to; it is closed with the writer.
        drained: Is called whenever nothing waits any more, also when nobody reads it any more.
    """

    def __init__(self, fd: int, drained: Callable[[], None] = lambda: None) -> None:
        self._fd: int | None = fd
        self._waiting = bytearray()
        self._drained = drained
        self._finished = False
        self._loop = asyncio.get_running_loop()
        os.set_blocking(fd, False)

    def write(self, data: bytes) -> None:
        """Write, now or when there is room; where nobody reads any more, it goes nowhere.

        Raises:
            ThrottledError: Too much is waiting already, since nobody reads it.
        """
        if self._fd is None:
            return
        if len(self._waiting) + len(data) > MOST_WAITING_BYTES:
            raise ThrottledError("the process has not read its earlier input yet; send it later")
        self._waiting += data
        self._flush()

    @property
    def waiting_bytes(self) -> int:
        """Return how much has found no room yet."""
        return len(self._waiting)

    def finish(self) -> None:
        """Write what waits, and then no more."""
        self._finished = True
        self._flush()

    def close(self) -> None:
        """Write no more; what waits is dropped."""
        if self._fd is not None:
            fd, self._fd = self._fd, None
            self._waiting.clear()
            self._loop.remove_writer(fd)
            os.close(fd)
            self._drained()

    def _flush(self) -> None:
        if self._fd is None:
            return
        try:
            del self._waiting[: os.write(self._fd, self._waiting)]
        except BlockingIOError:
            pass
        except OSError:
            self.close()
            return
        if self._waiting:
            self._loop.add_writer(self._fd, self._flush)
        elif self._finished:
            self.close()
        else:
            self._loop.remove_writer(self._fd)
            self._drained()
