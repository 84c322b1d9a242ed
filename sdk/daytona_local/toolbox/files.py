"""The files of a sandbox: listed, described, made, moved, removed, searched and changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from daytona_local.errors import InvalidError
from daytona_local.toolbox import downloads, uploads
from daytona_local.toolbox.bodies import body, query
from daytona_local.toolbox.file_errors import file_errors
from daytona_local.toolbox.running import running

MOST_DEPTH = 1000
MOST_MODE = 0o7777


class ReplaceRequest(BaseModel):
    """Say which text to replace in which files."""

    files: list[str]
    pattern: str
    newValue: str  # noqa: N815 - the API's own name


async def list_files(request: Request) -> Response:
    """Describe what is in a folder, the working directory by default [ListFiles]."""
    path = request.query_params.get("path") or "."
    found = await _do(request, "list", path, depth=_depth(request))
    return JSONResponse(found["files"])


async def get_file_info(request: Request) -> Response:
    """Describe a file [GetFileInfo]."""
    found = await _do(request, "stat", query(request, "path"))
    return JSONResponse(found["info"])


async def create_folder(request: Request) -> Response:
    """Make a folder and its parents [CreateFolder]."""
    path, mode = query(request, "path"), _mode(request)
    await _do(request, "mkdir", path, mode=mode, doing="create folder")
    return Response(status_code=201)


async def delete_file(request: Request) -> Response:
    """Remove a file, or with ``recursive`` a folder [DeleteFile]."""
    path, recursive = query(request, "path"), request.query_params.get("recursive") == "true"
    await _do(request, "remove", path, recursive=recursive, doing="delete")
    return Response(status_code=204)


async def move_file(request: Request) -> Response:
    """Move a file or folder to a place where nothing is yet [MoveFile]."""
    source, destination = query(request, "source"), query(request, "destination")
    agent = (await running(request)).agent
    with file_errors("move", source):
        await agent.ask("move", source=source, destination=destination)
    return Response()


async def set_file_permissions(request: Request) -> Response:
    """Set mode, owner and group of a file [SetFilePermissions]."""
    path, asked = query(request, "path"), request.query_params
    owner, group = asked.get("owner") or None, asked.get("group") or None
    await _do(
        request, "permissions", path, mode=_mode(request), owner=owner, group=group, doing="set permissions"
    )
    return Response()


async def search_files(request: Request) -> Response:
    """Find files by a pattern of their names [SearchFiles]."""
    path, pattern = query(request, "path"), query(request, "pattern")
    found = await _do(request, "search", path, pattern=pattern)
    return JSONResponse({"files": found["files"]})


async def find_in_files(request: Request) -> Response:
    """Find lines that have a text [FindInFiles]."""
    path, pattern = query(request, "path"), query(request, "pattern")
    found = await _do(request, "find", path, pattern=pattern, doing="find in")
    return JSONResponse(found["matches"])


async def replace_in_files(request: Request) -> Response:
    """Replace a text in files; each says how that went [ReplaceInFiles]."""
    asked = await body(request, ReplaceRequest)
    if not asked.pattern:
        raise InvalidError("the pattern is empty; pass the text to replace")
    agent = (await running(request)).agent
    with file_errors("replace in", ", ".join(asked.files)):
        found = await agent.ask("replace", files=asked.files, pattern=asked.pattern, new=asked.newValue)
    return JSONResponse(found["results"])


async def _do(
    request: Request, operation: str, path: str, *, doing: str | None = None, **arguments: Any
) -> Mapping[str, Any]:
    agent = (await running(request)).agent
    with file_errors(doing or operation, path):
        return await agent.ask(operation, path=path, **arguments)


def _depth(request: Request) -> int:
    text = request.query_params.get("depth") or "1"
    if not (text.isascii() and text.isdigit()) or int(text) < 1:
        raise InvalidError(f"depth is {text!r}; pass a whole number from 1 on")
    return min(int(text), MOST_DEPTH)


def _mode(request: Request) -> int | None:
    """Return a mode, which is octal text such as 755."""
    text = request.query_params.get("mode")
    if not text:
        return None
    try:
        mode = int(text, 8)
    except ValueError:
        mode = -1
    if not 0 <= mode <= MOST_MODE:
        raise InvalidError(f"mode is {text!r}; pass an octal number such as 755")
    return mode


routes: list[BaseRoute] = [
    Route("/files", list_files, methods=["GET"]),
    Route("/files", delete_file, methods=["DELETE"]),
    Route("/files/info", get_file_info, methods=["GET"]),
    Route("/files/folder", create_folder, methods=["POST"]),
    Route("/files/move", move_file, methods=["POST"]),
    Route("/files/permissions", set_file_permissions, methods=["POST"]),
    Route("/files/search", search_files, methods=["GET"]),
    Route("/files/find", find_in_files, methods=["GET"]),
    Route("/files/replace", replace_in_files, methods=["POST"]),
    *uploads.routes,
    *downloads.routes,
]
