"""The audit log: what was asked for, by whom, and how it ended. The newest entries are kept, in memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from daytona_local.records import new_id

KEPT = 10_000


@dataclass(frozen=True)
class AuditEntry:
    """Hold who did what to what, and how it went; no body, since that may hold secrets."""

    action: str
    target_type: str
    created_at: float
    actor_id: str
    actor_email: str
    key_prefix: str
    key_suffix: str
    organization_id: str
    status: int
    target_id: str | None = None
    error: str | None = None
    address: str | None = None
    user_agent: str | None = None
    source: str | None = None
    id: str = field(default_factory=new_id)


class AuditLog:
    """Keep the newest entries."""

    def __init__(self) -> None:
        self._entries: deque[AuditEntry] = deque(maxlen=KEPT)

    def __iter__(self) -> Iterator[AuditEntry]:
        """Yield the entries, the newest first."""
        return reversed(list(self._entries))

    def add(self, entry: AuditEntry) -> None:
        """Keep an entry."""
        self._entries.append(entry)

    def clear(self) -> None:
        """Forget them all."""
        self._entries.clear()
