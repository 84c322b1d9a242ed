"""The journal of requests: what was asked of the server, and how it answered."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, NamedTuple

KEPT = 10_000


class Entry(NamedTuple):
    """Hold one request; its body and its headers are not kept, since they may be secret.

    Args:
        at: When it came, in seconds since 1970.
        method: Its method.
        path: Its path, without the query.
        status: The status of the answer; 0 where the connection was cut.
        seconds: How long the answer took.
        source: What the client calls itself.
    """

    at: float
    method: str
    path: str
    status: int
    seconds: float
    source: str

    def as_json(self) -> dict[str, Any]:
        """Return it as it is sent."""
        return self._asdict()


class Journal:
    """Keep the newest requests.

    Attributes:
        on_entry: Called with each request that is added.
    """

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self.on_entry: list[Callable[[Entry], None]] = []

    def __iter__(self) -> Iterator[Entry]:
        """Yield the requests, the oldest first."""
        return iter(list(self._entries))

    def add(self, entry: Entry) -> None:
        """Keep a request."""
        self._entries.append(entry)
        for tell in self.on_entry:
            tell(entry)

    def newest(self, count: int) -> list[Entry]:
        """Return at most so many of the newest requests, the oldest of them first."""
        return [*islice(reversed(self._entries), count)][::-1]

    def clear(self) -> None:
        """Forget them all."""
        self._entries.clear()
