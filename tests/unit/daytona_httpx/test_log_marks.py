"""The log of a command, in pieces of any size."""

from __future__ import annotations

from itertools import pairwise

import pytest
from daytona_httpx import DaytonaConnectionError
from daytona_httpx.log_marks import STDERR_MARK, STDOUT_MARK, LogMarks, Piece, split
from hypothesis import given
from hypothesis import strategies as st

logs = st.lists(st.sampled_from([STDOUT_MARK, STDERR_MARK, b"\x01", b"\x02", b"a", "é🙂".encode(), b"\xff"]))
cuts = st.lists(st.floats(0, 1), max_size=6)


def joined(pieces: list[Piece]) -> dict[bytes, str]:
    """Return the text of each output."""
    return {
        wanted: "".join(text for mark, text in pieces if mark == wanted)
        for wanted in (STDOUT_MARK, STDERR_MARK)
    }


def cut(log: bytes, at: list[float]) -> list[bytes]:
    """Return a log in pieces."""
    places = [0, *sorted(round(place * len(log)) for place in at), len(log)]
    return [log[start:end] for start, end in pairwise(places)]


def test_a_mark_says_what_the_bytes_after_it_are() -> None:
    pieces = LogMarks().feed(b"\x01\x01\x01out\x02\x02\x02err\x01\x01\x01more")
    assert [(STDOUT_MARK, "out"), (STDERR_MARK, "err"), (STDOUT_MARK, "more")] == pieces


def test_marks_may_be_split_anywhere() -> None:
    marks, log = LogMarks(), b"\x01\x01\x01out\x02\x02\x02err"
    pieces = [piece for byte in log for piece in marks.feed(bytes([byte]))]
    assert {STDOUT_MARK: "out", STDERR_MARK: "err"} == joined(pieces)


def test_what_only_looks_like_a_mark_is_output() -> None:
    marks = LogMarks()
    assert [(STDOUT_MARK, "a")] == marks.feed(b"\x01\x01\x01a\x01\x01")
    assert [(STDOUT_MARK, "\x01\x01b")] == marks.feed(b"b\x02")
    assert [(STDOUT_MARK, "\x02")] == marks.finish()


def test_a_character_may_be_split() -> None:
    marks = LogMarks()
    assert [(STDOUT_MARK, "a")] == marks.feed(b"\x01\x01\x01a\xf0\x9f")
    assert [(STDERR_MARK, "b")] == marks.feed(b"\x02\x02\x02b")
    assert [(STDOUT_MARK, "🙂")] == marks.feed(b"\x01\x01\x01\x99\x82")
    assert [] == marks.finish()


def test_half_a_character_at_the_end_is_not_lost() -> None:
    marks = LogMarks()
    assert [] == marks.feed(b"\x01\x01\x01\xf0\x9f")
    assert [(STDOUT_MARK, "�")] == marks.finish()


def test_what_comes_before_the_first_mark_is_dropped() -> None:
    marks = LogMarks()
    assert [(STDERR_MARK, "b")] == marks.feed(b"a\x02\x02\x02b")
    assert 1 == marks.received


@given(logs, cuts)
def test_no_cut_changes_what_is_given(parts: list[bytes], at: list[float]) -> None:
    log = STDOUT_MARK + b"".join(parts)
    whole, in_pieces = LogMarks(), LogMarks()
    pieces = [piece for data in cut(log, at) for piece in in_pieces.feed(data)]
    assert joined(whole.feed(log) + whole.finish()) == joined(pieces + in_pieces.finish())
    assert whole.received == in_pieces.received


@given(logs, cuts)
def test_a_log_that_breaks_off_anywhere_and_starts_anew_is_given_once(
    parts: list[bytes], at: list[float]
) -> None:
    log = STDOUT_MARK + b"".join(parts)
    whole, broken = LogMarks(), LogMarks()
    pieces: list[Piece] = []
    for place in at:
        pieces += broken.feed(log[: round(place * len(log))])
        broken.restart()
    pieces += broken.feed(log) + broken.finish()
    assert joined(whole.feed(log) + whole.finish()) == joined(pieces)


def test_the_same_log_with_other_marks_is_the_same_log() -> None:
    marks = LogMarks()
    marks.feed(b"\x01\x01\x01ab\x02\x02\x02x")
    marks.restart()
    assert [(STDERR_MARK, "y"), (STDOUT_MARK, "c")] == marks.feed(
        b"\x02\x02\x02xy\x01\x01\x01a\x01\x01\x01bc"
    )


@pytest.mark.parametrize("other", [b"\x01\x01\x01xyz more", b"\x01\x01\x01ab", b""])
def test_another_log_after_a_break_is_an_error(other: bytes) -> None:
    marks = LogMarks()
    marks.feed(b"\x01\x01\x01abc")
    marks.restart()
    with pytest.raises(DaytonaConnectionError, match="broke off after 3 bytes, and then the log was another"):
        marks.finish() if not marks.feed(other) else None


def test_a_whole_log_is_split() -> None:
    assert ("outerr", "out", "err") == split(b"\x01\x01\x01out\x02\x02\x02err")
    assert ("plain", "", "") == split(b"plain")
