"""How long an operation may take, however many requests it makes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

from daytona_httpx.errors import DaytonaValidationError

CONNECT_S = 10.0
"""How long one connection may take to open."""

_RESOLUTION_S = 0.002
"""Clocks and timers differ by this much: less than that is no time at all."""


FIRST_TICK_S = 0.05
LONGEST_TICK_S = 1.0
_SHARE = 0.1


def tick_s(waited_s: float) -> float:
    """Return the seconds until the next look at something.

    They are short at first, and then a share of what was waited: what is there is seen soon.
    """
    return min(max(waited_s * _SHARE, FIRST_TICK_S), LONGEST_TICK_S)


def ticks() -> Iterator[float]:
    """Yield the seconds between looks at something."""
    waited_s = 0.0
    while True:
        yield tick_s(waited_s)
        waited_s += tick_s(waited_s)


class Deadline:
    """Hold when an operation must have ended.

    Args:
        timeout: Seconds from now; 0 and None are no limit.
        now: Tells the time.

    Raises:
        DaytonaValidationError: The timeout is negative or not finite; nothing was sent.
    """

    def __init__(self, timeout: float | None, now: Callable[[], float]) -> None:
        if timeout is not None and not (
            isinstance(timeout, int | float) and math.isfinite(timeout) and timeout >= 0
        ):
            raise DaytonaValidationError(
                f"Timeout must be a finite, non-negative number of seconds, or None, not {timeout!r}"
            )
        self.timeout = timeout
        self._now = now
        self._at = now() + timeout if timeout else None

    @property
    def left_s(self) -> float | None:
        """Return the seconds that are left, None when there is no limit."""
        return None if self._at is None else max(self._at - self._now(), 0.0)

    @property
    def is_over(self) -> bool:
        """Tell whether the time has run out."""
        return not self.allows(_RESOLUTION_S)

    def allows(self, seconds: float) -> bool:
        """Tell whether there is more time than this."""
        left_s = self.left_s
        return left_s is None or left_s > seconds

    def shorten(self, seconds: float | None) -> float | None:
        """Return the seconds, or what is left when that is less."""
        limits = [limit for limit in (seconds, self.left_s) if limit is not None]
        return min(limits, default=None)


class TimeLeft(Mapping[str, float | None]):
    """Give each phase of a request (pool, connect, write, read) only what is left when it begins.

    Args:
        deadline: When the operation must have ended.
        answer_s: Seconds that reading or writing may stand still, None for no limit of its own.
    """

    def __init__(self, deadline: Deadline, answer_s: float | None) -> None:
        self._deadline = deadline
        self._limits = {"pool": answer_s, "connect": CONNECT_S, "write": answer_s, "read": answer_s}

    def __getitem__(self, phase: str) -> float | None:
        """Return the seconds that a phase may take from now on."""
        seconds = self._deadline.shorten(self._limits[phase])
        return None if seconds is None else max(seconds, _RESOLUTION_S / 2)

    def __iter__(self) -> Iterator[str]:
        """Return the names of the phases."""
        return iter(self._limits)

    def __len__(self) -> int:
        """Return the number of phases."""
        return len(self._limits)
