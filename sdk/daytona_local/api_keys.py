"""The API keys: the server's own, which may do everything, and those that were made with it.

Of a key that was made only a hash is kept, its ends and what it may do: its value is shown once.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import ClassVar

from pydantic import Field

from daytona_local.clock import Clock
from daytona_local.collection import Collection
from daytona_local.errors import NotFoundError
from daytona_local.records import Record
from daytona_local.settings import Settings, new_key
from daytona_local.store import Store
from daytona_local.users import USER_ID

PERMISSIONS = (
    "write:registries", "delete:registries", "write:snapshots", "delete:snapshots", "write:sandboxes",
    "delete:sandboxes", "read:volumes", "write:volumes", "delete:volumes", "write:regions",
    "delete:regions", "read:runners", "write:runners", "delete:runners", "read:audit_logs",
    "manage:api_keys", "manage:secrets", "read:limits", "manage:sso", "read:billing", "manage:billing",
)  # fmt: skip
OWN_NAME = "daytona-local"
USE_KEPT_EVERY_S = 60.0
_ENDS = (4, 3)


class ApiKey(Record):
    """Hold a key without its value."""

    kind: ClassVar[str] = "api_key"

    name: str
    digest: str = ""
    prefix: str = ""
    suffix: str = ""
    permissions: list[str] = Field(default_factory=list)
    user_id: str = USER_ID
    expires_at: float | None = None
    last_used_at: float | None = None

    @property
    def key(self) -> str | None:
        """Return its name."""
        return self.name

    @property
    def masked(self) -> str:
        """Return what is shown of its value."""
        return f"{self.prefix}{'*' * 8}{self.suffix}"


@dataclass(frozen=True)
class Identity:
    """Say who a request comes from.

    Args:
        key: The key that it brought.
        is_user: Whether that is the server's own, which counts as the user's token too.
    """

    key: ApiKey
    is_user: bool

    def may(self, permission: str) -> bool:
        """Tell whether it has a permission."""
        return self.is_user or permission in self.key.permissions


class Keys(Collection[ApiKey]):
    """Make, find and delete keys, and tell whose key a request brings.

    Args:
        store: Where they are kept.
        clock: Tells the time.
        settings: The server's, with its own key.
    """

    record = ApiKey
    missing = "API key not found"
    taken = "API key with this name already exists"

    def __init__(self, store: Store, clock: Clock, settings: Settings) -> None:
        super().__init__(store, clock)
        own = ApiKey(name=OWN_NAME, permissions=[*PERMISSIONS])
        _show_ends(own, settings.api_key)
        self._own = Identity(own, is_user=True)
        self._own_digest = _digest(settings.api_key)

    def identify(self, token: str) -> Identity | None:
        """Return whose key this is, None for nobody's; how long that takes tells nothing of the keys."""
        digest, found = _digest(token), None
        if hmac.compare_digest(digest, self._own_digest):
            found = self._own
        for key in self._table:
            if hmac.compare_digest(digest, key.digest) and not self._has_expired(key):
                found = found or Identity(key, is_user=False)
        if found is not None and not found.is_user:
            self._note_use(found.key)
        return found

    def named(self, name: str, user_id: str = USER_ID) -> ApiKey:
        """Return a user's key by its name.

        Raises:
            NotFoundError: There is none.
        """
        key = self._table.named(name)
        if key is None or key.user_id != user_id:
            raise NotFoundError(self.missing)
        return key

    def create(self, name: str, permissions: list[str], expires_at: float | None) -> tuple[ApiKey, str]:
        """Make a key; return it, and its value, which is not kept.

        Raises:
            ConflictError: There is one of this name.
        """
        value = new_key()
        key = ApiKey(name=name, digest=_digest(value), permissions=permissions, expires_at=expires_at)
        _show_ends(key, value)
        return self.add(key), value

    def _has_expired(self, key: ApiKey) -> bool:
        return key.expires_at is not None and key.expires_at <= self._clock.now()

    def _note_use(self, key: ApiKey) -> None:
        now = self._clock.now()
        if key.last_used_at is None or now - key.last_used_at >= USE_KEPT_EVERY_S:
            self._table.note(key, last_used_at=now)


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode(errors="replace")).hexdigest()


def _show_ends(key: ApiKey, value: str) -> None:
    # A short key, as tests choose them, would be told almost whole by its ends.
    ends = (value[: _ENDS[0]], value[-_ENDS[1] :]) if len(value) >= 4 * sum(_ENDS) else ("", "")
    key.prefix, key.suffix = ends
