"""Files in and out of a sandbox, whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack, aclosing

from daytona_httpx._async.toolbox import AsyncToolbox
from daytona_httpx.downloads import Downloads
from daytona_httpx.errors import DaytonaConnectionError, prefixed
from daytona_httpx.multipart import MultipartReader
from daytona_httpx.transfers import (
    TRANSFER_S,
    FileDownloadRequest,
    FileDownloadResponse,
    FileUpload,
    opened,
    refuse_errors,
    written_whole,
)


class AsyncFileTransfers:
    """Upload and download files; local ones are never held in memory as a whole.

    The ``timeout`` of a transfer is the seconds for all of it, by default 1800; 0 is no limit.
    """

    _toolbox: AsyncToolbox

    async def upload_file(
        self, src: bytes | str | os.PathLike[str], dst: str, timeout: float = TRANSFER_S
    ) -> None:
        """Upload bytes or a local file (upload files).

        Args:
            src: The bytes, or the local path.
            dst: The path in the sandbox.
            timeout: Seconds.

        Raises:
            DaytonaFileNotFoundError: There is no such local file.
        """
        with prefixed("Failed to upload file: "):
            await self._upload([FileUpload(src, dst)], timeout)

    async def upload_files(self, files: Sequence[FileUpload], timeout: float = TRANSFER_S) -> None:
        """Upload several files in one request (upload files); raises as ``upload_file``."""
        with prefixed("Failed to upload files: "):
            if files:
                await self._upload(files, timeout)

    async def download_file(
        self,
        remote_path: str,
        local_path: str | os.PathLike[str] | float | None = None,
        timeout: float = TRANSFER_S,
    ) -> bytes | None:
        """Download a file: return its bytes, or write it to a local path and return None (download file).

        Args:
            remote_path: The path in the sandbox.
            local_path: The local path; a number here is the timeout, as in the official client.
            timeout: Seconds.

        Raises:
            DaytonaNotFoundError: There is no such file in the sandbox.
            DaytonaValidationError: The local file can't be written.
        """
        with prefixed("Failed to download file: "):
            if isinstance(local_path, int | float):
                return await self._download(remote_path, local_path)
            if local_path is None:
                return await self._download(remote_path, timeout)
            with written_whole(local_path) as file:
                await self._receive(remote_path, timeout, file.write)
            return None

    async def download_files(
        self, files: Sequence[FileDownloadRequest], timeout: float = TRANSFER_S
    ) -> list[FileDownloadResponse]:
        """Download several files in one request (download files).

        A file that is refused, or that can't be written here, says so in its own answer.

        Args:
            files: The paths in the sandbox, and the local ones; the others come as bytes.
            timeout: Seconds for all of them.

        Raises:
            DaytonaConnectionError: No answer came, or not all of it.
            DaytonaError: The request itself was refused.
        """
        with prefixed("Failed to download files: "), Downloads(files) as downloads:
            deadline = self._toolbox.transport.deadline(timeout)
            if not files:
                return []
            answer = await self._toolbox.open(
                "POST",
                "/files/bulk-download",
                deadline,
                only_reads=True,
                json={"paths": downloads.paths},
                headers={"Accept": "multipart/form-data"},
            )
            async with aclosing(answer) as response:
                reader = MultipartReader(response.headers.get("content-type", ""))
                async for chunk in self._toolbox.transport.chunks(response):
                    for event in reader.feed(chunk):
                        downloads.take(event)
            if not reader.is_complete:
                raise DaytonaConnectionError("the answer broke off before its end; try again")
            return downloads.finish()

    async def _download(self, path: str, timeout: float) -> bytes:
        chunks: list[bytes] = []
        await self._receive(path, timeout, chunks.append)
        return b"".join(chunks)

    async def _receive(self, path: str, timeout: float, sink: Callable[[bytes], object]) -> None:
        deadline = self._toolbox.transport.deadline(timeout)
        await self._toolbox.receive("/files/download", deadline, sink, params={"path": path})

    async def _upload(self, files: Sequence[FileUpload], timeout: float) -> None:
        deadline = self._toolbox.transport.deadline(timeout)
        with ExitStack() as stack:
            sources = [
                file.source if isinstance(file.source, bytes) else stack.enter_context(opened(file.source))
                for file in files
            ]
            answer = await self._toolbox.call(
                "POST",
                "/files/bulk-upload",
                deadline,
                answer_s=None,
                rewind=[source for source in sources if not isinstance(source, bytes)],
                data={f"files[{n}].path": file.destination for n, file in enumerate(files)},
                files={
                    f"files[{n}].file": (file.destination, source)
                    for n, (file, source) in enumerate(zip(files, sources, strict=True))
                },
            )
        refuse_errors(answer)
