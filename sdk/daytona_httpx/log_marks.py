"""Tell output and errors apart in a command's log: marks of three bytes switch between them."""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from zlib import crc32

from daytona_httpx.errors import DaytonaConnectionError

STDOUT_MARK = b"\x01\x01\x01"
STDERR_MARK = b"\x02\x02\x02"

_MARK = re.compile(b"\x01{3}|\x02{3}")
_BEGUN_MARK = re.compile(b"(?:\x01{1,2}|\x02{1,2})\\Z")

Piece = tuple[bytes, str]
"""The mark that says what it belongs to, and the text."""


class LogMarks:
    """Take a log in pieces of any size, and give each of its bytes once, as text.

    A mark, or a character, may be split over pieces. What comes before the first mark is dropped, as the
    official client does. After ``restart`` the log is taken from its start again.
    """

    def __init__(self) -> None:
        self._outputs = {STDOUT_MARK: _Output(), STDERR_MARK: _Output()}
        self._current = b""
        self._begun = b""

    @property
    def received(self) -> int:
        """Return how many bytes were given, marks not counted."""
        return sum(output.given for output in self._outputs.values())

    def restart(self) -> None:
        """Skip, from now on, what was given already."""
        self._current = self._begun = b""
        for output in self._outputs.values():
            output.restart()

    def feed(self, data: bytes) -> list[Piece]:
        """Take the next piece of the log, and return what is new in it."""
        data = self._begun + data
        pieces, start = [], 0
        for mark in _MARK.finditer(data):
            pieces += self._give(data[start : mark.start()])
            self._current, start = mark.group(), mark.end()
        begun = _BEGUN_MARK.search(data, start)
        end = begun.start() if begun else len(data)
        self._begun = data[end:]
        return pieces + self._give(data[start:end])

    def finish(self) -> list[Piece]:
        """Return what was held back, now that the log has ended.

        Raises:
            DaytonaConnectionError: After a restart, the log was not the same.
        """
        pieces = self._give(self._begun)
        rests = [(mark, output.finish()) for mark, output in self._outputs.items()]
        return pieces + [(mark, text) for mark, text in rests if text]

    def _give(self, data: bytes) -> list[Piece]:
        output = self._outputs.get(self._current)
        text = output.take(data) if output else ""
        return [(self._current, text)] if text else []


class _Output:
    """Count, compare and decode one of the two outputs."""

    def __init__(self) -> None:
        self.given = 0
        self._at = 0
        self._sum = self._sum_here = 0
        self._decoder = getincrementaldecoder("utf-8")(errors="replace")

    def restart(self) -> None:
        self._at = self._sum_here = 0

    def take(self, data: bytes) -> str:
        known = max(self.given - self._at, 0)
        old, new = data[:known], data[known:]
        self._at += len(old)
        self._sum_here = crc32(old, self._sum_here)
        if not new:
            return ""
        self._check()
        self._at += len(new)
        self.given += len(new)
        self._sum = self._sum_here = crc32(new, self._sum)
        return self._decoder.decode(new)

    def finish(self) -> str:
        self._check()
        return self._decoder.decode(b"", final=True)

    def _check(self) -> None:
        """Make sure that nothing new is taken for old, or the other way round."""
        if (self._at, self._sum_here) != (self.given, self._sum):
            raise DaytonaConnectionError(
                f"the connection broke off after {self.given} bytes, and then the log was another one"
            )


def split(log: bytes) -> tuple[str, str, str]:
    """Return all of a log without its marks, its output, and its errors."""
    marks = LogMarks()
    pieces = marks.feed(log) + marks.finish()
    stdout, stderr = (
        "".join(text for mark, text in pieces if mark == wanted) for wanted in (STDOUT_MARK, STDERR_MARK)
    )
    return _MARK.sub(b"", log).decode(errors="replace"), stdout, stderr
