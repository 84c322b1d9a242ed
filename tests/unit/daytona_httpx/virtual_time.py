"""An event loop whose timers cost no time: where nothing else is to do, the clock jumps to the next one."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable


class JumpingSelector(selectors.DefaultSelector):
    """Look for events without waiting, and tell how long it should have waited."""

    jump: Callable[[float], None]

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return the events that are there; block only where no timer would ever end the wait."""
        if timeout is None:
            return super().select(None)
        events = super().select(0)
        if not events and timeout > 0:
            self.jump(timeout)
        return events


class VirtualLoop(asyncio.SelectorEventLoop):
    """Run timers in virtual time."""

    def __init__(self) -> None:
        self.passed_s = 0.0
        selector = JumpingSelector()
        selector.jump = self.jump
        super().__init__(selector)

    def time(self) -> float:
        """Return the virtual seconds."""
        return 1000.0 + self.passed_s

    def jump(self, seconds: float) -> None:
        """Let time pass."""
        self.passed_s += seconds
