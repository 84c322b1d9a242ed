"""What callers hand over, and get back, to move files and run code."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from daytona_httpx.errors import DaytonaError, DaytonaFileNotFoundError, DaytonaValidationError

TRANSFER_S = 1800
"""How many seconds a transfer may take where its caller doesn't say."""

PIECE = 256 * 1024
"""How many bytes of a local source are read at once."""


@dataclass
class FileUpload:
    """Say what to upload: bytes, or the path of a local file; and where to.

    Example:
        >>> sandbox.fs.upload_files([FileUpload(b"one", "many/1.txt"), FileUpload(b"two", "many/2.txt")])
        >>> sorted(info.name for info in sandbox.fs.list_files("many"))
        ['1.txt', '2.txt']
    """

    source: bytes | str | os.PathLike[str]
    destination: str


@dataclass
class FileDownloadRequest:
    r"""Say which file to download, and to which local path; into memory when that is left out.

    Example:
        >>> asked = [FileDownloadRequest("notes.txt"), FileDownloadRequest("nothing")]
        >>> found = sandbox.fs.download_files(asked)
        >>> [(one.source, one.result) for one in found]
        [('notes.txt', b'one\ntwo\n'), ('nothing', None)]
    """

    source: str
    destination: str | None = None


@dataclass
class FileDownloadErrorDetails:
    """Hold why one file of several could not be downloaded; ``error_code`` is the older name of ``code``.

    Example:
        >>> [failed] = sandbox.fs.download_files([FileDownloadRequest("nothing")])
        >>> failed.error_details.status_code, failed.error_details.code
        (404, 'FILE_NOT_FOUND')
    """

    message: str
    status_code: int | None = None
    code: str | None = None
    source: str | None = None
    error_code: str | None = None

    def __post_init__(self) -> None:
        """Give the code both its names."""
        self.code = self.error_code = self.code or self.error_code


@dataclass
class FileDownloadResponse:
    r"""Hold a downloaded file: its bytes or its local path, or why it failed.

    Example:
        >>> [found] = sandbox.fs.download_files([FileDownloadRequest("notes.txt")])
        >>> found.result, found.error
        (b'one\ntwo\n', None)
    """

    source: str
    result: bytes | str | None = None
    error: str | None = None
    error_details: FileDownloadErrorDetails | None = None

    def fail(self, error: DaytonaError) -> None:
        """Take note of why it failed."""
        self.error = error.api_message
        self.error_details = FileDownloadErrorDetails(
            error.api_message, error.status_code, error.code, error.source
        )


@dataclass
class DownloadProgress:
    """Hold how far a download is, in bytes; the total where the server tells it.

    Example:
        >>> steps = []
        >>> pieces = [*sandbox.fs.download_file_stream("notes.txt", on_progress=steps.append)]
        >>> steps[-1]
        DownloadProgress(bytes_received=8, total_bytes=8)
    """

    bytes_received: int
    total_bytes: int | None = None


@dataclass
class UploadProgress:
    """Hold how far an upload is, in bytes.

    Example:
        >>> steps = []
        >>> sandbox.fs.upload_file_stream(b"some text", "inbox/b.txt", on_progress=steps.append)
        >>> steps[-1]
        UploadProgress(bytes_sent=9)
    """

    bytes_sent: int


class CancelEvent(Protocol):
    """Tell whether a transfer is to be ended; ``threading.Event`` and ``asyncio.Event`` are such.

    Example:
        >>> event = threading.Event()
        >>> event.set()
        >>> sandbox.fs.upload_file_stream(b"some text", "inbox/c.txt", cancel_event=event)
        Traceback (most recent call last):
        daytona_httpx.errors.DaytonaError: Failed to upload file: inbox/c.txt was cancelled by the caller
    """

    def is_set(self) -> bool:
        """Tell it."""


@dataclass
class CodeRunParams:
    r"""Give code arguments and environment variables.

    Example:
        >>> params = CodeRunParams(argv=["a", "b"], env={"C": "d"})
        >>> sandbox.process.code_run("import os, sys; print(sys.argv[1:], os.environ['C'])", params).result
        "['a', 'b'] d\n"
    """

    argv: list[str] | None = None
    env: dict[str, str] | None = None


def stop_when_set(cancel_event: CancelEvent | None, path: str) -> None:
    """End a transfer that its caller no longer wants.

    Raises:
        DaytonaError: It is cancelled.
    """
    if cancel_event is not None and cancel_event.is_set():
        raise DaytonaError(f"{path} was cancelled by the caller")


def refuse_errors(answer: Any) -> None:
    """Read the answer to an upload.

    Raises:
        DaytonaError: It was taken, but not all files could be written.
    """
    errors = answer.get("errors") if isinstance(answer, dict) else None
    if errors:
        raise DaytonaError(", ".join(map(str, errors)))


def pieces_of(source: bytes | bytearray | memoryview | str | os.PathLike[str]) -> Iterator[bytes]:
    """Yield bytes, or a local file, piece by piece.

    Raises:
        DaytonaFileNotFoundError: There is no file that can be read.
    """
    if isinstance(source, str | os.PathLike):
        with opened(source) as file:
            while piece := file.read(PIECE):
                yield piece
    else:
        view = memoryview(source)
        yield from (bytes(view[at : at + PIECE]) for at in range(0, len(view), PIECE))


def opened(path: str | os.PathLike[str]) -> BinaryIO:
    """Open a local file to upload it.

    Raises:
        DaytonaFileNotFoundError: There is none that can be read.
    """
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise DaytonaFileNotFoundError(f"local file {os.fspath(path)}: {error.strerror}") from error


@contextmanager
def written_whole(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Write a local file beside its place, and put it there when it is whole; leave nothing else behind.

    Raises:
        DaytonaValidationError: It can't be written there.
    """
    partial = Path(f"{os.fspath(path)}.partial")
    try:
        with partial.open("wb") as file:
            yield file
        partial.replace(path)
    except OSError as error:
        raise DaytonaValidationError(f"local file {os.fspath(path)}: {error.strerror}") from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
