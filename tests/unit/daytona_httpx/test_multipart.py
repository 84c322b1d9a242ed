"""Multipart bodies, however they are cut on their way."""

from __future__ import annotations

import tracemalloc

import pytest
from daytona_httpx import DaytonaError
from daytona_httpx.multipart import LONGEST_HEADERS, MultipartReader, Part, envelope
from hypothesis import given
from hypothesis import strategies as st

FORM = "multipart/form-data; boundary=b0und"


def body(*parts: tuple[bytes, bytes]) -> bytes:
    heads = [b"--b0und\r\n" + head + b"\r\n\r\n" + content + b"\r\n" for head, content in parts]
    return b"".join(heads) + b"--b0und--\r\n"


def head(name: str, filename: str) -> bytes:
    return f'Content-Disposition: form-data; name="{name}"; filename="{filename}"'.encode()


def read(data: bytes, size: int) -> tuple[list[Part | bytes], bool]:
    """Return the events, the pieces of each part as one, and whether the end was seen."""
    reader, events = MultipartReader(FORM), list[Part | bytes]()
    for at in range(0, len(data), size):
        for event in reader.feed(data[at : at + size]):
            last = events[-1] if events else b""
            if event and isinstance(event, bytes) and isinstance(last, bytes) and last:
                events[-1] = last + event
            else:
                events.append(event)
    return events, reader.is_complete


PARTS = body(
    (head("file", "/a b.txt"), b"one\r\n--b0un\r\n-- two"),
    (head("error", "/n"), b""),
    (head("file", "/c"), b"\r\n"),
)
EVENTS: list[Part | bytes] = [
    Part("file", "/a b.txt"),
    b"one\r\n--b0un\r\n-- two",
    b"",
    Part("error", "/n"),
    b"",
    Part("file", "/c"),
    b"\r\n",
    b"",
]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 16, len(PARTS)])
def test_parts_are_the_same_however_they_arrive(size: int) -> None:
    assert (EVENTS, True) == read(PARTS, size)
    assert (EVENTS, True) == read(b"a preamble\r\n" + PARTS + b"an epilogue --b0und", size)


@given(st.lists(st.binary(max_size=60), max_size=4), st.integers(1, 90))
def test_any_content_comes_back(contents: list[bytes], size: int) -> None:
    contents = [content.replace(b"--b0und", b"") for content in contents]
    events, is_complete = read(body(*((head("file", str(n)), one) for n, one in enumerate(contents))), size)
    expected: list[Part | bytes] = []
    for number, content in enumerate(contents):
        expected += [Part("file", str(number)), *([content] if content else []), b""]
    assert (expected, True) == (events, is_complete)


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_body_without_its_end_is_not_complete(cut: int) -> None:
    assert read(PARTS[:-cut], 5)[1] is (cut <= 2)  # the last line break says nothing more


@pytest.mark.parametrize(
    ("line", "filename"),
    [
        ('filename="/tmp/\\"x\\"\\\\y;z"', '/tmp/"x"\\y;z'),
        ('filename="/tmp/ü ✓"', "/tmp/ü ✓"),
        ("filename=\"/tmp/x\"; filename*=utf-8''%2Ftmp%2Fx", "/tmp/x"),
        ("filename*=utf-8''%2Ftmp%2F%C3%BC", "/tmp/ü"),
        ('filename=" /end "', " /end "),
        ("filename=plain", "plain"),
        ("other=x", ""),
    ],
)
def test_names_of_files_are_as_they_were_sent(line: str, filename: str) -> None:
    raw = f'Content-Type: text/plain\r\ncontent-disposition: form-data; name="file"; {line}'.encode()
    assert Part("file", filename) == read(body((raw, b"")), 99)[0][0]


def test_a_part_may_have_no_head() -> None:
    assert ([Part("", ""), b"x", b""], True) == read(b"--b0und\r\n\r\nx\r\n--b0und--", 4)


@pytest.mark.parametrize("kind", ["", "application/json", "multipart/form-data", "text/plain; boundary=x"])
def test_what_is_no_multipart_body_is_refused(kind: str) -> None:
    with pytest.raises(DaytonaError, match="the answer is no multipart body"):
        MultipartReader(kind)


def test_a_head_without_an_end_is_not_kept_for_ever() -> None:
    with pytest.raises(DaytonaError, match="has a head without an end"):
        read(b"--b0und\r\n" + b"x" * (LONGEST_HEADERS + 10), 1024)


def test_a_large_part_is_not_held() -> None:
    reader, piece = MultipartReader(FORM), bytes(64 * 1024)
    list(reader.feed(b"--b0und\r\n\r\n\r\n"))
    tracemalloc.start()
    received = sum(len(event) for _ in range(256) for event in reader.feed(piece) if isinstance(event, bytes))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert received > 15 * 1024 * 1024
    assert peak < 64 * len(piece)


def test_a_path_can_t_break_out_of_the_head_of_an_upload() -> None:
    before, after = envelope("b", '/tmp/"x"\r\nEvil: yes')
    disposition = before.split(b"\r\n")[-4]
    assert b'Content-Disposition: form-data; name="files[0].file"; filename="_x___Evil: yes"' == disposition
    assert b"\r\n--b--\r\n" == after
    assert b'filename="upload"' in envelope("b", "/dir/")[0]
