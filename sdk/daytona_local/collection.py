"""The records of one kind, and what every kind has in common: find, make, change and remove."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar

from daytona_local.clock import Clock
from daytona_local.errors import ConflictError, NotFoundError
from daytona_local.records import Record
from daytona_local.settings import ORGANIZATION_ID
from daytona_local.store import Store
from daytona_local.tables import Table

R = TypeVar("R", bound=Record)


class Collection(Generic[R]):
    """Keep records; times are the server's.

    Args:
        store: Where they are kept.
        clock: Tells the time.

    Attributes:
        record: Their class.
        missing: What is said of an id that there isn't.
        taken: What is said of a name that is in use.
    """

    record: ClassVar[type[Any]]
    missing: ClassVar[str]
    taken: ClassVar[str] = "{} already exists"

    def __init__(self, store: Store, clock: Clock) -> None:
        self._table: Table[R] = Table(self.record, store)
        self._clock = clock

    def all(self, organization_id: str = ORGANIZATION_ID) -> list[R]:
        """Return those of an organization, the oldest first."""
        return [record for record in self._table if record.organization_id == organization_id]

    def get(self, record_id: str) -> R:
        """Return one by its id.

        Raises:
            NotFoundError: There is none.
        """
        found = self._table.get(record_id)
        if found is None:
            raise self.none(record_id)
        return found

    def none(self, record_id: str) -> NotFoundError:
        """Return the refusal of an id that there isn't."""
        return NotFoundError(self.missing.format(record_id))

    def owned(self, organization_id: str, record_id: str) -> R:
        """Return one of an organization's; raises as ``get``."""
        found = self.get(record_id)
        if found.organization_id != organization_id:
            raise self.none(record_id)
        return found

    def add(self, record: R, name: str = "") -> R:
        """Keep a new one.

        Args:
            record: The record.
            name: What it is called in the refusal.

        Raises:
            ConflictError: Its name is in use.
        """
        if record.key is not None and self._table.named(record.key) is not None:
            raise ConflictError(self.taken.format(name or record.key))
        record.created_at = record.updated_at = self._clock.now()
        self._table.save(record)
        return record

    def change(self, record: R, **fields: Any) -> R:
        """Change one, and keep that."""
        self._table.change(record, **fields, updated_at=self._clock.now())
        return record

    def remove(self, record: R) -> None:
        """Forget one."""
        self._table.remove(record)

    def forget(self, organization_id: str) -> None:
        """Forget all of an organization's."""
        for record in self._table:
            if record.organization_id == organization_id:
                self._table.remove(record)

    def clear(self) -> None:
        """Forget them all."""
        for record in self._table:
            self._table.remove(record)
