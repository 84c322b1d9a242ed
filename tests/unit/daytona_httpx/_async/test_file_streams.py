"""Files in and out of a sandbox, piece by piece."""

from __future__ import annotations

import asyncio
import io
import threading
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import httpx
import pytest
from daytona_httpx import (
    AsyncSandbox,
    DaytonaConnectionError,
    DaytonaError,
    DaytonaFileNotFoundError,
    DaytonaValidationError,
    DownloadProgress,
    UploadProgress,
)

from tests.unit.daytona_httpx.fake_api import FakeApi, refusal

pytestmark = pytest.mark.anyio

MIB = 1024 * 1024


class Pieces(httpx.AsyncByteStream):
    """Send pieces, and note whether the connection was closed."""

    def __init__(self, *pieces: bytes | Exception, repeat: int = 1) -> None:
        self.pieces, self.repeat, self.is_closed = pieces, repeat, False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for _ in range(self.repeat):
            for piece in self.pieces:
                if isinstance(piece, Exception):
                    raise piece
                yield piece

    async def aclose(self) -> None:
        self.is_closed = True


def serve(sandbox: AsyncSandbox, pieces: Pieces, **headers: str) -> None:
    async def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=pieces, headers=headers)

    sandbox._transport._client._transport = httpx.MockTransport(answer)


class Receiver(httpx.AsyncBaseTransport):
    """Take an upload piece by piece."""

    def __init__(self) -> None:
        self.size = 0
        self.request: httpx.Request | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.request = request
        stream: Any = request.stream
        async for chunk in stream:
            self.size += len(chunk)
        return httpx.Response(200)


def content_of(request: httpx.Request) -> tuple[bytes, bytes]:
    """Return the path and the content of an upload."""
    boundary = request.headers["content-type"].partition("boundary=")[2].encode()
    _, path, file, end = request.content.split(b"--" + boundary)
    assert end == b"--\r\n"
    return path.split(b"\r\n")[-2], file.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n")


async def test_a_file_comes_in_pieces_with_progress(sandbox: AsyncSandbox) -> None:
    pieces, seen = Pieces(b"one", b"three"), list[DownloadProgress]()
    serve(sandbox, pieces, **{"Content-Length": "8"})
    got = [one async for one in await sandbox.fs.download_file_stream("/a", on_progress=seen.append)]
    assert [b"one", b"three"] == got
    assert [DownloadProgress(3, 8), DownloadProgress(8, 8)] == seen
    assert pieces.is_closed


async def test_a_total_that_the_server_doesn_t_tell_is_none(sandbox: AsyncSandbox) -> None:
    seen = list[DownloadProgress]()

    async def take(progress: DownloadProgress) -> None:
        await asyncio.sleep(1)
        seen.append(progress)

    serve(sandbox, Pieces(b"one"))
    assert [b"one"] == [one async for one in await sandbox.fs.download_file_stream("/a", on_progress=take)]
    assert [DownloadProgress(3, None)] == seen


