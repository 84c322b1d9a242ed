"""The wire models of the toolbox: files."""

from __future__ import annotations

from daytona_httpx.models.base import WireModel


class FileInfo(WireModel):
    """Hold what is known of a file in a sandbox; the size in bytes.

    Example:
        >>> info = sandbox.fs.get_file_info("notes.txt")
        >>> info.name, info.size, info.is_dir
        ('notes.txt', 8, False)
    """

    name: str
    is_dir: bool
    size: int = 0
    mode: str = ""
    permissions: str = ""
    owner: str = ""
    group: str = ""
    mod_time: str = ""
    modified_at: str | None = None
    path: str | None = None


class Match(WireModel):
    """Hold a line that a search in files found.

    Example:
        >>> [(match.line, match.content) for match in sandbox.fs.find_files("notes.txt", "two")]
        [(2, 'two')]
    """

    file: str
    line: int
    content: str


class ReplaceResult(WireModel):
    """Hold how replacing went in one file.

    Example:
        >>> sandbox.fs.upload_file(b"old", "replaced.txt")
        >>> sandbox.fs.replace_in_files(["replaced.txt"], "old", "new")[0].success
        True
    """

    file: str | None = None
    success: bool | None = None
    error: str | None = None


class SearchFilesResponse(WireModel):
    """Hold the paths that a search for names found.

    Example:
        >>> sandbox.fs.search_files("project", "*.py").files
        ['project/main.py']
    """

    files: list[str]
