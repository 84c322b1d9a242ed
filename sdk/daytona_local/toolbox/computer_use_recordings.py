"""Films of a sandbox's display, made by ffmpeg in the sandbox."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from daytona_local.errors import (
    ConflictError,
    FailedError,
    InvalidError,
    NotFoundError,
    UnavailableError,
)
from daytona_local.records import new_id
from daytona_local.runtime import AgentError
from daytona_local.toolbox import programs
from daytona_local.toolbox.computer_use import ComputerUse
from daytona_local.toolbox.computer_use_processes import DesktopProcess
from daytona_local.toolbox.running import Running

FOLDER = ".daytona/recordings"
BEGIN_S = 10.0
FINISH_S = 10.0
FRAMES_PER_S = "15"

_LABEL = re.compile(r"[\w -][\w. -]{0,99}", re.ASCII)
_EVEN = "crop=trunc(iw/2)*2:trunc(ih/2)*2"
"""What the encoder wants: even sizes."""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Recording:
    """Hold one film.

    Attributes:
        status: recording, completed or failed.
    """

    path: str
    process: DesktopProcess
    id: str = field(default_factory=new_id)
    started_at: str = field(default_factory=_now)
    begun: float = field(default_factory=time.monotonic)
    status: str = "recording"
    ended_at: str | None = None
    duration_s: float | None = None
    size_bytes: int | None = None

    @property
    def wire(self) -> dict[str, Any]:
        """Return it in the API's form."""
        known = {"endTime": self.ended_at, "durationSeconds": self.duration_s, "sizeBytes": self.size_bytes}
        return {
            "id": self.id,
            "fileName": os.path.basename(self.path),
            "filePath": self.path,
            "startTime": self.started_at,
            "status": self.status,
            **{name: value for name, value in known.items() if value is not None},
        }

    def ended(self, status: str, size_bytes: int | None) -> None:
        """Take note of its end."""
        self.status = status
        self.ended_at = _now()
        self.duration_s = round(time.monotonic() - self.begun, 3)
        self.size_bytes = size_bytes


class Recordings:
    """Keep the films of a running sandbox: the list ends with it, the files stay."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._recordings: dict[str, Recording] = {}

    async def start(self, computer: ComputerUse, label: str | None) -> Recording:
        """Begin a film; return once its first picture is taken.

        Args:
            computer: Whose display.
            label: The beginning of the file's name.

        Raises:
            FailedError: It could not begin.
            InvalidError: The label can't be a part of a file's name.
            UnavailableError: The display isn't started, or there is no ffmpeg.
        """
        if label and not _LABEL.fullmatch(label):
            raise InvalidError(
                "a label has at most 100 letters, digits, spaces and _ . -, and begins with no dot"
            )
        if "ffmpeg" not in await programs.find(self._running, "ffmpeg"):
            message = "record the display: the sandbox has no ffmpeg; install it on the server's host"
            raise UnavailableError(message, "RECORDING_FFMPEG_NOT_FOUND")
        width, height = await computer.geometry()
        folder = f"{self._running.agent.home}/{FOLDER}"
        await self._running.agent.ask("mkdir", path=folder, mode=None)
        stamp = datetime.now(UTC).strftime("%Y%m%d_%H%M%S_%f")
        recording = Recording(
            f"{folder}/{label or 'recording'}_{stamp}.mp4", DesktopProcess(self._running, "ffmpeg")
        )
        await self._begin(recording, _command(computer.display, f"{width}x{height}", recording.path))
        self._recordings[recording.id] = recording
        return recording

    async def stop(self, recording_id: str) -> Recording:
        """End a film.

        Raises:
            InvalidError: It has ended already.
            NotFoundError: There is none.
        """
        recording = await self.get(recording_id)
        if recording.status != "recording":
            raise InvalidError(f"recording {recording_id} has already ended; download it")
        await recording.process.stop(signal.SIGINT, FINISH_S)
        recording.ended("completed", await self._size(recording))
        return recording

    async def all(self) -> list[Recording]:
        """Return all films, those under way too."""
        return [await self.get(recording_id) for recording_id in list(self._recordings)]

    async def get(self, recording_id: str) -> Recording:
        """Return a film.

        Raises:
            NotFoundError: There is none.
        """
        recording = self._recordings.get(recording_id)
        if recording is None:
            raise NotFoundError(f"there is no recording {recording_id}; list them to see which there are")
        if recording.status == "recording" and not recording.process.alive:
            await recording.process.stop()
            recording.ended("failed", await self._size(recording))
        return recording

    async def delete(self, recording_id: str) -> None:
        """Delete a film and its file.

        Raises:
            ConflictError: It is under way.
            NotFoundError: There is none.
        """
        recording = await self.get(recording_id)
        self._refuse_active(recording)
        if await self._size(recording) is not None:
            await self._running.agent.ask("remove", path=recording.path, recursive=False)
        del self._recordings[recording_id]

    async def open(self, recording_id: str) -> tuple[Recording, int, int]:
        """Return a film, its file's descriptor, which the caller closes, and the file's size.

        Raises:
            ConflictError: It is under way.
            NotFoundError: There is none, or its file is gone.
        """
        recording = await self.get(recording_id)
        self._refuse_active(recording)
        try:
            return recording, *await self._running.agent.open(recording.path, os.O_RDONLY)
        except AgentError as error:
            raise NotFoundError(f"the file of recording {recording_id} is gone: {error.strerror}") from error

    async def finish(self) -> None:
        """End all films under way: the display is about to go."""
        active = [one for one in await self.all() if one.status == "recording"]
        await asyncio.gather(*(self.stop(one.id) for one in active))

    async def close(self) -> None:
        """End those under way: the sandbox is stopping."""
        for recording in self._recordings.values():
            await recording.process.stop(signal.SIGINT, FINISH_S)

    async def _begin(self, recording: Recording, argv: list[str]) -> None:
        await recording.process.start(argv)
        if not await recording.process.begun(BEGIN_S):
            await recording.process.stop()
            said = str(recording.process.stderr).strip().splitlines()
            raise FailedError(f"record the display: {said[-1] if said else 'ffmpeg takes no picture'}")
        recording.started_at, recording.begun = _now(), time.monotonic()

    async def _size(self, recording: Recording) -> int | None:
        try:
            info = (await self._running.agent.ask("stat", path=recording.path))["info"]
        except AgentError:
            return None  # somebody has removed it
        return int(info["size"])

    @staticmethod
    def _refuse_active(recording: Recording) -> None:
        if recording.status == "recording":
            raise ConflictError(
                f"recording {recording.id} is under way; stop it first", "RECORDING_STILL_ACTIVE"
            )


def _command(display: str, size: str, path: str) -> list[str]:
    """Return the command; the file can be played whenever ffmpeg ends, and progress is told at once."""
    source = ["-f", "x11grab", "-framerate", FRAMES_PER_S, "-video_size", size, "-i", display]
    encode = ["-vf", _EVEN, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    target = ["-movflags", "+frag_keyframe+empty_moov", "-f", "mp4", path]
    told = ["-nostdin", "-y", "-loglevel", "error", "-progress", "pipe:1", "-stats_period", "0.2"]
    return ["ffmpeg", *told, *source, *encode, *target]
