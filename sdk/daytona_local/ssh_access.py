"""Tokens for SSH: made, checked and revoked as by the API."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable

from pydantic import Field

from daytona_local.clock import Clock
from daytona_local.records import Record, Sandbox
from daytona_local.tables import Table

MINUTE_S = 60.0
LATEST = 253_402_300_799.0
"""The last second that a time stamp can name."""


class SshAccess(Record):
    """Hold a token for one sandbox."""

    kind = "ssh_access"

    sandbox_id: str
    token: str = Field(default_factory=lambda: secrets.token_hex(16), repr=False)
    expires_at: float


class SshAccesses:
    """Keep the tokens.

    Args:
        table: The records.
        clock: What they expire by.

    Attributes:
        on_revoke: Called with the id of a sandbox, and the token that opens it no longer; None for all.
    """

    def __init__(self, table: Table[SshAccess], clock: Clock) -> None:
        self._table = table
        self._clock = clock
        self.on_revoke: list[Callable[[str, str | None], None]] = []

    def create(self, sandbox: Sandbox, minutes: float) -> SshAccess:
        """Make a token; the older ones of the sandbox are revoked, as by the API.

        Args:
            sandbox: What it is for.
            minutes: How long it is valid; any number will do, one below 0 is over at once.
        """
        self.revoke(sandbox)
        self._remove_expired()
        now = self._clock.now()
        expires_at = min(max(now + minutes * MINUTE_S, 0.0), LATEST)
        made = SshAccess(sandbox_id=sandbox.id, expires_at=expires_at, created_at=now, updated_at=now)
        self._table.save(made)
        return made

    def revoke(self, sandbox: Sandbox, token: str | None = None) -> None:
        """Revoke a token of a sandbox, or all of them; what isn't there is fine."""
        for access in self._table:
            if access.sandbox_id == sandbox.id and (token is None or same(access.token, token)):
                self._table.remove(access)
        for tell in self.on_revoke:
            tell(sandbox.id, token)

    def valid(self, token: str) -> SshAccess | None:
        """Return what a token gives access to, None when it is unknown or over."""
        found = [access for access in self._table if same(access.token, token)]
        return found[0] if found and found[0].expires_at > self._clock.now() else None

    def _remove_expired(self) -> None:
        for access in self._table:
            if access.expires_at <= self._clock.now():
                self._table.remove(access)


def same(token: str, given: str) -> bool:
    """Compare two tokens, in a time that tells nothing of where they differ."""
    return hmac.compare_digest(token.encode(), given.encode())
