"""Files that are made to hurt: they lead out, block, never end, or have names that nobody expects."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import httpx
import pytest
from daytona_local.records import Sandbox
from daytona_local.runtime.bubblewrap import BubblewrapRuntime
from daytona_local.toolbox import files
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.conftest import ClientOf, boot
from tests.unit.daytona_local.toolbox.shell import shell


@pytest.fixture
def client(toolbox: ClientOf) -> httpx.AsyncClient:
    """Return a client of the file operations."""
    return toolbox(files.routes)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """Return a file of the host's that no sandbox may see."""
    path = tmp_path / "secret"
    path.write_text("of the host")
    return path


def text_of(path: Path) -> str:
    """Return what a file of the host has in it."""
    return path.read_text()


async def download(client: httpx.AsyncClient, path: str) -> httpx.Response:
    """Ask for a file."""
    return await asyncio.wait_for(client.get("/files/download", params={"path": path}), 10)


@pytest.mark.parametrize("way", ["../" * 30, "/proc/1/root/", "/proc/self/root/../../", "/proc/1/cwd/"])
async def test_no_path_leads_to_the_hosts_files(client: httpx.AsyncClient, secret: Path, way: str) -> None:
    answer = await download(client, f"{way}{str(secret).lstrip('/')}")

    assert answer.status_code in (400, 403, 404)


@pytest.mark.parametrize("target", ["{secret}", "../../../../../../../..{secret}", "/proc/1/root{secret}"])
async def test_no_link_leads_to_the_hosts_files(
    box: Running, client: httpx.AsyncClient, secret: Path, target: str
) -> None:
    await shell(box, f"ln -s {target.format(secret=secret)} link; ln -s {secret.parent} folder")

    found = [await download(client, path) for path in ("link", "folder/secret")]
    await client.post("/files/upload-v2", params={"path": "folder/secret"}, content=b"overwritten")
    await client.delete("/files", params={"path": "folder", "recursive": "true"})

    assert [404, 404] == [answer.status_code for answer in found]
    assert "of the host" == text_of(secret)


async def test_an_upload_through_a_link_stays_inside(
    box: Running, client: httpx.AsyncClient, secret: Path, runtime: BubblewrapRuntime
) -> None:
    await shell(box, f"ln -s {secret} link")

    answer = await client.post("/files/upload-v2", params={"path": "link"}, content=b"inside")

    assert 200 == answer.status_code
    assert "of the host" == text_of(secret)
    assert "inside" == (await download(client, str(secret))).text
    assert "inside" == text_of(runtime._files.root(box.sandbox.id) / str(secret).lstrip("/"))


async def test_no_sandbox_reads_anothers_files(
    box: Running, client: httpx.AsyncClient, runtime: BubblewrapRuntime
) -> None:
    other = await boot(runtime, Sandbox(name="other"))
    await shell(other, "echo private > /tmp/mine")
    place = runtime._files.root(other.sandbox.id)

    found = [await download(client, path) for path in ("/tmp/mine", f"{place}/tmp/mine")]

    assert [404, 404] == [answer.status_code for answer in found]
    assert "" == await shell(box, "ls /tmp")


@pytest.mark.parametrize("path", ["pipe", "/dev/zero", "/dev/tty", "/dev/random", "socket", "link"])
async def test_what_would_block_or_never_end_is_refused_at_once(
    box: Running, client: httpx.AsyncClient, path: str
) -> None:
    await shell(
        box,
        "mkfifo pipe; ln -s pipe link; ln -s /dev/zero zero;"
        "python3 -c \"import socket; socket.socket(socket.AF_UNIX).bind('socket')\"",
    )

    answer = await download(client, path)
    searched = await client.get("/files/find", params={"path": ".", "pattern": "x"})
    replaced = await client.post("/files/replace", json={"files": [path], "pattern": "x", "newValue": "y"})

    assert 400 == answer.status_code
    assert (200, []) == (searched.status_code, searched.json())
    assert [False] == [result["success"] for result in replaced.json()]


async def test_a_pipe_is_replaced_by_an_upload_not_written_to(
    box: Running, client: httpx.AsyncClient
) -> None:
    await shell(box, "mkfifo pipe")

    answer = await client.post("/files/upload-v2", params={"path": "pipe"}, content=b"content")

    assert (200, "content") == (answer.status_code, (await download(client, "pipe")).text)


async def test_files_of_the_kernel_are_read_as_the_nothing_that_they_say_they_are(
    client: httpx.AsyncClient,
) -> None:
    assert (200, b"") == ((await download(client, "/proc/self/maps")).status_code, b"")


NAMES = ["two\nlines", "\x1b[31mred", "-rf", "a'b\"c", "…", "{}", "a;b", "\t", " "]


