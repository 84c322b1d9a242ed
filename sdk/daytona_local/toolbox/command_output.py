"""What a command writes: kept up to a bound, and read on when the command has left something behind."""

from __future__ import annotations

import asyncio

from daytona_local.toolbox.pipes import PipeReader
from daytona_local.toolbox.running import Running


class Output:
    """Keep what comes out of a pipe.

    Args:
        fd: The end to read from; it is closed at the end.
        most: How many bytes are kept; the rest is dropped, and that is said.
    """

    def __init__(self, fd: int, most: int) -> None:
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._kept: bytearray | None = bytearray()
        self._most = most
        self._reader = PipeReader(fd, self._take, self._end)

    async def wait(self, seconds: float) -> None:
        """Take what is there already, and what comes in some seconds until nobody can write any more."""
        self._reader.drain()
        await asyncio.wait([self.ended], timeout=seconds)

    def take_all(self) -> bytes:
        """Return what was kept; what still comes is dropped."""
        kept, self._kept = self._kept, None
        return bytes(kept or b"")

    def close(self) -> None:
        """Read no more."""
        self._reader.close()

    def _take(self, data: bytes) -> None:
        if self._kept is None or len(self._kept) > self._most:
            return
        self._kept += data[: self._most - len(self._kept)]
        if len(self._kept) >= self._most:
            self._kept += f"\n[the output beyond {self._most // 2**20} MiB was dropped]\n".encode()

    def _end(self) -> None:
        if not self.ended.done():
            self.ended.set_result(None)


class Leftovers:
    """Read on what comes from processes that their commands left behind: a broken pipe would end them."""

    def __init__(self, _: Running) -> None:
        self._outputs: set[Output] = set()

    def keep(self, output: Output) -> None:
        """Read until the last process ends, unless that is so already."""
        if not output.ended.done():
            self._outputs.add(output)
            output.ended.add_done_callback(lambda _: self._outputs.discard(output))

    async def close(self) -> None:
        """Read no more."""
        for output in list(self._outputs):
            output.close()
