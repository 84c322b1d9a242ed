"""The records of one kind: all in memory, every change written through to the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from daytona_local.records import Record
from daytona_local.store import Store

R = TypeVar("R", bound=Record)


class Table(Generic[R]):
    """Find and keep the records of a kind.

    Args:
        kind: Their class.
        store: Where they are kept.
    """

    def __init__(self, kind: type[R], store: Store) -> None:
        self._store = store
        self._by_id: dict[str, R] = {}
        self._by_key: dict[str, str] = {}
        self._key_of: dict[str, str] = {}
        for data in store.load(kind.kind):
            self._hold(kind.model_validate_json(data))

    def __iter__(self) -> Iterator[R]:
        """Yield every record, the oldest first."""
        return iter(list(self._by_id.values()))

    def __len__(self) -> int:
        """Count them."""
        return len(self._by_id)

    def get(self, record_id: str) -> R | None:
        """Return a record by its id."""
        return self._by_id.get(record_id)

    def named(self, key: str) -> R | None:
        """Return the record that has a name."""
        return self._by_id.get(self._by_key.get(key, ""))

    def save(self, record: R) -> None:
        """Keep a record, new or changed; when this returns, a killed server has it too."""
        self._store.save(record.kind, record.id, record.model_dump_json())
        self._hold(record)

    def remove(self, record: R) -> None:
        """Forget a record."""
        self._store.remove(record.kind, record.id)
        self._by_id.pop(record.id, None)
        self._free_keys(record.id)

    def _hold(self, record: R) -> None:
        self._free_keys(record.id)
        self._by_id[record.id] = record
        if record.key is not None:
            self._by_key[record.key] = record.id
            self._key_of[record.id] = record.key

    def _free_keys(self, record_id: str) -> None:
        key = self._key_of.pop(record_id, None)
        if key is not None and self._by_key.get(key) == record_id:
            del self._by_key[key]
