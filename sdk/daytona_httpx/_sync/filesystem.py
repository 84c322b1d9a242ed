# Generated from _async by `make generate`; do not edit.
"""Files in a sandbox."""

from __future__ import annotations

from typing import Any

from daytona_httpx._sync.file_streams import FileStreams
from daytona_httpx._sync.file_transfers import FileTransfers
from daytona_httpx._sync.toolbox import Toolbox
from daytona_httpx.answers import items_of
from daytona_httpx.errors import prefixed
from daytona_httpx.models.base import parse
from daytona_httpx.models.filesystem import FileInfo, Match, ReplaceResult, SearchFilesResponse


class FileSystem(FileTransfers, FileStreams):
    """Use the files of one sandbox; relative paths start from its working directory.

    The ``request_timeout`` of a method is the seconds for its request; 0 is no limit, None the default
    of 90. The ``timeout`` of a transfer is the seconds for all of it, by default 1800; 0 is no limit.

    Example:
        >>> sandbox.fs.upload_file(b"some text", "inbox/a.txt")
        >>> sandbox.fs.download_file("inbox/a.txt")
        b'some text'
    """

    def __init__(self, toolbox: Toolbox) -> None:
        self._toolbox = toolbox

    def list_files(
        self, path: str, depth: int | None = None, request_timeout: float | None = None
    ) -> list[FileInfo]:
        """Return what is in a folder (list files)."""
        with prefixed("Failed to list files: "):
            found = self._call("GET", "/files", request_timeout, path=path, depth=depth)
            return [parse(FileInfo, item) for item in items_of(found)]

    def get_file_info(self, path: str, request_timeout: float | None = None) -> FileInfo:
        """Return what is known of a file (get file info)."""
        with prefixed("Failed to get file info: "):
            return parse(FileInfo, self._call("GET", "/files/info", request_timeout, path=path))

    def create_folder(self, path: str, mode: str, request_timeout: float | None = None) -> None:
        """Make a folder, its parents too; the mode is octal text such as 755 (create folder)."""
        with prefixed("Failed to create folder: "):
            self._call("POST", "/files/folder", request_timeout, path=path, mode=mode)

    def delete_file(self, path: str, recursive: bool = False, request_timeout: float | None = None) -> None:
        """Delete a file, or with ``recursive`` a folder (delete file)."""
        with prefixed("Failed to delete file: "):
            self._call(
                "DELETE", "/files", request_timeout, path=path, recursive="true" if recursive else None
            )

    def move_files(self, source: str, destination: str, request_timeout: float | None = None) -> None:
        """Move or rename a file or folder (move file)."""
        with prefixed("Failed to move files: "):
            self._call("POST", "/files/move", request_timeout, source=source, destination=destination)

    def set_file_permissions(
        self,
        path: str,
        mode: str | None = None,
        owner: str | None = None,
        group: str | None = None,
        request_timeout: float | None = None,
    ) -> None:
        """Set mode, owner and group of a file (set file permissions)."""
        with prefixed("Failed to set file permissions: "):
            self._call(
                "POST", "/files/permissions", request_timeout, path=path, mode=mode, owner=owner, group=group
            )

    def search_files(
        self, path: str, pattern: str, request_timeout: float | None = None
    ) -> SearchFilesResponse:
        """Find files by a pattern of their names (search files)."""
        with prefixed("Failed to search files: "):
            found = self._call("GET", "/files/search", request_timeout, path=path, pattern=pattern)
            return parse(SearchFilesResponse, found)

    def find_files(self, path: str, pattern: str, request_timeout: float | None = None) -> list[Match]:
        """Find lines by a pattern in the files below a folder (find in files)."""
        with prefixed("Failed to find files: "):
            found = self._call("GET", "/files/find", request_timeout, path=path, pattern=pattern)
            return [parse(Match, item) for item in items_of(found)]

    def replace_in_files(
        self, files: list[str], pattern: str, new_value: str, request_timeout: float | None = None
    ) -> list[ReplaceResult]:
        """Replace a pattern in files (replace in files)."""
        with prefixed("Failed to replace in files: "):
            body = {"files": files, "pattern": pattern, "newValue": new_value}
            deadline = self._toolbox.transport.request_deadline(request_timeout)
            found = self._toolbox.call("POST", "/files/replace", deadline, json=body)
            return [parse(ReplaceResult, item) for item in items_of(found)]

    def _call(
        self, method: str, route: str, request_timeout: float | None, /, **params: str | int | None
    ) -> Any:
        given = {name: value for name, value in params.items() if value is not None}
        deadline = self._toolbox.transport.request_deadline(request_timeout)
        return self._toolbox.call(method, route, deadline, params=given)
