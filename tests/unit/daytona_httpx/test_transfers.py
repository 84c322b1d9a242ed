"""Local files: read where they are, written whole or not at all."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from daytona_httpx import (
    DaytonaConnectionError,
    DaytonaError,
    DaytonaFileNotFoundError,
    DaytonaValidationError,
    FileDownloadErrorDetails,
)
from daytona_httpx.transfers import PIECE, opened, pieces_of, refuse_errors, stop_when_set, written_whole


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "f"
    with written_whole(target) as file:
        file.write(b"all")
        assert not target.exists()
    assert target.read_bytes() == b"all"
    assert [target] == list(tmp_path.iterdir())


def test_a_download_that_broke_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "f"
    target.write_bytes(b"old")

    def download() -> None:
        with written_whole(target) as file:
            file.write(b"ha")
            raise DaytonaConnectionError("no answer")

    with pytest.raises(DaytonaConnectionError):
        download()
    assert target.read_bytes() == b"old"
    assert [target] == list(tmp_path.iterdir())


def test_a_place_that_can_t_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(DaytonaValidationError, match="No such file"), written_whole(tmp_path / "no" / "f"):
        pass


def test_a_local_file_that_isn_t_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DaytonaFileNotFoundError, match="none: No such file"):
        opened(tmp_path / "none")


def test_bytes_and_files_are_read_piece_by_piece(tmp_path: Path) -> None:
    content = bytes(range(256)) * 3 * (PIECE // 256) + b"rest"
    (tmp_path / "f").write_bytes(content)
    for source in (content, bytearray(content), tmp_path / "f", str(tmp_path / "f")):
        pieces = list(pieces_of(source))
        assert [PIECE, PIECE, PIECE, 4] == [len(piece) for piece in pieces]
        assert content == b"".join(pieces)
    assert [] == list(pieces_of(b""))


def test_both_kinds_of_events_cancel() -> None:
    for event in (threading.Event(), asyncio.Event()):
        stop_when_set(event, "/x")
        event.set()
        with pytest.raises(DaytonaError, match="/x was cancelled by the caller"):
            stop_when_set(event, "/x")
    stop_when_set(None, "/x")


def test_errors_in_an_answer_to_an_upload_are_errors() -> None:
    answers: list[Any] = [None, {}, {"files": [], "errors": []}, {"errors": None}, []]
    for answer in answers:
        refuse_errors(answer)
    with pytest.raises(DaytonaError, match="a: no, b: no"):
        refuse_errors({"errors": ["a: no", "b: no"]})


def test_details_of_a_failure_give_the_code_both_its_names() -> None:
    assert "GONE" == FileDownloadErrorDetails("no", code="GONE").error_code
    assert "GONE" == FileDownloadErrorDetails("no", error_code="GONE").code