@pytest.mark.parametrize("name", NAMES)
async def test_a_name_may_be_anything(box: Running, client: httpx.AsyncClient, name: str) -> None:
    data, content = {"files[0].path": f"d/{name}"}, {"files[0].file": b"needle"}

    assert 200 == (await client.post("/files/bulk-upload", data=data, files=content)).status_code
    assert [name] == [info["name"] for info in (await client.get("/files", params={"path": "d"})).json()]
    assert b"needle" == (await download(client, f"d/{name}")).content
    found = await client.get("/files/find", params={"path": "d", "pattern": "needle"})
    assert [f"d/{name}"] == [match["file"] for match in found.json()]
    assert 204 == (await client.delete("/files", params={"path": f"d/{name}"})).status_code
    assert "\n" not in (await download(client, f"d/{name}")).json()["message"]


async def test_names_and_lines_that_are_no_text_are_told_all_the_same(
    box: Running, client: httpx.AsyncClient
) -> None:
    await shell(box, "mkdir d; printf 'x\\377' > \"d/$(printf 'a\\377')\"; touch \"d/$(printf 'b\\200')\"")

    listed = await client.get("/files", params={"path": "d"})
    searched = await client.get("/files/search", params={"path": "d", "pattern": "*"})
    found = await client.get("/files/find", params={"path": "d", "pattern": "x"})

    assert ["a\ufffd", "b\ufffd"] == [info["name"] for info in listed.json()]
    assert ["d/a\ufffd", "d/b\ufffd"] == searched.json()["files"]
    assert [{"file": "d/a\ufffd", "line": 1, "content": "x\ufffd"}] == found.json()


DEEP = "import os\nfor _ in range(5000):\n    os.mkdir('d'); os.chdir('d')\nopen('file', 'w').write('needle')"


async def test_a_tree_that_is_deeper_than_paths_go_is_handled_and_removed(
    box: Running, client: httpx.AsyncClient, runtime: BubblewrapRuntime
) -> None:
    box.env["DEEP"] = DEEP
    await shell(box, 'mkdir top; cd top; python3 -c "$DEEP"')

    listed = await client.get("/files", params={"path": "top", "depth": "1000000000"})
    searched = await client.get("/files/search", params={"path": "top", "pattern": "file"})
    found = await client.get("/files/find", params={"path": "top", "pattern": "needle"})
    removed = await client.delete("/files", params={"path": "top", "recursive": "true"})

    assert [200, 200, 200, 204] == [answer.status_code for answer in (listed, searched, found, removed)]
    assert 900 < len(listed.json())
    assert "" == await shell(box, "ls")


async def test_a_sandbox_goes_however_deep_its_files_are(box: Running, runtime: BubblewrapRuntime) -> None:
    box.env["DEEP"] = DEEP
    await shell(box, 'mkdir -m 0 shut; mkdir top; cd top; python3 -c "$DEEP"; chmod 0 .')

    await runtime.destroy(box.sandbox.id)

    assert not runtime._files.root(box.sandbox.id).parent.exists()


async def test_a_listing_without_end_is_refused(box: Running, client: httpx.AsyncClient) -> None:
    await shell(box, "mkdir d; cd d; python3 -c \"for n in range(100_001): open(str(n), 'w').close()\"")

    listed = await client.get("/files", params={"path": "d"})
    searched = await client.get("/files/search", params={"path": "d", "pattern": "*"})

    assert [400, 400] == [listed.status_code, searched.status_code]
    assert "list a smaller folder" in listed.json()["message"]


async def test_matches_without_end_are_refused_and_the_sandbox_goes_on(
    box: Running, client: httpx.AsyncClient
) -> None:
    """Together they are longer than a message may be: nothing of that size goes to the server."""
    await shell(box, "python3 -c \"open('f', 'w').write(('x' + chr(1) * 60_000 + chr(10)) * 300)\"")

    answer = await client.get("/files/find", params={"path": "f", "pattern": "x"})

    assert (400, True) == (answer.status_code, "ask for less" in answer.json()["message"])
    assert "here\n" == await shell(box, "echo here")


async def test_an_upload_may_not_take_the_place_of_what_is_not_its_own(
    box: Running, client: httpx.AsyncClient
) -> None:
    for path in (
        "/usr/bin/python3",
        "/etc/ssl/certs/x",
        "/proc/self/mem",
        "/run/daytona/agent_program/files.py",
    ):
        answer = await client.post("/files/upload-v2", params={"path": path}, content=b"x")
        assert answer.status_code in (400, 403, 404), path


async def test_a_bulk_download_of_anything_is_one_whole_answer(
    box: Running, client: httpx.AsyncClient
) -> None:
    await shell(box, "mkfifo pipe; echo fine > fine")
    paths = ["pipe", "/dev/zero", "../" * 50 + "etc/shadow", "", "fine", "\0", "x" * 5000, '"\r\nX: y']

    answer = await client.post("/files/bulk-download", json={"paths": paths})

    boundary = answer.headers["content-type"].partition("boundary=")[2]
    parts = answer.text.split(f"--{boundary}")
    assert (len(paths) + 2, "--\r\n") == (len(parts), parts[-1])
    assert 1 == sum('name="file"' in part for part in parts)
    assert not any("\r\nX: y" in part for part in parts)
    codes = [json.loads(part.split("\r\n\r\n")[1])["code"] for part in parts if 'name="error"' in part]
    assert {"INVALID_FILE_PATH", "FILE_NOT_FOUND"} == set(codes)
