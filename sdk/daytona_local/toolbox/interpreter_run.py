"""One run of the interpreter: what is asked for, and the messages that tell of it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from typing import Any, Protocol

MOST_WAITING = 64
"""How many messages may wait for a slow client before the code has to wait as well."""

Frame = dict[str, Any]


class Source(Protocol):
    """Hold back, and let go on, what writes the messages."""

    def pause(self) -> None:
        """Let it wait."""

    def resume(self) -> None:
        """Let it go on."""


class Run:
    """Hold a piece of code on its way.

    Args:
        code: Python.
        envs: Environment variables while it runs; None takes one away.
        timeout_s: When to interrupt it; never by default.
    """

    def __init__(
        self, code: str, envs: Mapping[str, str | None] | None = None, timeout_s: float | None = None
    ) -> None:
        self.code = code
        self.envs = envs or {}
        self.timeout_s = timeout_s
        self.source: Source | None = None
        self.close_code: int | None = None
        self.close_reason = ""
        self._waiting: deque[Frame] = deque()
        self._news = asyncio.Event()
        self._left = False

    async def frames(self) -> AsyncIterator[Frame]:
        """Yield the messages until there are no more."""
        while self._waiting or self.close_code is None:
            if self._waiting:
                yield self._waiting.popleft()
                self._relieve()
            else:
                self._news.clear()
                await self._news.wait()

    def say(self, stream: str, text: str) -> None:
        """Tell what the code has written on ``stdout`` or ``stderr``."""
        self.tell({"type": stream, "text": text})

    def tell(self, frame: Frame) -> None:
        """Add a message."""
        if self._left:
            return
        self._waiting.append(frame)
        self._news.set()
        if self.source is not None and len(self._waiting) >= MOST_WAITING:
            self.source.pause()

    def end(self, code: int, reason: str = "") -> None:
        """Say that there are no more messages, and how the websocket closes."""
        self.close_code, self.close_reason = code, reason
        self.source = None
        self._news.set()

    def leave(self) -> None:
        """Drop the messages from now on, since nobody is there to read them; the code goes on."""
        self._left = True
        self._waiting.clear()
        self._relieve()

    def _relieve(self) -> None:
        if self.source is not None and len(self._waiting) < MOST_WAITING // 2:
            self.source.resume()
