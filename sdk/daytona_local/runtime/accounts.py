"""The users of a sandbox: which number and home a name has inside."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from daytona_local.runtime.base import RuntimeFailedError

DEFAULT_NUMBER = 1000
LARGEST_NUMBER = 65533
LARGEST_FILE = 1024 * 1024

_USER = re.compile(r"([A-Za-z0-9_][A-Za-z0-9_.@-]{0,63})(?::[A-Za-z0-9_][A-Za-z0-9_.-]*)?")
_HOME = re.compile(r"/(?:[A-Za-z0-9_.@-]+/?)*")


@dataclass(frozen=True)
class Account:
    """Hold a user as a sandbox's ``/etc/passwd`` has it."""

    name: str
    number: int
    group: int
    home: str

    @property
    def line(self) -> str:
        """Return its line of ``/etc/passwd``."""
        return f"{self.name}:x:{self.number}:{self.group}:{self.name}:{self.home}:/bin/bash"


def account_of(root: Path, user: str) -> Account:
    """Return the account of a user, in a sandbox with this root; one that it doesn't know is made up.

    Args:
        root: The sandbox's root folder; nothing in it is trusted.
        user: A name or a number, perhaps with a group, which is ignored: all there belongs to one group.

    Raises:
        RuntimeFailedError: That can't be a user.
    """
    if not is_user(user):
        raise RuntimeFailedError(f"the user {user!r} can't be; give a plain name, or a number below 65534")
    name = user.partition(":")[0]
    for account in known_accounts(root):
        if name in (account.name, str(account.number)):
            return account
    if name.isdigit():
        return Account(name, int(name), int(name), "/")
    return made_up(name)


def is_user(text: str) -> bool:
    """Tell whether a text can be a user: a plain name or a number, perhaps with a group."""
    match = _USER.fullmatch(text)
    return match is not None and not (match[1].isdigit() and int(match[1]) > LARGEST_NUMBER)


def made_up(name: str) -> Account:
    """Return the account that a user has by default."""
    if name == "root":
        return Account("root", 0, 0, "/root")
    return Account(name, DEFAULT_NUMBER, DEFAULT_NUMBER, f"/home/{name}")


def known_accounts(root: Path) -> list[Account]:
    """Return the accounts of a root folder's ``/etc/passwd`` that a sandbox can have."""
    rows = [line.split(":") for line in _passwd(root).splitlines()]
    return [
        Account(row[0], int(row[2]), int(row[3]), os.path.normpath(row[5]))
        for row in rows
        if len(row) >= 6 and _is_number(row[2]) and _is_number(row[3]) and _is_home(row[5])
    ]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) <= LARGEST_NUMBER


def _is_home(path: str) -> bool:
    return _HOME.fullmatch(path) is not None and ".." not in path.split("/")


def _passwd(root: Path) -> str:
    """Read the file without following what a sandbox may have put in its way."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
    opened: list[int] = []
    try:
        opened.append(os.open(root, flags | os.O_DIRECTORY))
        opened.append(os.open("etc", flags | os.O_DIRECTORY, dir_fd=opened[-1]))
        opened.append(os.open("passwd", flags | os.O_NONBLOCK, dir_fd=opened[-1]))
        is_file = stat.S_ISREG(os.fstat(opened[-1]).st_mode)
        return os.read(opened[-1], LARGEST_FILE).decode(errors="replace") if is_file else ""
    except OSError:
        return ""  # there is none
    finally:
        for fd in opened:
            os.close(fd)
