"""Where the files of a bulk download go."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from daytona_httpx import FileDownloadRequest
from daytona_httpx.downloads import Downloads
from daytona_httpx.multipart import Part


def take(downloads: Downloads, name: str, path: str, *pieces: bytes) -> None:
    downloads.take(Part(name, path))
    for piece in (*pieces, b""):
        downloads.take(piece)


def test_a_file_goes_into_memory_or_to_its_place(tmp_path: Path) -> None:
    target = str(tmp_path / "b")
    with Downloads([FileDownloadRequest("/a"), FileDownloadRequest("/b", target)]) as downloads:
        take(downloads, "file", "/b", b"o", b"ne")
        take(downloads, "file", "/a")
    first, second = downloads.finish()
    assert (b"", None) == (first.result, first.error)
    assert (target, None) == (second.result, second.error)
    assert (tmp_path / "b").read_bytes() == b"one"


def test_a_file_asked_for_twice_is_asked_once_and_goes_to_both_places(tmp_path: Path) -> None:
    target = str(tmp_path / "a")
    with Downloads([FileDownloadRequest("/a"), FileDownloadRequest("/a", target)]) as downloads:
        assert ["/a"] == downloads.paths
        take(downloads, "file", "/a", b"one")
    assert [b"one", target] == [answer.result for answer in downloads.finish()]


def test_a_place_that_can_t_be_written_spoils_only_its_own_file(tmp_path: Path) -> None:
    bad = str(tmp_path / "no" / "a")
    with Downloads([FileDownloadRequest("/a", bad), FileDownloadRequest("/b")]) as downloads:
        take(downloads, "file", "/a", b"one")
        take(downloads, "file", "/b", b"two")
    first, second = downloads.finish()
    assert f"local file {bad}: No such file or directory" == first.error
    assert first.result is None
    assert second.result == b"two"


def test_a_file_that_isn_t_whole_leaves_nothing(tmp_path: Path) -> None:
    with Downloads([FileDownloadRequest("/a", str(tmp_path / "a"))]) as downloads:
        downloads.take(Part("file", "/a"))
        downloads.take(b"half")
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            json.dumps({"message": "no", "statusCode": 403, "code": "C", "source": "S"}).encode(),
            ("no", 403, "C", "S"),
        ),
        (b"plain words\n", ("plain words", None, None, None)),
        (b"[1]", ("[1]", None, None, None)),
        (b"", ("refused without a reason", None, None, None)),
    ],
)
def test_a_reason_is_kept_in_the_server_s_words(
    said: bytes, expected: tuple[str, int | None, str | None, str | None]
) -> None:
    with Downloads([FileDownloadRequest("/a")]) as downloads:
        take(downloads, "error", "/a", *([said] if said else []))
    (answer,) = downloads.finish()
    details = answer.error_details
    assert details is not None
    assert expected == (details.message, details.status_code, details.code, details.source)
    assert (expected[0], None) == (answer.error, answer.result)


def test_what_nobody_asked_for_is_left_out_and_silence_is_an_error() -> None:
    with Downloads([FileDownloadRequest("/a")]) as downloads:
        take(downloads, "file", "/other", b"x")
    (answer,) = downloads.finish()
    assert ("No data received for this file", None) == (answer.error, answer.result)
