"""Uploads: several files and single ones, whole or not at all."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from daytona_local.toolbox import uploads
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.conftest import ClientOf
from tests.unit.daytona_local.toolbox.shell import shell

BOUNDARY = "edge"
KIND = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


@pytest.fixture
def client(toolbox: ClientOf) -> httpx.AsyncClient:
    """Return a client of the uploads."""
    return toolbox(uploads.routes)


def field(name: str, content: bytes, more: str = "") -> bytes:
    """Return one part of a form."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'
    return head.encode() + content + b"\r\n"


LAST = f"--{BOUNDARY}--\r\n".encode()


async def pieces(data: bytes, size: int) -> AsyncIterator[bytes]:
    """Yield data in pieces."""
    for start in range(0, len(data), size):
        yield data[start : start + size]


async def test_several_files_go_where_their_paths_say(box: Running, client: httpx.AsyncClient) -> None:
    data = {"files[0].path": "/tmp/x y.bin", "files[1].path": "deep/er/é.txt"}
    files = {"files[0].file": ("elsewhere", b"\x00\xff\r\n--"), "files[1].file": ("/tmp/no", b"")}

    answer = await client.post("/files/bulk-upload", data=data, files=files)

    taken = [{"path": "/tmp/x y.bin", "bytes": 6}, {"path": "deep/er/é.txt", "bytes": 0}]
    assert (200, {"files": taken}) == (answer.status_code, answer.json())
    assert "00ff0d0a2d2d\n644 0\n" == await shell(
        box, "xxd -p '/tmp/x y.bin'; stat -c '%a %s' deep/er/é.txt; test ! -e /tmp/no"
    )


@pytest.mark.parametrize("size", [1, 7, 4096])
async def test_paths_may_come_between_the_files_and_in_any_pieces(
    box: Running, client: httpx.AsyncClient, size: int
) -> None:
    body = b"".join([
        field("files[0].path", b"a"), field("files[0].file", b"A" * 300, '; filename="%2Fa"'),
        field("ignored", b"x"),
        field("files[1].path", b"b"), field("files[1].file", b"B\r\n--edg", '; filename="b"'), LAST,
    ])  # fmt: skip

    answer = await client.post("/files/bulk-upload", content=pieces(body, size), headers=KIND)

    assert 200 == answer.status_code
    assert "300 A\nB\r\n--edg" == await shell(box, "echo $(wc -c < a) $(head -c1 a); cat b")


async def test_a_file_that_is_overwritten_keeps_its_mode(box: Running, client: httpx.AsyncClient) -> None:
    await shell(box, "echo a long text before > run.sh; chmod 755 run.sh; ln -s run.sh link")

    answer = await client.post(
        "/files/bulk-upload", data={"files[0].path": "link"}, files={"files[0].file": b"new"}
    )

    assert 200 == answer.status_code
    assert "new 755 run.sh\n" == await shell(box, "echo $(cat run.sh) $(stat -c %a run.sh) $(readlink link)")


async def test_one_file_that_is_refused_keeps_no_other_from_its_place(
    box: Running, client: httpx.AsyncClient
) -> None:
    await shell(box, "mkdir folder")
    data = {"files[0].path": "/usr/no", "files[1].path": "folder", "files[2].path": "yes"}
    files = {f"files[{number}].file": b"content" for number in range(4)}

    answer = await client.post("/files/bulk-upload", data=data, files=files)

    assert 400 == answer.status_code
    assert "FILE_ACCESS_DENIED" == answer.json()["code"]
    assert [{"path": "yes", "bytes": 7}] == answer.json()["files"]
    assert ["/usr/no", "folder", "files[3]"] == [
        next(name for name in ("/usr/no", "folder", "files[3]") if name in error)
        for error in answer.json()["errors"]
    ]
    assert "contentfolder yes\n" == await shell(box, "cat yes; echo $(ls -A)")


@pytest.mark.parametrize("cut", [20, 120, 5000, -5])
@pytest.mark.parametrize("path", ["old", "new/file"])
async def test_an_upload_that_breaks_off_leaves_no_half_file(
    box: Running, client: httpx.AsyncClient, path: str, cut: int
) -> None:
    await shell(box, "echo before > old")
    body = field("files[0].path", path.encode()) + field("files[0].file", b"x" * 5000) + LAST

    answer = await client.post("/files/bulk-upload", content=pieces(body[:cut], 1000), headers=KIND)

    assert (400, "BAD_REQUEST") == (answer.status_code, answer.json()["code"])
    assert "before\n./old\n" == await shell(box, "cat old; find . -type f")


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Type": "application/json"}, b"{}"),
        ({"Content-Type": "multipart/form-data"}, b""),
        (KIND, b"what is this"),
        (KIND, b""),
    ],
)
async def test_what_is_no_form_is_refused(
    client: httpx.AsyncClient, headers: dict[str, str], body: bytes
) -> None:
    answer = await client.post("/files/bulk-upload", content=body, headers=headers)

    assert (400, "BAD_REQUEST") == (answer.status_code, answer.json()["code"])


async def test_a_path_without_end_is_refused(client: httpx.AsyncClient) -> None:
    body = field("files[0].path", b"x" * 70_000) + LAST

    answer = await client.post("/files/bulk-upload", content=body, headers=KIND)

    assert (400, True) == (answer.status_code, "send less" in answer.json()["errors"][0])


async def test_a_single_file_comes_in_a_form(box: Running, client: httpx.AsyncClient) -> None:
    params = {"path": "in/one.txt"}
    answer = await client.post("/files/upload-v2", params=params, files={"file": ("x", b"content")})

    assert {"name": "one.txt", "path": "in/one.txt", "type": "file"} == answer.json()
    assert "content" == await shell(box, "cat in/one.txt")


async def test_a_single_file_comes_as_the_body(box: Running, client: httpx.AsyncClient) -> None:
    content = pieces(b"x" * 3_000_000, 65536)
    answer = await client.post("/files/upload-v2", params={"path": "one"}, content=content)

    assert (200, "3000000\n") == (answer.status_code, await shell(box, "wc -c < one"))


async def test_a_form_without_the_file_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post("/files/upload-v2", params={"path": "one"}, files={"other": b"content"})

    assert 400 == answer.status_code


async def test_an_upload_needs_a_path(client: httpx.AsyncClient) -> None:
    assert 400 == (await client.post("/files/upload-v2", content=b"x")).status_code


@pytest.mark.parametrize("path", ["folder/", "/", "/dev/null/x"])
async def test_an_upload_to_what_can_be_no_file_is_refused(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.post("/files/upload-v2", params={"path": path}, content=b"x")

    assert (400, "INVALID_FILE_PATH") == (answer.status_code, answer.json()["code"])
