# Generated from _async by `make generate`; do not edit.
"""Files in and out of a sandbox, piece by piece: in little memory, with progress, and cancelled at will."""

from __future__ import annotations

import io
import os
import secrets
from collections.abc import Iterable, Iterator, Iterable
from contextlib import closing
from typing import Any, Protocol

from daytona_httpx._sync.callbacks import OutputHandler, call
from daytona_httpx._sync.toolbox import Toolbox
from daytona_httpx.deadline import Deadline
from daytona_httpx.errors import DaytonaError, DaytonaValidationError, prefixed
from daytona_httpx.multipart import envelope
from daytona_httpx.transfers import (
    PIECE,
    TRANSFER_S,
    CancelEvent,
    DownloadProgress,
    UploadProgress,
    pieces_of,
    refuse_errors,
    stop_when_set,
)


class Readable(Protocol):
    """Something like an open file; it may give its pieces to async code only."""

    def read(self, size: int, /) -> Any:
        """Return the next bytes, none at the end."""


UploadSource = (
    bytes | bytearray | memoryview | str | os.PathLike[str] | Readable | Iterable[bytes] | Iterable[bytes]
)


class FileStreams:
    """Upload and download files piece by piece.

    The ``timeout`` of a transfer is the seconds for all of it, by default 1800; 0 is no limit.
    """

    _toolbox: Toolbox

    def download_file_stream(
        self,
        remote_path: str,
        timeout: float = TRANSFER_S,
        on_progress: OutputHandler[DownloadProgress] | None = None,
        cancel_event: CancelEvent | None = None,
    ) -> Iterator[bytes]:
        """Return an iterator over the pieces of a file; it begins with the first one (download file).

        Args:
            remote_path: The path in the sandbox.
            timeout: Seconds.
            on_progress: Takes how far it is, with each piece.
            cancel_event: Ends the download before the next piece, once it is set.

        Raises:
            DaytonaNotFoundError: There is no such file in the sandbox.
            DaytonaError: It was cancelled, or refused.
        """
        with prefixed("Failed to download file: "):
            deadline = self._toolbox.transport.deadline(timeout)
        return self._pieces(remote_path, deadline, on_progress, cancel_event)

    def upload_file_stream(
        self,
        source: UploadSource,
        remote_path: str,
        timeout: float = TRANSFER_S,
        on_progress: OutputHandler[UploadProgress] | None = None,
        cancel_event: CancelEvent | None = None,
    ) -> None:
        """Upload a file piece by piece (upload files).

        Args:
            source: Bytes, a local path, an open file, or an iterable of bytes; files and iterables of an
                async client may be async.
            remote_path: The path in the sandbox.
            timeout: Seconds.
            on_progress: Takes how far it is, with each piece.
            cancel_event: Ends the upload before the next piece, once it is set.

        Raises:
            DaytonaFileNotFoundError: There is no such local file.
            DaytonaValidationError: The source is nothing of these.
            DaytonaError: It was cancelled, or refused.
        """
        with prefixed("Failed to upload file: "):
            deadline = self._toolbox.transport.deadline(timeout)
            stop_when_set(cancel_event, remote_path)
            body = Upload(source, remote_path, on_progress, cancel_event)
            answer = self._toolbox.call(
                "POST",
                "/files/bulk-upload",
                deadline,
                answer_s=None,
                headers={"Content-Type": f"multipart/form-data; boundary={body.boundary}"},
                content=body,
            )
            refuse_errors(answer)

    def _pieces(
        self,
        path: str,
        deadline: Deadline,
        on_progress: OutputHandler[DownloadProgress] | None,
        cancel_event: CancelEvent | None,
    ) -> Iterator[bytes]:
        with prefixed("Failed to download file: "):
            stop_when_set(cancel_event, path)
            answer = self._toolbox.open("GET", "/files/download", deadline, params={"path": path})
            with closing(answer) as response:
                length = response.headers.get("content-length", "")
                progress = DownloadProgress(0, int(length) if length.isdigit() else None)
                for piece in self._toolbox.transport.chunks(response):
                    stop_when_set(cancel_event, path)
                    received = progress.bytes_received + len(piece)
                    progress = DownloadProgress(received, progress.total_bytes)
                    if on_progress:
                        call(on_progress, progress)
                    yield piece


class Upload:
    """Give a form with one file in it to each attempt of a request, from the source's beginning.

    Args:
        source: The content.
        remote_path: The path in the sandbox.
        on_progress: Takes how far it is.
        cancel_event: Ends it.
    """

    def __init__(
        self,
        source: UploadSource,
        remote_path: str,
        on_progress: OutputHandler[UploadProgress] | None,
        cancel_event: CancelEvent | None,
    ) -> None:
        self.boundary = secrets.token_hex(16)
        self._source = source
        self._path = remote_path
        self._on_progress = on_progress
        self._cancel_event = cancel_event
        self._seekable = source if isinstance(source, io.IOBase) and source.seekable() else None
        self._begin = self._seekable.tell() if self._seekable else 0
        self._was_read = False

    def __iter__(self) -> Iterator[bytes]:
        """Yield the form, piece by piece.

        Raises:
            DaytonaError: It was cancelled, or must be sent again and can't be.
        """
        head, tail = envelope(self.boundary, self._path)
        yield head
        sent = 0
        for piece in self._content():
            stop_when_set(self._cancel_event, self._path)
            if not isinstance(piece, bytes | bytearray):
                raise DaytonaValidationError("the source gives text; open the file with mode 'rb'")
            sent += len(piece)
            if self._on_progress:
                call(self._on_progress, UploadProgress(sent))
            yield piece
        yield tail

    def _content(self) -> Iterator[bytes]:
        source = self._source
        if isinstance(source, bytes | bytearray | memoryview | str | os.PathLike):
            for piece in pieces_of(source):
                yield piece
            return
        self._rewind()
        if hasattr(source, "read"):
            while piece := call(source.read, PIECE):
                yield piece
        elif isinstance(source, Iterable):
            for piece in source:
                yield piece
        elif isinstance(source, Iterable):
            for piece in source:
                yield piece
        else:
            raise DaytonaValidationError(f"{type(source).__name__} can't be uploaded; give bytes or a path")

    def _rewind(self) -> None:
        if self._seekable:
            self._seekable.seek(self._begin)
        elif self._was_read:
            raise DaytonaError(
                "the server wants it once more, and the source can be read only once; upload it again"
            )
        self._was_read = True
