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
        StoreError: It is damaged, from another version, or can't be opened. It is left as it is.
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
        if version < SCHEMA and self._database.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise StoreError(
                f"the database {self._file} is from an older daytona-local (schema {version}; this one has "
                f"{SCHEMA}); use that version, or start with another --data-dir"
            )
        self._database.execute("PRAGMA journal_mode = WAL")
        # In WAL mode this loses nothing when the process is killed, only when the machine loses power.
        self._database.execute("PRAGMA synchronous = NORMAL")
        if version < SCHEMA:
            self._lay()

    def _lay(self) -> None:
        """Make the table and say which version it is of, both or neither."""
        self._database.execute("BEGIN IMMEDIATE")
        self._database.execute(
            "CREATE TABLE records ("
            "number INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, data TEXT NOT NULL, "
            "UNIQUE (kind, id))"
        )
        self._database.execute(f"PRAGMA user_version = {SCHEMA}")
        self._database.execute("COMMIT")

    def load(self, kind: str) -> Iterator[str]:
        """Return the records of a kind, the oldest first.

        Raises:
            StoreError: They can't be read.
        """
        with self._explained("read"):
            rows = self._database.execute("SELECT data FROM records WHERE kind = ? ORDER BY number", (kind,))
            return (row[0] for row in rows.fetchall())

    def back_up(self, target: Path) -> None:
        """Write the whole database to a new file, for its owner only.

        Raises:
            StoreError: It can't be written: the disk is full, say.
        """
        target.touch(mode=0o600)
        with self._explained("copied"), contextlib.closing(sqlite3.connect(target)) as copy:
            self._database.backup(copy)

    def save(self, kind: str, record_id: str, data: str, *, may_spend: bool = True) -> None:
        """Keep a record, new or changed.

        Args:
            kind: What it is.
            record_id: Its id among those.
            data: What is kept.
            may_spend: Whether a change may have the room that is kept back on the disk; what is new may not.

        Raises:
            StoreError: It could not be written: the disk is full, say.
        """
        change = "UPDATE records SET data = ? WHERE kind = ? AND id = ?"
        if not self._write(change, (data, kind, record_id), may_spend=may_spend):
            self._write(
                "INSERT INTO records (data, kind, id) VALUES (?, ?, ?)",
                (data, kind, record_id),
                may_spend=False,
            )

    def remove(self, kind: str, record_id: str) -> None:
        """Forget a record; raises as ``save``."""
        self._write("DELETE FROM records WHERE kind = ? AND id = ?", (kind, record_id), may_spend=True)
        self._reserve.keep()

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def _write(self, statement: str, values: tuple[str, ...], *, may_spend: bool) -> bool:
        """Change the database, and tell whether there was something to change.

        Args:
            statement: What to do.
            values: With what.
            may_spend: Whether it may have the room that is kept back on the disk.
        """
        with self._explained("written"):
            try:
                found = self._database.execute(statement, values).rowcount
            except sqlite3.OperationalError as error:
                self._be_patient(_kind_of(error) not in _HELD)
                if not (may_spend and _kind_of(error) == sqlite3.SQLITE_FULL and self._reserve.give()):
                    raise
                logger.warning("the disk of %s is full: what was kept back for deletes is used", self._file)
                found = self._database.execute(statement, values).rowcount
            self._be_patient(True)
        return found > 0

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
