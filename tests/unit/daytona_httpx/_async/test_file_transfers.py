"""Files in and out of a sandbox, whole."""

from __future__ import annotations

import json
import os
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from daytona_httpx import (
    AsyncSandbox,
    DaytonaBadRequestError,
    DaytonaConnectionError,
    DaytonaError,
    DaytonaFileNotFoundError,
    DaytonaValidationError,
    FileDownloadRequest,
    FileUpload,
)

from tests.unit.daytona_httpx.fake_api import FakeApi, refusal

pytestmark = pytest.mark.anyio

MIB = 1024 * 1024


def parts(request: httpx.Request) -> list[bytes]:
    boundary = request.headers["content-type"].partition("boundary=")[2].encode()
    return [part.strip(b"\r\n-") for part in request.content.split(b"--" + boundary)[1:-1]]


def written(path: str) -> bytes:
    return Path(path).read_bytes()


def size(path: Path) -> int:
    return path.stat().st_size


def absent() -> httpx.Response:
    return refusal(404, "file not found", code="FILE_NOT_FOUND", source="DAYTONA_DAEMON")


async def test_bytes_are_uploaded_under_their_path(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/files/bulk-upload", httpx.Response(200))
    await sandbox.fs.upload_file(b"hello", "/tmp/x y.txt")
    path, file = parts(api.requests[0])
    assert str(api.requests[0].url) == "http://toolbox.test/toolbox/s1/files/bulk-upload"
    assert b'name="files[0].path"' in path
    assert path.endswith(b"/tmp/x y.txt")
    assert b'name="files[0].file"' in file
    assert file.endswith(b"hello")


async def test_several_files_are_one_request(sandbox: AsyncSandbox, api: FakeApi, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"local")
    api.on("POST", "/files/bulk-upload", httpx.Response(200))
    await sandbox.fs.upload_files([FileUpload(b"a", "/a"), FileUpload(tmp_path / "f", "/b")])
    await sandbox.fs.upload_files([])
    assert len(api.requests) == 1
    sent = parts(api.requests[0])
    assert [b"/a", b"/b", b"a", b"local"] == [part.rpartition(b"\r\n\r\n")[2] for part in sent]


async def test_a_large_file_is_uploaded_in_little_memory(sandbox: AsyncSandbox, tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(64 * MIB)
    received = 0

    class Sink(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            nonlocal received
            assert isinstance(request.stream, AsyncIterator | httpx.AsyncByteStream)
            async for chunk in request.stream:
                received += len(chunk)
            return httpx.Response(200)

    sandbox._transport._client._transport = Sink()
    tracemalloc.start()
    await sandbox.fs.upload_file(str(large), "/large")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert received > 64 * MIB
    assert peak < 16 * MIB


async def test_an_upload_that_is_sent_again_starts_from_the_beginning(
    sandbox: AsyncSandbox, api: FakeApi, tmp_path: Path
) -> None:
    (tmp_path / "f").write_bytes(b"all of it")
    api.on("POST", "/bulk-upload", refusal(429, "slow", {"Retry-After": "1"}), httpx.Response(200))
    await sandbox.fs.upload_file(str(tmp_path / "f"), "/f")
    assert [True, True] == [b"all of it" in request.content for request in api.requests]


async def test_a_local_file_that_isn_t_there_is_no_request(sandbox: AsyncSandbox, api: FakeApi) -> None:
    with pytest.raises(DaytonaFileNotFoundError, match="Failed to upload file: local file none"):
        await sandbox.fs.upload_file("none", "/x")
    assert api.requests == []


async def test_a_file_is_downloaded_as_bytes(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/files/download", httpx.Response(200, content=b"\x00data"))
    assert await sandbox.fs.download_file("/a b") == b"\x00data"
    assert api.requests[0].url.params["path"] == "/a b"


async def test_a_number_in_the_second_place_is_the_timeout(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/files/download", httpx.Response(200, content=b"x"))
    assert await sandbox.fs.download_file("/a", 7) == b"x"
    assert api.requests[0].extensions["timeout"]["read"] == pytest.approx(7)


async def test_a_file_is_downloaded_to_a_local_path(
    sandbox: AsyncSandbox, api: FakeApi, tmp_path: Path
) -> None:
    api.on("GET", "/files/download", httpx.Response(200, content=b"data"))
    await sandbox.fs.download_file("/a", str(tmp_path / "b"))
    assert (tmp_path / "b").read_bytes() == b"data"


async def test_a_download_that_breaks_leaves_nothing(sandbox: AsyncSandbox, tmp_path: Path) -> None:
    class Breaking(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield b"half"
            raise httpx.ReadError("reset")

    async def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=Breaking())

    sandbox._transport._client._transport = httpx.MockTransport(answer)
    with pytest.raises(DaytonaConnectionError, match="Failed to download file: no answer"):
        await sandbox.fs.download_file("/a", str(tmp_path / "b"))
    assert os.listdir(tmp_path) == []


async def test_a_local_place_that_can_t_be_written_is_said(sandbox: AsyncSandbox, tmp_path: Path) -> None:
    with pytest.raises(DaytonaValidationError, match="Failed to download file: local file"):
        await sandbox.fs.download_file("/a", str(tmp_path / "no" / "b"))


async def test_a_missing_file_is_its_own_error(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/files/download", absent())
    with pytest.raises(DaytonaFileNotFoundError, match="Failed to download file: file not found"):
        await sandbox.fs.download_file("/a")


FORM = 'multipart/form-data; boundary="b0und"'


def form(*parts: tuple[str, str, bytes], end: bytes = b"--b0und--\r\n") -> httpx.Response:
    """Return the answer to a bulk download."""
    body = b"".join(
        f'--b0und\r\nContent-Disposition: form-data; name="{name}"; filename="{path}"\r\n\r\n'.encode()
        + content
        + b"\r\n"
        for name, path, content in parts
    )
    return httpx.Response(200, content=body + end, headers={"Content-Type": FORM})


async def test_each_of_several_downloads_has_its_own_answer(
    sandbox: AsyncSandbox, api: FakeApi, tmp_path: Path
) -> None:
    refused = {
        "message": "no such file",
        "statusCode": 404,
        "code": "FILE_NOT_FOUND",
        "source": "DAYTONA_DAEMON",
    }
    api.on(
        "POST",
        "/files/bulk-download",
        form(
            ("file", "/b", b"local"),
            ("error", "/none", json.dumps(refused).encode()),
            ("file", "/a", b"data"),
        ),
    )
    target = str(tmp_path / "b")
    first, second, third, fourth = await sandbox.fs.download_files(
        [
            FileDownloadRequest("/a"),
            FileDownloadRequest("/none"),
            FileDownloadRequest("/b", target),
            FileDownloadRequest("/silent"),
        ]
    )
    assert [{"paths": ["/a", "/none", "/b", "/silent"]}] == api.bodies("POST")
    assert api.requests[0].headers["accept"] == "multipart/form-data"
    assert (b"data", None) == (first.result, first.error)
    assert (None, "no such file") == (second.result, second.error)
    assert second.error_details is not None
    assert (404, "FILE_NOT_FOUND", "DAYTONA_DAEMON") == (
        second.error_details.status_code,
        second.error_details.code,
        second.error_details.source,
    )
    assert target == third.result
    assert b"local" == written(target)
    assert (None, "No data received for this file") == (fourth.result, fourth.error)


async def test_no_files_are_no_request(sandbox: AsyncSandbox, api: FakeApi) -> None:
    assert [] == await sandbox.fs.download_files([])
    assert [] == api.requests


async def test_an_answer_that_breaks_off_leaves_nothing(
    sandbox: AsyncSandbox, api: FakeApi, tmp_path: Path
) -> None:
    requests = [
        FileDownloadRequest("/a", str(tmp_path / "a")),
        FileDownloadRequest("/b", str(tmp_path / "b")),
    ]
    api.on("POST", "/bulk-download", form(("file", "/a", b"whole"), ("file", "/b", b"half"), end=b""))
    with pytest.raises(DaytonaConnectionError, match="Failed to download files: the answer broke off"):
        await sandbox.fs.download_files(requests)
    assert ["a"] == os.listdir(tmp_path)


async def test_an_answer_that_is_no_form_is_said(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/bulk-download", httpx.Response(200, json={}))
    with pytest.raises(DaytonaError, match="Failed to download files: the answer is no multipart body"):
        await sandbox.fs.download_files([FileDownloadRequest("/a")])


async def test_a_server_that_is_away_or_refuses_fails_all_downloads(
    sandbox: AsyncSandbox, api: FakeApi
) -> None:
    api.on("POST", "/bulk-download", httpx.ReadError("reset"))
    with pytest.raises(DaytonaConnectionError, match="Failed to download files: no answer"):
        await sandbox.fs.download_files([FileDownloadRequest("/a")])
    api.on("POST", "/bulk-download", refusal(400, "no paths"))
    with pytest.raises(DaytonaBadRequestError, match="Failed to download files: no paths"):
        await sandbox.fs.download_files([FileDownloadRequest("/a")])


async def test_a_lost_answer_is_asked_for_again(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/bulk-download", httpx.ReadError("reset"), form(("file", "/a", b"data")))
    (answer,) = await sandbox.fs.download_files([FileDownloadRequest("/a")])
    assert answer.result == b"data"


async def test_large_files_are_downloaded_in_little_memory(sandbox: AsyncSandbox, tmp_path: Path) -> None:
    class Large(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield b'--b0und\r\nContent-Disposition: form-data; name="file"; filename="/a"\r\n\r\n'
            for _ in range(512):
                yield bytes(64 * 1024)
            yield b"\r\n--b0und--\r\n"

    async def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=Large(), headers={"Content-Type": FORM})

    sandbox._transport._client._transport = httpx.MockTransport(answer)
    tracemalloc.start()
    await sandbox.fs.download_files([FileDownloadRequest("/a", str(tmp_path / "a"))])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert 32 * MIB == size(tmp_path / "a")
    assert peak < 8 * MIB


async def test_a_file_that_couldn_t_be_written_there_is_an_error(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on(
        "POST",
        "/bulk-upload",
        httpx.Response(200, json={"files": [], "errors": ["/root/x: permission denied"]}),
        httpx.Response(400, json={"errors": ["a: no", "b: no"]}),
    )
    with pytest.raises(DaytonaError, match="Failed to upload file: /root/x: permission denied"):
        await sandbox.fs.upload_file(b"x", "/root/x")
    with pytest.raises(DaytonaBadRequestError, match="Failed to upload files: a: no, b: no"):
        await sandbox.fs.upload_files([FileUpload(b"x", "/a")])
