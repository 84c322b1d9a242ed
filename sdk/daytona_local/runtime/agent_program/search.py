"""Find files by name, and lines by their text; replace text in files."""

from __future__ import annotations

import contextlib
import errno
import fnmatch
import os
import re
import stat
from collections.abc import Iterator
from typing import BinaryIO

from .channel import Answer, Message, shown
from .walking import walk

MOST_MATCHES = 100_000
LOOK_BYTES = 512
"""Whether a file is text is seen in so many bytes, as Daytona does."""

LINE_BYTES = 1024 * 1024
"""A longer line is looked at in pieces."""

SHOWN_BYTES = 64 * 1024
REPLACE_BYTES = 64 * 1024 * 1024
NO_FILES = frozenset({"/proc", "/sys", "/dev"})


def search(message: Message, _: list[int]) -> Answer:
    """Find files and folders by a pattern: of their names, or with a slash in it of their paths."""
    top, found = message["path"], []
    pattern = re.compile(_expression(message["pattern"]))
    for path in _walk(top):
        name = os.path.relpath(path, top) if "/" in message["pattern"] else os.path.basename(path)
        if pattern.fullmatch(name):
            found.append(shown(path))
            _bound(found)
    return {"files": found}, ()


def find(message: Message, _: list[int]) -> Answer:
    """Find lines that have a text, in the text files below a folder."""
    needle, found = os.fsencode(message["pattern"]), []
    top = message["path"]
    files = (path for path in _walk(top) if path == top or not os.path.islink(path))
    for match in (match for path in files for match in _matches(path, needle)):
        found.append(match)
        _bound(found)
    return {"matches": found}, ()


def replace(message: Message, _: list[int]) -> Answer:
    """Replace a text in files; one that fails says so."""
    pattern, new = os.fsencode(message["pattern"]), os.fsencode(message["new"])
    return {"results": [_replaced(path, pattern, new) for path in message["files"]]}, ()


def _expression(pattern: str) -> str:
    """Return the regular expression of a pattern: ``*`` and ``?`` stop at a slash, ``**`` doesn't."""
    words = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[[^]/]+\]|\{[^{}]*\})", pattern)
    return "(?s:" + "".join(words.get(part) or _piece(part) for part in parts) + ")"


def _piece(part: str) -> str:
    if part.startswith("{") and part.endswith("}"):
        return "(?:" + "|".join(_expression(choice) for choice in part[1:-1].split(",")) + ")"
    if part.startswith("[") and part.endswith("]"):
        return fnmatch.translate(part.replace("[^", "[!"))[4:-3]
    return re.escape(part)


def _walk(top: str) -> Iterator[str]:
    """Yield all that is below a folder, or the file itself."""
    if not stat.S_ISDIR(os.stat(top).st_mode):
        yield top
        return
    yield from (entry.path for entry in walk(top, NO_FILES))


def _bound(found: list[str] | list[Message]) -> None:
    if len(found) > MOST_MATCHES:
        raise ValueError(f"there are more than {MOST_MATCHES} matches; ask for less")


def _open_regular(path: str) -> BinaryIO:
    fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise OSError(errno.EINVAL, "it is not a regular file", path)
    return os.fdopen(fd, "rb")


def _matches(path: str, needle: bytes) -> Iterator[Message]:
    """Yield the lines of a text file that have a text; none of what may not be read."""
    with contextlib.suppress(OSError), _open_regular(path) as file:
        if b"\0" in file.read(LOOK_BYTES):
            return
        file.seek(0)
        number, ended = 0, True
        while line := file.readline(LINE_BYTES):
            number += ended
            ended = line.endswith(b"\n")
            if needle in line:
                yield {"file": shown(path), "line": number, "content": _text(line)}


def _text(line: bytes) -> str:
    return line.rstrip(b"\r\n")[:SHOWN_BYTES].decode(errors="replace")


def _replaced(path: str, pattern: bytes, new: bytes) -> Message:
    try:
        with _open_regular(path) as file:
            data = file.read(REPLACE_BYTES + 1)
        if len(data) > REPLACE_BYTES:
            raise OSError(errno.EFBIG, f"it has more than {REPLACE_BYTES} bytes", path)
        if pattern in data:
            with open(path, "wb") as file:
                file.write(data.replace(pattern, new))
    except OSError as error:
        return {"file": path, "success": False, "error": error.strerror}
    return {"file": path, "success": True}


OPERATIONS = {"search": search, "find": find, "replace": replace}
