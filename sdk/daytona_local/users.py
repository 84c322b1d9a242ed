"""The users: the one whom the server's own key stands for, and those who came by invitations."""

from __future__ import annotations

from typing import ClassVar

from daytona_local.clock import Clock
from daytona_local.collection import Collection
from daytona_local.records import Record
from daytona_local.store import Store

USER_ID = "daytona-local"
USER_EMAIL = "daytona-local@localhost"


class User(Record):
    """Hold a user."""

    kind: ClassVar[str] = "user"

    name: str
    email: str

    @property
    def key(self) -> str | None:
        """Return the address, which no other user has."""
        return self.email


class Users(Collection[User]):
    """Keep the users; the own one is always there."""

    record = User
    missing = "User with ID {} not found"

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(store, clock)
        if self._table.get(USER_ID) is None:
            self.add(User(id=USER_ID, name=USER_ID, email=USER_EMAIL))

    def with_email(self, email: str) -> User | None:
        """Return the user of an address."""
        return self._table.named(email)

    def invited(self, email: str) -> User:
        """Return the user of an address, made when there is none."""
        return self.with_email(email) or self.add(User(name=email.partition("@")[0], email=email))

    def clear(self) -> None:
        """Forget all but the own one."""
        for user in self._table:
            if user.id != USER_ID:
                self.remove(user)
