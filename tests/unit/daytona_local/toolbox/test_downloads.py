"""Downloads: single files, and several in one answer."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from email import message_from_bytes
from email.message import Message
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from daytona_local.toolbox import downloads
from daytona_local.toolbox.blocking import blocking
from daytona_local.toolbox.running import Running
from starlette.requests import ClientDisconnect

from tests.unit.daytona_local.conftest import ClientOf
from tests.unit.daytona_local.toolbox.shell import shell


@pytest.fixture
def client(toolbox: ClientOf) -> httpx.AsyncClient:
    """Return a client of the downloads."""
    return toolbox(downloads.routes)


def parts_of(answer: httpx.Response) -> list[Message]:
    """Return the parts of a multipart answer."""
    kind = answer.headers["content-type"].encode()
    message = message_from_bytes(b"Content-Type: " + kind + b"\r\n\r\n" + answer.content)
    assert not message.defects
    return [part for part in message.get_payload() if isinstance(part, Message)]


def name_of(part: Message) -> str:
    """Return the path that a part is for, as clients read it."""
    plain, _, exact = part["content-disposition"].partition("; filename*=utf-8''")
    return unquote(exact) if exact else plain.partition('filename="')[2][:-1]


def content_of(part: Message) -> bytes | None:
    """Return the content of a file's part, None for an error's."""
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return None if part.get_content_type() == "application/json" else content


async def test_a_file_is_handed_out_as_it_is(box: Running, client: httpx.AsyncClient) -> None:
    await shell(box, "seq 300000 > 'some file'")

    answer = await client.get("/files/download", params={"path": "some file"})

    assert "".join(f"{number}\n" for number in range(1, 300_001)) == answer.text
    assert str(len(answer.content)) == answer.headers["content-length"]
    assert 'attachment; filename="some file"' == answer.headers["content-disposition"]
    assert "application/octet-stream" == answer.headers["content-type"]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("nothing", 404, "FILE_NOT_FOUND"),
        ("shut", 403, "FILE_ACCESS_DENIED"),
        ("/tmp", 400, "INVALID_FILE_PATH"),
        ("", 400, "BAD_REQUEST"),
    ],
)
async def test_what_cannot_be_handed_out_says_why(
    box: Running, client: httpx.AsyncClient, path: str, status: int, code: str
) -> None:
    await shell(box, "touch shut; chmod 0 shut")

    answer = await client.get("/files/download", params={"path": path})

    assert (status, code) == (answer.status_code, answer.json()["code"])


async def test_several_files_come_in_one_answer(box: Running, client: httpx.AsyncClient) -> None:
    await shell(box, "printf abc > a.txt; printf '\\r\\n--\\000' > b; touch empty")

    answer = await client.post("/files/bulk-download", json={"paths": ["a.txt", "b", "nothing", "empty"]})

    parts = parts_of(answer)
    assert ["file", "file", "error", "file"] == [
        part.get_param("name", header="content-disposition") for part in parts
    ]
    assert ["a.txt", "b", "nothing", "empty"] == [name_of(part) for part in parts]
    assert ["text/plain", "application/octet-stream", "application/json", "application/octet-stream"] == [
        part.get_content_type() for part in parts
    ]
    contents = [part.get_payload(decode=True) for part in parts]
    assert [b"abc", b"\r\n--\0", b""] == [contents[0], contents[1], contents[3]]
    assert [str(len(content)) for content in contents if isinstance(content, bytes)] == [
        part["content-length"] for part in parts
    ]
    told = {
        "message": "download 'nothing': no such file or directory",
        "statusCode": 404,
        "code": "FILE_NOT_FOUND",
        "source": "DAYTONA_DAEMON",
    }
    assert told == json.loads(str(contents[2], "utf-8") if isinstance(contents[2], bytes) else "")


@pytest.mark.parametrize("name", ['a"b', "a\\b", "é ü", "two\nlines", "100%", "日本", "semi;colon"])
async def test_a_part_is_named_as_it_was_asked_for(
    box: Running, client: httpx.AsyncClient, name: str
) -> None:
    await box.agent.ask("mkdir", path="d", mode=None)
    fd, temporary = await box.agent.upload(f"d/{name}")
    os.write(fd, b"content")
    os.close(fd)
    await box.agent.ask("uploaded", temporary=temporary, path=f"d/{name}")

    answer = await client.post("/files/bulk-download", json={"paths": [f"d/{name}"]})

    (part,) = parts_of(answer)
    assert (f"d/{name}", b"content") == (name_of(part), content_of(part))


@pytest.mark.parametrize("body", [{}, {"paths": []}, {"paths": "x"}, {"paths": [1]}])
async def test_a_download_of_nothing_is_refused(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    answer = await client.post("/files/bulk-download", json=body)

    assert (400, "INVALID_REQUEST_BODY") == (answer.status_code, answer.json()["code"])


def shrink(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file become shorter while it is read."""
    monkeypatch.setattr(downloads, "READ_BYTES", 2)
    monkeypatch.setattr(downloads, "TOGETHER_BYTES", 1)

    async def shrunk(function: Callable[..., bytes], fd: int, size: int) -> bytes:
        data = await blocking(function, fd, size)
        os.truncate(f"/proc/self/fd/{fd}", 2)
        return data

    monkeypatch.setattr(downloads, "blocking", shrunk)


async def test_a_file_that_becomes_shorter_meanwhile_has_an_error_of_its_own(
    box: Running, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await shell(box, "printf 123456 > a; printf 12 > b")
    shrink(monkeypatch)

    answer = await client.post("/files/bulk-download", json={"paths": ["a", "b"]})

    parts = parts_of(answer)
    assert [("a", b"12"), ("a", None), ("b", b"12")] == [(name_of(part), content_of(part)) for part in parts]
    assert "FILE_READ_FAILED" == json.loads(str(parts[1].get_payload()))["code"]


async def test_a_single_file_that_becomes_shorter_meanwhile_breaks_off(
    box: Running, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await shell(box, "printf 123456 > a")
    shrink(monkeypatch)

    with pytest.raises(RuntimeError, match="already started"):  # the server ends the connection
        await client.get("/files/download", params={"path": "a"})


async def test_a_download_that_nobody_reads_to_its_end_leaves_no_descriptor(
    box: Running, client: httpx.AsyncClient
) -> None:
    await shell(box, "head -c 5000000 /dev/zero > a")
    fd, size = await box.agent.open("a", os.O_RDONLY)
    answer = downloads.FileAnswer(fd, downloads._read(fd, size, "a"), {})

    async def send(_: object) -> None:
        raise OSError("the client is gone")

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    with pytest.raises(ClientDisconnect):
        await answer({"type": "http", "method": "GET", "asgi": {"spec_version": "2.4"}}, receive, send)

    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(fd)
