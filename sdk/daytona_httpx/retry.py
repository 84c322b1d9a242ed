"""When a request is sent again, and after how long.

- 409 "state change in progress" and its sisters: within the operation's deadline, with growing pauses.
- 429: after what the server says (Retry-After, Retry-After-<name>); every client of the same URL waits.
- A connection that failed before anything was sent: at most four times, with jitter; the same for
  requests that may be repeated (GET, PUT, DELETE) when the answer was lost, or is 502, 503 or 504; unless
  it is the sandbox itself that says so: what it lacks, no pause brings.
- A create whose answer was lost is never sent again here: only its caller knows how to look for it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from time import time

import httpx

from daytona_httpx.answers import SOURCE_DAEMON
from daytona_httpx.errors import DaytonaConflictError, DaytonaConnectionError, DaytonaError

MAX_REPEATS = 4
REPEATABLE_METHODS = frozenset({"GET", "HEAD", "PUT", "DELETE"})
REPEATABLE_STATUSES = frozenset({502, 503, 504})

_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_CHANGING = (
    "state change in progress",
    "modified by another operation",
    "already in progress for this resource",
)
_FIRST_PAUSE_S = {"changing": 0.1, "lost": 0.25}
_LONGEST_PAUSE_S = 2.0
_LONGEST_RETRY_AFTER_S = 120.0


def pause_before_repeat(method: str, error: DaytonaError, attempt: int) -> float | None:
    """Return the seconds to wait before a request is sent again, None when it must not be.

    Args:
        method: The HTTP method.
        error: Why the last attempt failed; 429 is the pace's business, not this function's.
        attempt: How many attempts there were, from 1.
    """
    if isinstance(error, DaytonaConflictError):
        return pause_s("changing", attempt) if is_changing(error.api_message) else None
    unsent = is_unsent(error)
    refused_for_now = error.status_code in REPEATABLE_STATUSES and error.source != SOURCE_DAEMON
    lost = isinstance(error, DaytonaConnectionError) or refused_for_now
    if attempt <= MAX_REPEATS and (unsent or (lost and method in REPEATABLE_METHODS)):
        return pause_s("lost", attempt)
    return None


def is_unsent(error: DaytonaError) -> bool:
    """Tell whether no connection was had, so that the server can't have seen the request."""
    return isinstance(error.__cause__, _UNSENT)


def is_changing(message: str) -> bool:
    """Tell whether a 409 says that another operation is under way, and so will pass."""
    lowered = message.lower()
    return any(words in lowered for words in _CHANGING)


def pause_s(reason: str, attempt: int) -> float:
    """Return the seconds after the n-th attempt (from 1): doubling, with jitter."""
    longest = min(_FIRST_PAUSE_S[reason] * 2.0 ** min(attempt - 1, 10), _LONGEST_PAUSE_S)
    return longest * (0.5 + random.random() / 2)  # noqa: S311 - jitter, not a secret


def retry_after_s(headers: Mapping[str, str]) -> float:
    """Return the seconds that the server asks to wait, 1 when it doesn't say."""
    said = [_seconds(value) for name, value in headers.items() if name.lower().startswith("retry-after")]
    return max((seconds for seconds in said if seconds is not None), default=1.0)


def _seconds(value: str) -> float | None:
    """Read a Retry-After: seconds, or a date."""
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - time()
        except ValueError:
            return None
    return min(max(seconds, 0.0), _LONGEST_RETRY_AFTER_S)


class Pace:
    """Hold back every request to one server until it takes requests again."""

    def __init__(self) -> None:
        self._open_at = 0.0

    def close_until(self, at: float) -> None:
        """Let no request through before a time."""
        self._open_at = max(self._open_at, at)

    def wait_s(self, now: float) -> float:
        """Return the seconds until requests are let through."""
        return max(self._open_at - now, 0.0)


_paces: dict[str, Pace] = {}


def pace_of(place: str) -> Pace:
    """Return the pace that all clients of a server in this process share."""
    return _paces.setdefault(place, Pace())
