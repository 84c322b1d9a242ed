"""The files of a sandbox: listed, described, made, moved, removed, searched and changed."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from daytona_local.toolbox import files
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.conftest import ClientOf
from tests.unit.daytona_local.toolbox.shell import shell

Answer = tuple[int, str]


@pytest.fixture
def client(toolbox: ClientOf) -> httpx.AsyncClient:
    """Return a client of the file operations."""
    return toolbox(files.routes)


def refusal(answer: httpx.Response) -> Answer:
    """Return status and code of a refusal."""
    body: dict[str, Any] = answer.json()
    assert (body["statusCode"], body["source"]) == (answer.status_code, "DAYTONA_DAEMON")
    assert "\n" not in body["message"]
    return answer.status_code, body["code"]


async def test_a_folder_is_listed_with_all_that_is_known_of_its_files(
    box: Running, client: httpx.AsyncClient
) -> None:
    await shell(box, "mkdir -p d/sub; printf abc > d/b.txt; chmod 640 d/b.txt; touch -d @86400.5 d/b.txt")

    answer = await client.get("/files", params={"path": "d"})

    file = {
        "name": "b.txt",
        "path": "/home/daytona/d/b.txt",
        "isDir": False,
        "size": 3,
        "mode": "-rw-r-----",
        "permissions": "0640",
        "owner": "daytona",
        "group": "daytona",
        "modTime": "1970-01-02 00:00:00.500000000 +0000 UTC",
        "modifiedAt": "1970-01-02T00:00:00.500000000Z",
    }
    assert [file, ("sub", True)] == [answer.json()[0], (answer.json()[1]["name"], answer.json()[1]["isDir"])]


async def test_the_working_directory_is_listed_by_default(box: Running, client: httpx.AsyncClient) -> None:
    await shell(box, "touch only")

    assert ["only"] == [file["name"] for file in (await client.get("/files")).json()]


@pytest.mark.parametrize(
    ("depth", "paths"),
    [
        (None, ["/t/a", "/t/z"]),
        ("1", ["/t/a", "/t/z"]),
        ("2", ["/t/a", "/t/a/b", "/t/z"]),
        ("9", ["/t/a", "/t/a/b", "/t/a/b/c", "/t/z"]),
    ],
)
async def test_a_depth_lists_the_content_of_each_folder_right_after_it(
    box: Running, client: httpx.AsyncClient, depth: str | None, paths: list[str]
) -> None:
    await shell(box, "mkdir -p /t/a/b/c /t/z")

    params = {"path": "/t"} | ({"depth": depth} if depth else {})
    answer = await client.get("/files", params=params)

    assert paths == [file["path"] for file in answer.json()]


@pytest.mark.parametrize("depth", ["0", "-1", "x", "1.5", "²"])
async def test_a_depth_that_is_none_is_refused(client: httpx.AsyncClient, depth: str) -> None:
    assert (400, "BAD_REQUEST") == refusal(await client.get("/files", params={"path": "/", "depth": depth}))


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("nothing", 404, "FILE_NOT_FOUND"),
        ("shut/in", 403, "FILE_ACCESS_DENIED"),
        ("file/in", 400, "INVALID_FILE_PATH"),
        ("loop", 400, "INVALID_FILE_PATH"),
        ("x" * 300, 400, "INVALID_FILE_PATH"),
        ("dangling", 404, "FILE_NOT_FOUND"),
        ("nul\0in", 400, "INVALID_FILE_PATH"),
        ("", 400, "BAD_REQUEST"),
    ],
)
async def test_a_file_that_cannot_be_described_says_why(
    box: Running, client: httpx.AsyncClient, path: str, status: int, code: str
) -> None:
    await shell(box, "mkdir -m 0 shut; touch file; ln -s loop loop; ln -s /no/where dangling")

    assert (status, code) == refusal(await client.get("/files/info", params={"path": path}))


async def test_a_folder_is_described(client: httpx.AsyncClient) -> None:
    found = (await client.get("/files/info", params={"path": "/tmp/"})).json()

    assert ("tmp", "/tmp", True, "1777") == (
        found["name"],
        found["path"],
        found["isDir"],
        found["permissions"],
    )


async def test_a_folder_is_made_with_its_parents_and_mode(box: Running, client: httpx.AsyncClient) -> None:
    answer = await client.post("/files/folder", params={"path": "a/b", "mode": "0700"})

    assert (201, b"", "755 700\n") == (
        answer.status_code,
        answer.content,
        await shell(box, "echo $(stat -c %a a a/b)"),
    )


@pytest.mark.parametrize("mode", ["8", "rwx", "-1", "77777"])
async def test_a_mode_that_is_not_octal_is_refused(client: httpx.AsyncClient, mode: str) -> None:
    answer = await client.post("/files/folder", params={"path": "a", "mode": mode})

    assert (400, "BAD_REQUEST") == refusal(answer)


async def test_a_folder_where_a_file_is_is_refused(box: Running, client: httpx.AsyncClient) -> None:
    await shell(box, "touch a")

    assert 409 == (await client.post("/files/folder", params={"path": "a", "mode": "755"})).status_code


async def test_a_file_is_deleted(box: Running, client: httpx.AsyncClient) -> None:
    await shell(box, "touch a b")

    answer = await client.delete("/files", params={"path": "a"})

    assert (204, b"", "b\n") == (answer.status_code, answer.content, await shell(box, "ls"))


async def test_a_folder_is_deleted_only_with_recursive(box: Running, client: httpx.AsyncClient) -> None:
    await shell(box, "mkdir -p a/b; touch a/b/c")

    assert (400, "INVALID_FILE_PATH") == refusal(await client.delete("/files", params={"path": "a"}))
    assert 204 == (await client.delete("/files", params={"path": "a", "recursive": "true"})).status_code
    assert "" == await shell(box, "ls")


async def test_of_a_link_only_the_link_is_deleted(box: Running, client: httpx.AsyncClient) -> None:
    await shell(box, "mkdir a; touch a/kept; ln -s a link")

    await client.delete("/files", params={"path": "link", "recursive": "true"})

    assert "kept\n" == await shell(box, "ls a; ! test -e link")


async def test_a_file_is_moved(box: Running, client: httpx.AsyncClient) -> None:
    await shell(box, "echo content > a; mkdir d")

    answer = await client.post("/files/move", params={"source": "a", "destination": "d/b"})

    assert (200, "content\n") == (answer.status_code, await shell(box, "cat d/b; ! test -e a"))


@pytest.mark.parametrize(
    ("source", "destination", "status", "code"),
    [
        ("a", "taken", 409, "CONFLICT"),
        ("a", "folder", 409, "CONFLICT"),
        ("a", "no/where", 404, "FILE_NOT_FOUND"),
        ("nothing", "b", 404, "FILE_NOT_FOUND"),
        ("a", "/usr/b", 403, "FILE_ACCESS_DENIED"),
        ("folder", "folder/in/itself", 404, "FILE_NOT_FOUND"),
    ],
)
async def test_a_move_that_cannot_be_changes_nothing(
    box: Running, client: httpx.AsyncClient, source: str, destination: str, status: int, code: str
) -> None:
    await shell(box, "touch a taken; mkdir folder")

    answer = await client.post("/files/move", params={"source": source, "destination": destination})

    assert (status, code) == refusal(answer)
    assert "a folder taken\n" == await shell(box, "echo *")


async def test_permissions_are_set(box: Running, client: httpx.AsyncClient) -> None:
    await shell(box, "touch a")

    params = {"path": "a", "mode": "4750", "owner": "daytona", "group": "1000"}
    answer = await client.post("/files/permissions", params=params)

    assert (200, "4750 daytona daytona\n") == (answer.status_code, await shell(box, "stat -c '%a %U %G' a"))


@pytest.mark.parametrize(
    ("params", "status"),
    [({"mode": "9"}, 400), ({"owner": "nobody-knows"}, 400), ({"owner": "root"}, 403), ({"path": "b"}, 404)],
)
async def test_permissions_that_cannot_be_set_are_refused(
    box: Running, client: httpx.AsyncClient, params: dict[str, str], status: int
) -> None:
    await shell(box, "touch a")

    answer = await client.post("/files/permissions", params={"path": "a", **params})

    assert status == refusal(answer)[0]


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("*.py", ["a.py", "sub/deep/c.py", "sub/é.py"]),
        ("?.py", ["a.py", "sub/deep/c.py", "sub/é.py"]),
        ("sub", ["sub"]),
        ("[ab].{py,txt}", ["a.py", "sub/b.txt"]),
        ("[!a]*", ["sub", "sub/b.txt", "sub/deep", "sub/deep/c.py", "sub/é.py"]),
        ("sub/*", ["sub/b.txt", "sub/deep", "sub/é.py"]),
        ("**/*.py", ["a.py", "sub/deep/c.py", "sub/é.py"]),
        ("a.p", []),
        ("a+py", []),
    ],
)
async def test_files_are_found_by_a_pattern_of_their_names(
    box: Running, client: httpx.AsyncClient, pattern: str, names: list[str]
) -> None:
    await shell(box, "mkdir -p w/sub/deep; touch w/a.py w/sub/b.txt w/sub/deep/c.py w/sub/é.py")

    answer = await client.get("/files/search", params={"path": "w", "pattern": pattern})

    assert {"files": [f"w/{name}" for name in names]} == {"files": sorted(answer.json()["files"])}


async def test_lines_are_found_by_their_text_as_it_is(box: Running, client: httpx.AsyncClient) -> None:
    await shell(box, r"mkdir w; printf 'a.b\nx\naxb\r\n' > w/f; printf 'a.b\0' > w/binary; ln -s f w/link")

    answer = await client.get("/files/find", params={"path": "w", "pattern": "a.b"})

    assert [{"file": "w/f", "line": 1, "content": "a.b"}] == answer.json()


async def test_a_file_may_be_searched_alone(box: Running, client: httpx.AsyncClient) -> None:
    await shell(box, r"printf 'one\ntwo\n' > f")

    answer = await client.get("/files/find", params={"path": "f", "pattern": "two"})

    assert [{"file": "f", "line": 2, "content": "two"}] == answer.json()


async def test_a_line_is_found_far_into_a_large_file(box: Running, client: httpx.AsyncClient) -> None:
    await shell(box, "seq 2000000 > f; echo needle >> f")

    answer = await client.get("/files/find", params={"path": "f", "pattern": "needle"})

    assert [{"file": "f", "line": 2000001, "content": "needle"}] == answer.json()


async def test_a_text_is_replaced_as_it_is_in_each_file(box: Running, client: httpx.AsyncClient) -> None:
    await shell(box, r"printf 'a.b axb a.b' > f; printf 'none' > g; chmod 755 f; mkdir d")

    body = {"files": ["f", "g", "d", "nothing"], "pattern": "a.b", "newValue": r"\1&"}
    answer = await client.post("/files/replace", json=body)

    assert [True, True, False, False] == [result["success"] for result in answer.json()]
    assert ["f", "g", "d", "nothing"] == [result["file"] for result in answer.json()]
    assert ["error" in result for result in answer.json()] == [False, False, True, True]
    assert "\\1& axb \\1&none 755\n" == await shell(box, "cat f g; echo '' $(stat -c %a f)")


@pytest.mark.parametrize("body", [{}, {"files": ["f"], "pattern": "", "newValue": "x"}, {"files": "f"}])
async def test_a_replacement_of_nothing_is_refused(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    assert 400 == refusal(await client.post("/files/replace", json=body))[0]
