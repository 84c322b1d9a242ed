"""The database: one SQLite file, and the only place with SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

SCHEMA = 1


class StoreError(Exception):
    """Say in one line why the database can't be used, and what to do."""


class Store:
    """Keep records by kind and id; what ``save`` returned from survives a kill.

    Args:
        file: The database; made when it isn't there, for this user only.

    Raises:
        StoreError: It is damaged, from a newer version, or can't be opened. It is left as it is.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            file.touch(mode=0o600)
            self._database = sqlite3.connect(file, isolation_level=None, check_same_thread=False, timeout=5)
            self._prepare()
        except sqlite3.DatabaseError as error:
            raise StoreError(self._damaged(str(error))) from error
        except OSError as error:
            raise StoreError(f"the database {file} can't be opened: {error.strerror}") from error

    def _prepare(self) -> None:
        found = self._database.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise StoreError(self._damaged(found))
        version = self._database.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA:
            raise StoreError(f"the database {self._file} is from a newer daytona-local; use that version")
        self._database.execute("PRAGMA journal_mode = WAL")
        # In WAL mode this loses nothing when the process is killed, only when the machine loses power.
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.execute(
            "CREATE TABLE IF NOT EXISTS records ("
            "number INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, data TEXT NOT NULL, "
            "UNIQUE (kind, id))"
        )
        self._database.execute(f"PRAGMA user_version = {SCHEMA}")

    def load(self, kind: str) -> Iterator[str]:
        """Yield the records of a kind, the oldest first."""
        rows = self._database.execute("SELECT data FROM records WHERE kind = ? ORDER BY number", (kind,))
        return (row[0] for row in rows.fetchall())

    def save(self, kind: str, record_id: str, data: str) -> None:
        """Keep a record, new or changed.

        Raises:
            StoreError: It could not be written: the disk is full, say.
        """
        self._write(
            "INSERT INTO records (kind, id, data) VALUES (?, ?, ?) "
            "ON CONFLICT (kind, id) DO UPDATE SET data = excluded.data",
            (kind, record_id, data),
        )

    def remove(self, kind: str, record_id: str) -> None:
        """Forget a record; raises as ``save``."""
        self._write("DELETE FROM records WHERE kind = ? AND id = ?", (kind, record_id))

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def _write(self, statement: str, values: tuple[str, ...]) -> None:
        try:
            self._database.execute(statement, values)
        except sqlite3.Error as error:
            raise StoreError(f"the database {self._file} can't be written: {error}") from error

    def _damaged(self, reason: str) -> str:
        return (
            f"the database {self._file} is damaged ({reason}); it was left as it is: "
            "restore it from a copy, or start with another --data-dir"
        )
