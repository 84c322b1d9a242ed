"""Streams of the sync client: iterators, and sources that are iterable."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from daytona_httpx import (
    Daytona,
    DaytonaError,
    DaytonaValidationError,
    DownloadProgress,
    FileDownloadRequest,
    UploadProgress,
)

from tests.unit.daytona_httpx.fake_api import FakeApi


def generated() -> Iterator[bytes]:
    yield b"con"
    yield b"tent"


def test_a_file_comes_in_pieces_with_progress(sync_client: Daytona, api: FakeApi) -> None:
    api.on("GET", "/files/download", httpx.Response(200, content=b"content"))
    seen = list[DownloadProgress]()
    stream = sync_client.get("s1").fs.download_file_stream("/a", on_progress=seen.append)
    assert b"content" == b"".join(stream)
    assert [DownloadProgress(7, 7)] == seen


def test_a_set_event_cancels(sync_client: Daytona, api: FakeApi) -> None:
    event = threading.Event()
    event.set()
    fs = sync_client.get("s1").fs
    with pytest.raises(DaytonaError, match="Failed to download file: /a was cancelled"):
        next(iter(fs.download_file_stream("/a", cancel_event=event)))
    with pytest.raises(DaytonaError, match="Failed to upload file: /a was cancelled"):
        fs.upload_file_stream(b"x", "/a", cancel_event=event)
    assert len(api.requests) == 1  # the one that got the sandbox


@pytest.mark.parametrize(
    "make",
    [
        lambda path: b"content",
        lambda path: path,
        lambda path: io.BytesIO(b"content"),
        lambda path: generated(),
        lambda path: [b"con", b"tent"],
    ],
    ids=["bytes", "path", "file", "generator", "list"],
)
def test_whatever_gives_bytes_is_uploaded(
    sync_client: Daytona, api: FakeApi, tmp_path: Path, make: Any
) -> None:
    (tmp_path / "f").write_bytes(b"content")
    api.on("POST", "/files/bulk-upload", httpx.Response(200))
    seen = list[UploadProgress]()
    sync_client.get("s1").fs.upload_file_stream(make(tmp_path / "f"), "/x", on_progress=seen.append)
    assert b"\r\n\r\ncontent\r\n--" in api.sent("POST")[0].content
    assert UploadProgress(7) == seen[-1]


def test_a_coroutine_function_is_refused(sync_client: Daytona, api: FakeApi) -> None:
    async def take(progress: UploadProgress) -> None:
        """Never run."""

    handler: Any = take
    with pytest.raises(DaytonaValidationError, match="the sync client takes no coroutine function"):
        sync_client.get("s1").fs.upload_file_stream(b"x", "/x", on_progress=handler)


def test_several_files_come_in_one_answer(sync_client: Daytona, api: FakeApi, tmp_path: Path) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="/a"\r\n\r\ndata\r\n--b--\r\n'
    form = {"Content-Type": "multipart/form-data; boundary=b"}
    api.on("POST", "/files/bulk-download", httpx.Response(200, content=body, headers=form))
    target = str(tmp_path / "a")
    (answer,) = sync_client.get("s1").fs.download_files([FileDownloadRequest("/a", target)])
    assert target == answer.result
    assert b"data" == Path(target).read_bytes()
