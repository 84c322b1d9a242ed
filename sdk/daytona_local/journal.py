"""The journal of requests: what was asked of the server, and how it answered."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

KEPT = 10_000


@dataclass(frozen=True)
class Entry:
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
        return asdict(self)


class Journal:
    """Keep the newest requests."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)

    def __iter__(self) -> Iterator[Entry]:
        """Yield the requests, the oldest first."""
        return iter(list(self._entries))

    def add(self, entry: Entry) -> None:
        """Keep a request."""
        self._entries.append(entry)

    def clear(self) -> None:
        """Forget them all."""
        self._entries.clear()
