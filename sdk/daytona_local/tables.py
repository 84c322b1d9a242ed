"""The records of one kind: all in memory, every change written through to the store."""

from __future__ import annotations

import logging
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from typing import Any, Generic, TypeVar

from daytona_local.records import Record
from daytona_local.store import Store, StoreError

logger = logging.getLogger(__name__)

R = TypeVar("R", bound=Record)
Place = tuple[float, str]
"""Where a record is in the order of creation: by its time, and by its id among those of the same time."""


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
        self._places: list[Place] = []
        self._place_of: dict[str, Place] = {}
        self._unkept: dict[str, R] = {}
        for data in store.load(kind.kind):
            self._hold(kind.model_validate_json(data))

    def __iter__(self) -> Iterator[R]:
        """Yield every record, the oldest first."""
        return iter(list(self._by_id.values()))

    def oldest(self, after: Place | None = None) -> Iterator[R]:
        """Yield records in the order of creation, those after a place; none may come or go meanwhile."""
        start = bisect_right(self._places, after) if after is not None else 0
        return (self._by_id[self._places[at][1]] for at in range(start, len(self._places)))

    def newest(self, before: Place | None = None) -> Iterator[R]:
        """Yield records against the order of creation, those before a place; as ``oldest``."""
        end = bisect_left(self._places, before) if before is not None else len(self._places)
        return (self._by_id[self._places[at][1]] for at in range(end - 1, -1, -1))

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
        """Keep a record, new or changed; when this returns, a killed server has it too.

        Raises:
            StoreError: It can't be kept.
        """
        self._store.save(record.kind, record.id, record.model_dump_json())
        self._hold(record)

    def change(self, record: R, **fields: Any) -> None:
        """Change a record, and keep that; one that can't be kept stays as it was, as ``save`` says."""
        changed = record.model_copy(update=fields)
        self._store.save(record.kind, record.id, changed.model_dump_json())
        for name, value in fields.items():
            setattr(record, name, value)
        self._hold(record)

    def note(self, record: R, **fields: Any) -> None:
        """Take note of what no client was told: where it can't be kept now, a later note keeps it too."""
        for name, value in fields.items():
            setattr(record, name, value)
        self._hold(record)
        self._unkept[record.id] = record
        try:
            for one in list(self._unkept.values()):
                self._store.save(one.kind, one.id, one.model_dump_json(), may_spend=False)
                del self._unkept[one.id]
        except StoreError as error:
            logger.warning("%s %s is kept later: %s", record.kind, record.id, error)

    def remove(self, record: R) -> None:
        """Forget a record; raises as ``save``."""
        self._store.remove(record.kind, record.id)
        self._unkept.pop(record.id, None)
        self._by_id.pop(record.id, None)
        self._free_keys(record.id)
        self._free_place(record.id)

    def _hold(self, record: R) -> None:
        self._free_keys(record.id)
        self._by_id[record.id] = record
        place = (record.created_at, record.id)
        if self._place_of.get(record.id) != place:
            self._free_place(record.id)
            insort(self._places, place)
            self._place_of[record.id] = place
        if record.key is not None:
            self._by_key[record.key] = record.id
            self._key_of[record.id] = record.key

    def _free_place(self, record_id: str) -> None:
        place = self._place_of.pop(record_id, None)
        if place is not None:
            del self._places[bisect_left(self._places, place)]

    def _free_keys(self, record_id: str) -> None:
        key = self._key_of.pop(record_id, None)
        if key is not None and self._by_key.get(key) == record_id:
            del self._by_key[key]
