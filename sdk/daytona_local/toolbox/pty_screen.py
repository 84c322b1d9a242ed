"""What a terminal shows: the end of it is kept, and every viewer gets all of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from daytona_local.toolbox.pipes import READ_BYTES, PipeReader

SCROLLBACK_BYTES = 256 * 1024
MOST_BEHIND_BYTES = SCROLLBACK_BYTES // 2
"""How far the slowest viewer may fall behind before the terminal waits for it."""


class Scrollback:
    """Keep the last bytes of a stream, addressed by how many bytes came before them.

    Args:
        most: How many bytes are kept.
    """

    def __init__(self, most: int = SCROLLBACK_BYTES) -> None:
        self._most = most
        self._kept = bytearray()
        self.start = 0

    @property
    def end(self) -> int:
        """Return how many bytes came altogether."""
        return self.start + len(self._kept)

    def append(self, data: bytes) -> None:
        """Add what came, and let go of what is too old."""
        self._kept += data
        surplus = max(0, len(self._kept) - self._most)
        del self._kept[:surplus]
        self.start += surplus

    def since(self, position: int) -> bytes:
        """Return the next bytes after a position; not always all of them."""
        first = position - self.start
        return bytes(self._kept[first : first + READ_BYTES])


@dataclass(eq=False)
class _Viewer:
    position: int


class Screen:
    """Take what a terminal shows, as fast as the slowest of those who look at it.

    Args:
        fd: The terminal's end; it is closed with the screen.
    """

    def __init__(self, fd: int) -> None:
        self._scrollback = Scrollback()
        self._viewers: set[_Viewer] = set()
        self._news = asyncio.Event()
        self._silent = asyncio.Event()
        self._paused = False
        self._ended = False
        self._reader = PipeReader(fd, self._show, self._silent.set)

    async def view(self) -> AsyncGenerator[bytes, None]:
        """Yield what was shown lately, and what is shown until the end."""
        viewer = _Viewer(self._scrollback.start)
        self._viewers.add(viewer)
        try:
            while True:
                news, ended = self._news, self._ended
                if data := self._scrollback.since(viewer.position):
                    yield data
                    viewer.position += len(data)
                    self._let_flow()
                elif ended:
                    return
                else:
                    await news.wait()
        finally:
            self._viewers.discard(viewer)
            self._let_flow()

    async def end(self, patience_s: float) -> None:
        """Show what is still on its way, and then no more.

        Args:
            patience_s: How long to wait when something that was left behind holds the terminal.
        """
        while not self._silent.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._silent.wait(), patience_s)
            if not self._paused:
                break
        self._reader.close()
        self._ended = True
        self._tell()

    def _show(self, data: bytes) -> None:
        self._scrollback.append(data)
        if self._is_too_fast():
            self._paused = True
            self._reader.pause()
        self._tell()

    def _is_too_fast(self) -> bool:
        end = self._scrollback.end
        return any(end - viewer.position > MOST_BEHIND_BYTES for viewer in self._viewers)

    def _let_flow(self) -> None:
        if self._paused and not self._is_too_fast():
            self._paused = False
            self._reader.resume()

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()
