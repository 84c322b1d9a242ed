"""Take files into a sandbox as they come in: constant memory, and never half a file."""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from daytona_local.errors import InvalidError, RefusedError, UnavailableError
from daytona_local.runtime import Agent, AgentError, NotRunningError
from daytona_local.toolbox.blocking import blocking
from daytona_local.toolbox.bodies import query
from daytona_local.toolbox.file_errors import SOURCE, file_errors, refusal
from daytona_local.toolbox.forms import Form
from daytona_local.toolbox.running import running

WRITE_BYTES = 1024 * 1024
INLINE_BYTES = 64 * 1024
"""For so little a thread costs more than the writing."""


async def upload_files(request: Request) -> Response:
    """Take several files in, each with its path in a field of its own [UploadFiles]."""
    agent, form = (await running(request)).agent, Form(request)
    paths: dict[str, str] = {}
    files: list[dict[str, Any]] = []
    errors: list[RefusedError] = []
    async for part in form.parts():
        number, _, kind = part.name.rpartition(".")
        try:
            if kind == "path":
                paths[number] = _path(await part.text())
            elif kind == "file":
                path = _known(paths, number)
                files.append({"path": path, "bytes": await _receive(agent, path, part.chunks())})
        except RefusedError as error:
            errors.append(error)
    return _refused(errors, files) if errors else JSONResponse({"files": files})


async def upload_file(request: Request) -> Response:
    """Take one file in: the field ``file`` of a form, or the body itself [UploadFile]."""
    path = query(request, "path")
    agent = (await running(request)).agent
    if request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        await _receive_from_form(request, agent, path)
    else:
        await _receive(agent, path, _body(request))
    return JSONResponse({"name": os.path.basename(path), "path": path, "type": "file"})


def _refused(errors: list[RefusedError], files: list[dict[str, Any]]) -> Response:
    """Answer an upload of which not all was taken."""
    messages = [error.message for error in errors]
    status = 503 if any(isinstance(error, UnavailableError) for error in errors) else 400
    told = {
        "statusCode": status,
        "message": "; ".join(messages),
        "code": errors[0].code or "BAD_REQUEST",
        "source": SOURCE,
        "errors": messages,
        "files": files,
    }
    return JSONResponse(told, status)


async def _receive_from_form(request: Request, agent: Agent, path: str) -> None:
    received = False
    async for part in Form(request).parts():
        if part.name == "file" and not received:
            await _receive(agent, path, part.chunks())
            received = True
    if not received:
        raise InvalidError("the form has no file; send it in the field file")


async def _body(request: Request) -> AsyncIterator[bytes]:
    try:
        async for chunk in request.stream():
            yield chunk
    except ClientDisconnect:
        raise InvalidError("the upload broke off in the middle; send all of it") from None


async def _receive(agent: Agent, path: str, chunks: AsyncIterator[bytes]) -> int:
    """Write a file beside its destination, then put it in its place; return its size in bytes."""
    with file_errors("upload", path):
        fd, temporary = await agent.upload(path)
        try:
            size = await _write(fd, path, chunks)
            await agent.ask("uploaded", temporary=temporary, path=path)
        except BaseException:
            with contextlib.suppress(NotRunningError, AgentError):  # what stopped it is told already
                await agent.ask("abandon", temporary=temporary)
            raise
        finally:
            os.close(fd)
    return size


async def _write(fd: int, path: str, chunks: AsyncIterator[bytes]) -> int:
    size, waiting = 0, bytearray()
    async for chunk in chunks:
        waiting += chunk
        if len(waiting) >= WRITE_BYTES:
            await blocking(_write_all, fd, waiting, path)
            size, waiting = size + len(waiting), bytearray()
    if len(waiting) > INLINE_BYTES:
        await blocking(_write_all, fd, waiting, path)
    else:
        _write_all(fd, waiting, path)
    return size + len(waiting)


def _write_all(fd: int, data: bytearray, path: str) -> None:
    rest = memoryview(data)
    try:
        while rest:
            rest = rest[os.write(fd, rest) :]
    except OSError as error:  # the disk is full
        raise refusal("upload", path, error) from error


def _path(text: str) -> str:
    if not text.strip():
        raise InvalidError("a path of the upload is empty; pass where the file goes")
    return text


def _known(paths: dict[str, str], number: str) -> str:
    if number not in paths:
        raise InvalidError(f"{number}.file came without {number}.path before it; send the path first")
    return paths[number]


routes: list[BaseRoute] = [
    Route("/files/bulk-upload", upload_files, methods=["POST"]),
    Route("/files/upload-v2", upload_file, methods=["POST"]),
]
