"""The folder of a server: whose it is, the key in it, and the lock that keeps a second server out."""

from __future__ import annotations

import fcntl
import os
import pwd
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = "lock"
KEY = "api-key"
DATABASE = "daytona.db"
RESTORING = "restoring"
"""What is being put in place of everything else; a folder that has it is not whole."""

KEPT = ("sandboxes", "snapshots", "volumes", "contexts")
"""The folders of what was made; they belong to the database."""

OWN = (KEY, "ssh")
"""What a folder is known by: the key, and SSH's."""

MADE = (*KEPT, "builds", "logs", "resolv.conf", "reserve", "server.json", f"{RESTORING}.partial", "saving",
        f"{DATABASE}-wal", f"{DATABASE}-shm")  # fmt: skip
"""What servers make there besides the database; the key, the lock and what SSH needs stay with a folder."""

_KEY = re.compile(r"[!-~]{16,512}")
_OTHER = "name another with --data-dir"


class DataDirError(Exception):
    """Say in one line why a data folder can't be used, and what to do."""


class DataDirInUseError(DataDirError):
    """Say that another server works with the data folder."""


def default_data_dir() -> Path:
    """Return the folder that is used when none is named."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "daytona-local"


@contextmanager
def data_dir_locked(data_dir: Path) -> Iterator[None]:
    """Keep other servers out of a data folder, which is made where there is none.

    Raises:
        DataDirInUseError: One is there already.
        DataDirError: It is no folder, can't be made, belongs to someone else, or others may write to it.
    """
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise DataDirError(f"{data_dir} is no folder, but a file is in its place; {_OTHER}") from None
    except OSError as error:
        raise DataDirError(f"the data folder {data_dir} can't be made: {error.strerror}; {_OTHER}") from error
    check_owner(data_dir)
    with os.fdopen(os.open(data_dir / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)) as lock:
        if not _taken(lock.fileno()):
            raise DataDirInUseError(
                f"another daytona-local works with {data_dir}; stop it, or use another --data-dir"
            )
        yield


def is_locked(data_dir: Path) -> bool:
    """Tell whether somebody works with a data folder; it need not exist."""
    try:
        lock = os.open(data_dir / LOCK, os.O_RDONLY | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return False
    with os.fdopen(lock):
        return not _flock(lock, fcntl.LOCK_SH)


def is_data_dir(folder: Path) -> bool:
    """Tell whether a server, or a restore, has worked in a folder."""
    if (folder / DATABASE).is_file():
        return True
    return (folder / LOCK).is_file() and any((folder / name).exists() for name in (KEY, RESTORING))


def check_data_dir(data_dir: Path) -> None:
    """Refuse a folder that no server has served.

    Raises:
        DataDirError: None has, or it belongs to someone else.
    """
    if not data_dir.exists():
        raise DataDirError(f"there is no data folder {data_dir}; name the right one with --data-dir")
    check_owner(data_dir)
    if not is_data_dir(data_dir):
        raise DataDirError(f"no server has kept anything in {data_dir}; name the right one with --data-dir")


def check_owner(data_dir: Path) -> None:
    """Refuse a folder that isn't this user's alone.

    Raises:
        DataDirError: It is no folder, belongs to someone else, or can be written by others, or not at all.
    """
    if not data_dir.is_dir():
        raise DataDirError(f"{data_dir} is no folder; {_OTHER}")
    found = data_dir.stat()
    if found.st_uid != os.geteuid():
        raise DataDirError(f"{data_dir} belongs to another user ({_user(found.st_uid)}); {_OTHER}")
    if found.st_mode & 0o022:
        raise DataDirError(f"others may write to {data_dir}; run chmod 700 {data_dir}, or {_OTHER}")
    if not os.access(data_dir, os.W_OK | os.X_OK):
        raise DataDirError(f"{data_dir} can't be written; run chmod 700 {data_dir}, or {_OTHER}")


def check_whole(data_dir: Path) -> None:
    """Refuse a folder in which a restore was broken off while it put things in place.

    Raises:
        DataDirError: It was.
    """
    if (data_dir / RESTORING).exists():
        raise DataDirError(
            f"a restore into {data_dir} was broken off; "
            "repeat it with daytona-local snapshot restore FILE --replace"
        )


def kept_key(data_dir: Path) -> str:
    """Return the key of a data folder, made when it is first served; raises as ``read_key``."""
    file = data_dir / KEY
    if not os.path.lexists(file):
        from daytona_local.settings import new_key  # loads what only servers need

        write_private(file, new_key() + "\n")
    return read_key(data_dir)


def read_key(data_dir: Path) -> str:
    """Return the key of a data folder.

    Raises:
        DataDirError: There is none, or it can't be one.
    """
    file = data_dir / KEY
    try:
        key = file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise DataDirError(
            f"there is no key in {data_dir}; start a server there: daytona-local serve"
        ) from None
    except (OSError, ValueError):
        key = ""
    if not _KEY.fullmatch(key):
        raise DataDirError(f"the key in {file} is damaged; put it back, or remove the file to get a new key")
    return key


def write_private(file: Path, text: str) -> None:
    """Write a file for its owner only, as a whole or not at all."""
    fd, partial = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    try:
        with os.fdopen(fd, "w") as made:
            made.write(text)
        os.replace(partial, file)
    except BaseException:
        os.unlink(partial)
        raise


def _taken(lock: int) -> bool:
    """Take a lock alone, and tell whether that could be; one that only looks has it for a moment."""
    while not _flock(lock, fcntl.LOCK_EX):
        if not _flock(lock, fcntl.LOCK_SH):
            return False
        fcntl.flock(lock, fcntl.LOCK_UN)
    return True


def _flock(lock: int, how: int) -> bool:
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"uid {number}"
