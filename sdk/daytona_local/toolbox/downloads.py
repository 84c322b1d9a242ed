"""Hand files of a sandbox out as they are read: constant memory."""

from __future__ import annotations

import json
import mimetypes
import os
import secrets
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from urllib.parse import quote

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from daytona_local.api.answers import status_of
from daytona_local.errors import FailedError, InvalidError, RefusedError
from daytona_local.runtime import Agent
from daytona_local.toolbox.blocking import blocking
from daytona_local.toolbox.bodies import INVALID, body, query
from daytona_local.toolbox.file_errors import READ_FAILED, SOURCE, file_errors
from daytona_local.toolbox.running import running

READ_BYTES = 1024 * 1024
TOGETHER_BYTES = 64 * 1024
"""So much of small files is read at once, and sent as one."""
BINARY = "application/octet-stream"

_PLAIN = frozenset(map(chr, range(32, 127))) - set('"\\%')


class FilesDownloadRequest(BaseModel):
    """Say which files to download."""

    paths: list[str]


class FileAnswer(StreamingResponse):
    """Answer with a file.

    Args:
        fd: Its descriptor; it is closed after the answer, also when nobody wanted that.
        content: What is read from it.
        headers: The answer's headers.
    """

    def __init__(self, fd: int, content: AsyncIterator[bytes], headers: dict[str, str]) -> None:
        super().__init__(content, headers=headers, media_type=BINARY)
        self._fd = fd

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            os.close(self._fd)


async def download_file(request: Request) -> Response:
    """Hand a file out [DownloadFile]."""
    path = query(request, "path")
    fd, size = await _open((await running(request)).agent, path)
    headers = {
        "Content-Length": str(size),
        "Content-Disposition": f"attachment; {_filename(os.path.basename(path))}",
    }
    return FileAnswer(fd, _read(fd, size, path), headers)


async def download_files(request: Request) -> Response:
    """Hand several files out in one multipart answer; what can't be read has a part that says why.

    [DownloadFiles]
    """
    paths = (await body(request, FilesDownloadRequest)).paths
    if not paths:
        raise InvalidError("there are no paths; pass at least one", INVALID)
    agent, boundary = (await running(request)).agent, secrets.token_hex(16)
    kind = f"multipart/form-data; boundary={boundary}"
    return StreamingResponse(_together(_parts(agent, paths, boundary)), headers={"Content-Type": kind})


async def _together(pieces: AsyncGenerator[bytes, None]) -> AsyncIterator[bytes]:
    kept = bytearray()
    async with aclosing(pieces):
        async for piece in pieces:
            kept += piece
            if len(kept) >= TOGETHER_BYTES:
                yield bytes(kept)
                kept.clear()
    yield bytes(kept)


async def _parts(agent: Agent, paths: list[str], boundary: str) -> AsyncGenerator[bytes, None]:
    for path in paths:
        try:
            fd, size = await _open(agent, path)
        except RefusedError as error:
            yield _error_part(boundary, path, error)
            continue
        kind = mimetypes.guess_type(path)[0] or BINARY
        yield _head(boundary, "file", path, kind, size)
        try:
            async for chunk in _read(fd, size, path):
                yield chunk
            yield b"\r\n"
        except RefusedError as error:
            yield b"\r\n" + _error_part(boundary, path, error)
        finally:
            os.close(fd)
    yield f"--{boundary}--\r\n".encode()


def _head(boundary: str, name: str, path: str, kind: str, size: int) -> bytes:
    lines = [
        f"--{boundary}",
        f'Content-Disposition: form-data; name="{name}"; {_filename(path)}',
        f"Content-Type: {kind}",
        f"Content-Length: {size}",
        "\r\n",
    ]
    return "\r\n".join(lines).encode()


def _error_part(boundary: str, path: str, error: RefusedError) -> bytes:
    told = {
        "message": error.message,
        "statusCode": status_of(error),
        "code": error.code or "BAD_REQUEST",
        "source": SOURCE,
    }
    content = json.dumps(told).encode()
    return _head(boundary, "error", path, "application/json", len(content)) + content + b"\r\n"


def _filename(path: str) -> str:
    """Return a file's name as a header's parameter; one with unusual characters in a safe form beside it."""
    plain = "".join(char if char in _PLAIN else "_" for char in path)
    if plain == path:
        return f'filename="{path}"'
    return f"filename=\"{plain}\"; filename*=utf-8''{quote(path, safe='', errors='replace')}"


async def _open(agent: Agent, path: str) -> tuple[int, int]:
    with file_errors("download", path):
        return await agent.open(path, os.O_RDONLY)


async def _read(fd: int, size: int, path: str) -> AsyncIterator[bytes]:
    """Yield as much as was promised.

    Raises:
        FailedError: The file has less by now.
    """
    while size > 0:
        try:
            # A thread costs more than a few pages.
            is_small = size <= TOGETHER_BYTES
            chunk = os.read(fd, size) if is_small else await blocking(os.read, fd, min(size, READ_BYTES))
        except OSError as error:
            raise FailedError(f"download {path!r}: {error.strerror}", READ_FAILED) from error
        if not chunk:
            raise FailedError(f"download {path!r}: it became shorter meanwhile; try again", READ_FAILED)
        size -= len(chunk)
        yield chunk


routes: list[BaseRoute] = [
    Route("/files/download", download_file, methods=["GET"]),
    Route("/files/bulk-download", download_files, methods=["POST"]),
]
