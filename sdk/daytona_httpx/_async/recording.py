"""Recordings of a sandbox's desktop."""

from __future__ import annotations

import os

from daytona_httpx._async.desktop import AsyncDesktop
from daytona_httpx.errors import DaytonaNotFoundError, prefixed
from daytona_httpx.models.recording import ListRecordingsResponse, Recording
from daytona_httpx.transfers import written_whole
from daytona_httpx.wire import path_of

DOWNLOAD_S = 1800


class AsyncRecordingService(AsyncDesktop):
    """Record the screen.

    The ``request_timeout`` of every method is the seconds for its request; 0 is no limit, None the
    default of 90.
    """

    async def start(self, label: str | None = None, request_timeout: float | None = None) -> Recording:
        """Begin a recording, with a label in its file's name when one is given (start recording).

        Raises:
            DaytonaRecordingFfmpegNotFoundError: The sandbox has nothing to record with.
        """
        with prefixed("Failed to start recording: "):
            return await self._post(Recording, "/recordings/start", request_timeout, label=label)

    async def stop(self, recording_id: str, request_timeout: float | None = None) -> Recording:
        """End a recording, and return what is known of it (stop recording)."""
        with prefixed("Failed to stop recording: "):
            return await self._post(Recording, "/recordings/stop", request_timeout, id=recording_id)

    async def list(self, request_timeout: float | None = None) -> ListRecordingsResponse:
        """Return the recordings, those that run too (list recordings)."""
        with prefixed("Failed to list recordings: "):
            return await self._get(ListRecordingsResponse, "/recordings", request_timeout)

    async def get(self, recording_id: str, request_timeout: float | None = None) -> Recording:
        """Return what is known of a recording (get recording)."""
        with prefixed("Failed to get recording: "):
            return await self._get(Recording, _route(recording_id), request_timeout)

    async def delete(self, recording_id: str, request_timeout: float | None = None) -> None:
        """Delete a recording and its file (delete recording).

        Raises:
            DaytonaRecordingStillActiveError: It has not been stopped.
        """
        with prefixed("Failed to delete recording: "):
            try:
                await self._call("DELETE", _route(recording_id), request_timeout)
            except DaytonaNotFoundError as error:
                if error.attempts == 1:  # a repeated delete whose first answer was lost has done its work
                    raise

    async def download(self, recording_id: str, local_path: str | os.PathLike[str]) -> None:
        """Write a recording to a local file, whole or not at all, within 30 minutes (download recording).

        Args:
            recording_id: The recording; one that has been stopped.
            local_path: The file, in a folder that is there; it is never held in memory as a whole.

        Raises:
            DaytonaValidationError: The local file can't be written.
        """
        with prefixed("Failed to download recording: "):
            deadline = self._toolbox.transport.deadline(DOWNLOAD_S)
            path = f"/computeruse{_route(recording_id)}/download"
            with written_whole(local_path) as file:
                await self._toolbox.receive(path, deadline, file.write)


def _route(recording_id: str) -> str:
    return path_of("recordings", recording_id)
