"""Files in a sandbox."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from daytona_httpx import AsyncSandbox, DaytonaNotFoundError

from tests.unit.daytona_httpx.fake_api import FakeApi, refusal

pytestmark = pytest.mark.anyio


def absent() -> httpx.Response:
    return refusal(404, "file not found", code="FILE_NOT_FOUND", source="DAYTONA_DAEMON")


INFO = {"name": "f", "isDir": False, "size": 3, "mode": "-rw", "permissions": "0644", "modTime": "now"}


async def test_files_are_listed_and_described(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/files", httpx.Response(200, json=[INFO]))
    api.on("GET", "/files/info", INFO)
    (listed,) = await sandbox.fs.list_files("/d", depth=2)
    info = await sandbox.fs.get_file_info("/d/f")
    assert ("f", False, 3) == (listed.name, listed.is_dir, listed.size) == (info.name, info.is_dir, info.size)
    assert {"path": "/d", "depth": "2"} == dict(api.requests[0].url.params)


@pytest.mark.parametrize(
    ("method", "arguments", "request_line", "params"),
    [
        ("create_folder", ("/d", "755"), "POST /files/folder", {"path": "/d", "mode": "755"}),
        ("delete_file", ("/f",), "DELETE /files", {"path": "/f"}),
        ("delete_file", ("/d", True), "DELETE /files", {"path": "/d", "recursive": "true"}),
        ("move_files", ("/a", "/b"), "POST /files/move", {"source": "/a", "destination": "/b"}),
        (
            "set_file_permissions",
            ("/f", "644", None, "g"),
            "POST /files/permissions",
            {"path": "/f", "mode": "644", "group": "g"},
        ),
    ],
)
async def test_changes_to_files_are_parameters(
    sandbox: AsyncSandbox,
    api: FakeApi,
    method: str,
    arguments: Any,
    request_line: str,
    params: dict[str, str],
) -> None:
    verb, path = request_line.split()
    api.on(verb, path, httpx.Response(204))
    assert await getattr(sandbox.fs, method)(*arguments) is None
    assert params == dict(api.requests[0].url.params)


async def test_searches_go_by_name_and_by_content(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/files/search", {"files": ["/d/a.py"]})
    api.on("GET", "/files/find", httpx.Response(200, json=[{"file": "/d/a.py", "line": 2, "content": "x"}]))
    assert (await sandbox.fs.search_files("/d", "*.py")).files == ["/d/a.py"]
    assert [2] == [match.line for match in await sandbox.fs.find_files("/d", "x")]


async def test_replacing_says_how_it_went_in_each_file(sandbox: AsyncSandbox, api: FakeApi) -> None:
    answers = [{"file": "/a", "success": True}, {"file": "/b", "success": False, "error": "no"}]
    api.on("POST", "/files/replace", httpx.Response(200, json=answers))
    results = await sandbox.fs.replace_in_files(["/a", "/b"], "x", "y")
    assert [(True, None), (False, "no")] == [(one.success, one.error) for one in results]
    assert [{"files": ["/a", "/b"], "pattern": "x", "newValue": "y"}] == api.bodies("POST")


async def test_errors_have_the_operation_s_prefix(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/files/info", absent())
    with pytest.raises(DaytonaNotFoundError, match="Failed to get file info: file not found"):
        await sandbox.fs.get_file_info("/x")
