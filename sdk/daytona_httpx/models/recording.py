"""The wire models of the toolbox: recordings of the screen."""

from __future__ import annotations

from daytona_httpx.models.base import WireModel
from daytona_httpx.models.listed import Listed


class Recording(WireModel):
    """Hold a recording; it has no end while it runs.

    Attributes:
        id: Its id.
        file_name: The file's name.
        file_path: Where it lies in the sandbox.
        start_time: When it began.
        end_time: When it ended.
        status: How it is, in the sandbox's own word.
        duration_seconds: How long it is.
        size_bytes: How large it is.

    Example:
        >>> status = sandbox.computer_use.start().status
        >>> begun = sandbox.computer_use.recording.start("film")
        >>> sandbox.computer_use.recording.stop(begun.id).status
        'completed'
        >>> sandbox.computer_use.recording.delete(begun.id)
    """

    id: str
    file_name: str = ""
    file_path: str = ""
    start_time: str = ""
    end_time: str | None = None
    status: str = ""
    duration_seconds: float | None = None
    size_bytes: int | None = None


class ListRecordingsResponse(WireModel):
    """Hold the recordings of a sandbox, those that run and those that have ended.

    Example:
        >>> found = sandbox.computer_use.recording.list().recordings
        >>> all(recording.file_name.endswith(".mp4") for recording in found)
        True
    """

    recordings: Listed[Recording]