async def test_the_request_is_that_of_a_download(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/files/download", httpx.Response(200, content=b"x"))
    stream = await sandbox.fs.download_file_stream("/a b", timeout=9)
    assert api.requests == []
    assert [b"x"] == [piece async for piece in stream]
    assert api.requests[0].url.params["path"] == "/a b"
    assert api.requests[0].extensions["timeout"]["read"] == pytest.approx(9)


async def test_a_download_is_cancelled_before_its_next_piece(sandbox: AsyncSandbox) -> None:
    pieces, event = Pieces(b"one", b"two", b"three"), threading.Event()
    serve(sandbox, pieces)
    stream: Any = await sandbox.fs.download_file_stream("/a", cancel_event=event)
    assert await anext(stream) == b"one"
    event.set()
    with pytest.raises(DaytonaError, match="Failed to download file: /a was cancelled by the caller"):
        await anext(stream)
    assert pieces.is_closed


async def test_a_stream_that_nobody_reads_to_its_end_is_closed(sandbox: AsyncSandbox) -> None:
    pieces = Pieces(b"one", b"two")
    serve(sandbox, pieces)
    stream: Any = await sandbox.fs.download_file_stream("/a")
    async with aclosing(stream):
        assert await anext(stream) == b"one"
    assert pieces.is_closed


async def test_a_download_that_is_refused_or_breaks_is_an_error(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on(
        "GET",
        "/files/download",
        refusal(404, "file not found", code="FILE_NOT_FOUND", source="DAYTONA_DAEMON"),
    )
    with pytest.raises(DaytonaFileNotFoundError, match="Failed to download file: file not found"):
        [piece async for piece in await sandbox.fs.download_file_stream("/a")]
    serve(sandbox, Pieces(b"half", httpx.ReadError("reset")))
    with pytest.raises(DaytonaConnectionError, match="Failed to download file: no answer"):
        [piece async for piece in await sandbox.fs.download_file_stream("/a")]
    with pytest.raises(DaytonaValidationError, match="Failed to download file: Timeout must be"):
        await sandbox.fs.download_file_stream("/a", timeout=-1)


async def test_a_large_file_is_downloaded_in_little_memory(sandbox: AsyncSandbox) -> None:
    serve(sandbox, Pieces(bytes(64 * 1024), repeat=1024))
    received = 0
    tracemalloc.start()
    async for piece in await sandbox.fs.download_file_stream("/a"):
        received += len(piece)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert 64 * MIB == received
    assert peak < 16 * MIB


class AsyncFile:
    """Be a file that only async code can read."""

    def __init__(self, content: bytes) -> None:
        self.rest = content

    async def read(self, size: int) -> bytes:
        piece, self.rest = self.rest[:2], self.rest[2:]
        return piece


async def generated() -> AsyncIterator[bytes]:
    yield b"con"
    yield b""
    yield b"tent"


def plain() -> Iterator[bytes]:
    yield b"con"
    yield b"tent"


@pytest.mark.parametrize(
    "make",
    [
        lambda path: b"content",
        lambda path: bytearray(b"content"),
        lambda path: memoryview(b"content"),
        lambda path: path,
        str,
        lambda path: io.BytesIO(b"content"),
        lambda path: AsyncFile(b"content"),
        lambda path: generated(),
        lambda path: plain(),
        lambda path: [b"con", b"tent"],
    ],
    ids=[
        "bytes",
        "bytearray",
        "memoryview",
        "Path",
        "str",
        "file",
        "async file",
        "async",
        "iterator",
        "list",
    ],
)
async def test_whatever_gives_bytes_is_uploaded(
    sandbox: AsyncSandbox, api: FakeApi, tmp_path: Path, make: Any
) -> None:
    (tmp_path / "f").write_bytes(b"content")
    api.on("POST", "/files/bulk-upload", httpx.Response(200))
    seen = list[UploadProgress]()
    await sandbox.fs.upload_file_stream(make(tmp_path / "f"), "/tmp/x y.txt", on_progress=seen.append)
    assert (b"/tmp/x y.txt", b"content") == content_of(api.requests[0])
    assert api.requests[0].headers["transfer-encoding"] == "chunked"
    assert UploadProgress(7) == seen[-1]


async def test_an_open_file_is_read_from_where_it_stands(sandbox: AsyncSandbox, api: FakeApi) -> None:
    file = io.BytesIO(b"head content")
    file.seek(5)
    api.on("POST", "/bulk-upload", refusal(429, "slow", {"Retry-After": "1"}), httpx.Response(200))
    await sandbox.fs.upload_file_stream(file, "/x")
    assert [b"content", b"content"] == [content_of(request)[1] for request in api.requests]


async def test_a_path_is_read_anew_when_it_is_sent_again(
    sandbox: AsyncSandbox, api: FakeApi, tmp_path: Path
) -> None:
    (tmp_path / "f").write_bytes(b"content")
    api.on("POST", "/bulk-upload", refusal(429, "slow", {"Retry-After": "1"}), httpx.Response(200))
    await sandbox.fs.upload_file_stream(tmp_path / "f", "/x")
    assert [b"content", b"content"] == [content_of(request)[1] for request in api.requests]


async def test_what_can_be_read_once_is_not_sent_in_part(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/bulk-upload", refusal(429, "slow", {"Retry-After": "1"}), httpx.Response(200))
    with pytest.raises(DaytonaError, match="Failed to upload file: the server wants it once more, and the"):
        await sandbox.fs.upload_file_stream(generated(), "/x")
    assert len(api.requests) == 1


async def test_an_upload_is_cancelled_before_its_next_piece(sandbox: AsyncSandbox, api: FakeApi) -> None:
    event, seen = asyncio.Event(), list[UploadProgress]()

    async def take(progress: UploadProgress) -> None:
        seen.append(progress)
        event.set()

    with pytest.raises(DaytonaError, match="Failed to upload file: /x was cancelled by the caller"):
        await sandbox.fs.upload_file_stream(generated(), "/x", on_progress=take, cancel_event=event)
    assert [UploadProgress(3)] == seen
    with pytest.raises(DaytonaError, match="was cancelled"):
        await sandbox.fs.upload_file_stream(b"x", "/x", cancel_event=event)
    assert api.requests == []


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("none", "Failed to upload file: local file none: No such file"),
        (5, "Failed to upload file: int can't be uploaded; give bytes or a path"),
        (io.StringIO("text"), "Failed to upload file: the source gives text; open the file with mode 'rb'"),
    ],
)
async def test_what_can_t_be_uploaded_is_said(
    sandbox: AsyncSandbox, api: FakeApi, source: Any, message: str
) -> None:
    with pytest.raises(DaytonaError, match=message):
        await sandbox.fs.upload_file_stream(source, "/x")
    assert api.requests == []


async def test_what_the_caller_s_own_code_raises_is_the_caller_s(sandbox: AsyncSandbox) -> None:
    async def failing() -> AsyncIterator[bytes]:
        yield b"x"
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        await sandbox.fs.upload_file_stream(failing(), "/x")


async def test_a_file_that_couldn_t_be_written_there_is_an_error(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/bulk-upload", httpx.Response(200, json={"files": [], "errors": ["/x: read-only"]}))
    with pytest.raises(DaytonaError, match="Failed to upload file: /x: read-only"):
        await sandbox.fs.upload_file_stream(b"x", "/x")


@pytest.mark.parametrize("kind", ["path", "generator"])
async def test_a_large_file_is_uploaded_in_little_memory(
    sandbox: AsyncSandbox, tmp_path: Path, kind: str
) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(64 * MIB)
    receiver = Receiver()
    sandbox._transport._client._transport = receiver
    source: Any = tmp_path / "large" if kind == "path" else (bytes(64 * 1024) for _ in range(1024))
    tracemalloc.start()
    await sandbox.fs.upload_file_stream(source, "/large")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert receiver.size > 64 * MIB
    assert peak < 16 * MIB
