"""The database: one SQLite file, and the only place with SQL."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from daytona_local.reserve import Reserve
from daytona_local.shortages import shortage

logger = logging.getLogger(__name__)

SCHEMA = 1
PATIENCE_S = 1.0
"""How long a write waits for another program that holds the database: the server stands still meanwhile."""

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_HELD = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_ADVICE = {
    sqlite3.SQLITE_BUSY: "end the other program that holds it, or wait for that",
    sqlite3.SQLITE_LOCKED: "end the other program that holds it, or wait for that",
    sqlite3.SQLITE_FULL: "make room on the disk",
    sqlite3.SQLITE_IOERR: "the disk refuses; see how full it is, and how large a file may be (ulimit -f)",
    sqlite3.SQLITE_CANTOPEN: "see who may write in its folder, and the limit of open files (ulimit -n)",
    sqlite3.SQLITE_READONLY: "see who may write it, and how its disk is mounted",
}


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
        self._is_held = False
        self._reserve = Reserve(file.with_name("reserve"))
        try:
            file.touch(mode=0o600)
        except OSError as error:
            reason = shortage(error) or error.strerror
            raise StoreError(f"the database {file} can't be opened: {reason}") from error
        with self._explained("opened"):
            self._database = sqlite3.connect(
                file, isolation_level=None, check_same_thread=False, timeout=PATIENCE_S
            )
            self._prepare()

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
        """Return the records of a kind, the oldest first.

        Raises:
            StoreError: They can't be read.
        """
        with self._explained("read"):
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
        self._reserve.keep()

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def _write(self, statement: str, values: tuple[str, ...]) -> None:
        with self._explained("written"):
            try:
                self._database.execute(statement, values)
            except sqlite3.OperationalError as error:
                self._be_patient(_kind_of(error) not in _HELD)
                if _kind_of(error) != sqlite3.SQLITE_FULL or not self._reserve.give():
                    raise
                logger.warning("the disk of %s is full: what was kept back for deletes is used", self._file)
                self._database.execute(statement, values)
            self._be_patient(True)

    def _be_patient(self, is_patient: bool) -> None:
        """Wait for others, but not again and again for one that goes on holding the database."""
        if is_patient is self._is_held:
            self._is_held = not is_patient
            self._database.execute(f"PRAGMA busy_timeout = {PATIENCE_S * 1000 if is_patient else 0:.0f}")

    @contextlib.contextmanager
    def _explained(self, doing: str) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            kind = _kind_of(error)
            if kind in _DAMAGED:
                raise StoreError(self._damaged(str(error))) from error
            reason = "; ".join(filter(None, (str(error), _ADVICE.get(kind))))
            raise StoreError(f"the database {self._file} can't be {doing}: {reason}") from error

    def _damaged(self, reason: str) -> str:
        return (
            f"the database {self._file} is damaged ({reason}); it was left as it is: "
            "restore it from a copy, or start with another --data-dir"
        )


def _kind_of(error: sqlite3.Error) -> int:
    """Return SQLite's primary code of an error, 0 for one that isn't SQLite's own."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
