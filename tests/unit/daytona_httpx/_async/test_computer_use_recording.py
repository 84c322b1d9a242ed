"""Recordings of a sandbox's desktop."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from daytona_httpx import (
    AsyncSandbox,
    DaytonaConnectionError,
    DaytonaNotFoundError,
    DaytonaRecordingFfmpegNotFoundError,
    DaytonaRecordingStillActiveError,
    DaytonaValidationError,
)

from tests.unit.daytona_httpx.fake_api import FakeApi, refusal

pytestmark = pytest.mark.anyio

RUNS = {"id": "r1", "fileName": "f.mp4", "filePath": "/r/f.mp4", "startTime": "t", "status": "active"}
ENDED = {**RUNS, "status": "completed", "endTime": "u", "durationSeconds": 1.5, "sizeBytes": 9}


def broken(*chunks: bytes) -> Any:
    """Return an answer that breaks off after some chunks."""

    class Stream(httpx.AsyncByteStream):
        async def __aiter__(self) -> Any:
            for chunk in chunks:
                yield chunk
            raise httpx.ReadError("reset")

    return lambda _: httpx.Response(200, stream=Stream())


def names_in(folder: Path) -> list[str]:
    """Return the names of what is in a folder."""
    return sorted(path.name for path in folder.iterdir())


async def test_a_recording_begins_and_ends(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/computeruse/recordings/start", RUNS)
    api.on("POST", "/computeruse/recordings/stop", ENDED)
    begun = await sandbox.computer_use.recording.start(label="demo")
    ended = await sandbox.computer_use.recording.stop(begun.id)
    assert (None, None) == (begun.end_time, begun.duration_seconds)
    assert (1.5, 9, "/r/f.mp4") == (ended.duration_seconds, ended.size_bytes, ended.file_path)
    assert [{"label": "demo"}, {"id": "r1"}] == api.bodies("POST")


async def test_a_recording_without_a_label_has_none(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/recordings/start", RUNS)
    await sandbox.computer_use.recording.start()
    assert [{}] == api.bodies("POST")


async def test_recordings_are_listed_and_looked_up(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/computeruse/recordings", {"recordings": [ENDED, RUNS]})
    api.on("GET", "/computeruse/recordings/r1", RUNS)
    found = await sandbox.computer_use.recording.list()
    assert ["completed", "active"] == [one.status for one in found.recordings]
    assert "f.mp4" == (await sandbox.computer_use.recording.get("r1")).file_name


async def test_a_recording_is_written_to_a_local_file(
    sandbox: AsyncSandbox, api: FakeApi, tmp_path: Path
) -> None:
    api.on("GET", "/computeruse/recordings/r1/download", httpx.Response(200, content=b"film"))
    target = tmp_path / "f.mp4"
    await sandbox.computer_use.recording.download("r1", target)
    assert b"film" == target.read_bytes()
    assert ["f.mp4"] == names_in(tmp_path)
    assert 1800 == pytest.approx(api.requests[0].extensions["timeout"]["read"])


async def test_a_recording_that_breaks_off_leaves_nothing(
    sandbox: AsyncSandbox, api: FakeApi, tmp_path: Path
) -> None:
    api.on("GET", "/download", broken(b"fi"))
    with pytest.raises(DaytonaConnectionError, match="Failed to download recording: no answer"):
        await sandbox.computer_use.recording.download("r1", str(tmp_path / "f.mp4"))
    assert [] == names_in(tmp_path)


async def test_a_recording_that_isn_t_there_leaves_the_old_file(
    sandbox: AsyncSandbox, api: FakeApi, tmp_path: Path
) -> None:
    target = tmp_path / "f.mp4"
    target.write_bytes(b"old")
    api.on("GET", "/download", refusal(404, "none"))
    with pytest.raises(DaytonaNotFoundError, match="Failed to download recording: none"):
        await sandbox.computer_use.recording.download("r1", target)
    assert b"old" == target.read_bytes()
    assert ["f.mp4"] == names_in(tmp_path)


async def test_a_local_file_that_can_t_be_written_is_named_before_anything_is_sent(
    sandbox: AsyncSandbox, api: FakeApi, tmp_path: Path
) -> None:
    with pytest.raises(
        DaytonaValidationError, match=r"Failed to download recording: local file .*No such file"
    ):
        await sandbox.computer_use.recording.download("r1", tmp_path / "no" / "f.mp4")
    assert [] == api.requests


async def test_a_repeated_delete_has_done_its_work(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("DELETE", "/computeruse/recordings/r1", httpx.ReadError("reset"), refusal(404, "none"))
    await sandbox.computer_use.recording.delete("r1")
    assert 2 == len(api.requests)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (404, None, DaytonaNotFoundError),
        (409, "RECORDING_STILL_ACTIVE", DaytonaRecordingStillActiveError),
    ],
)
async def test_a_delete_that_is_refused_is_an_error(
    sandbox: AsyncSandbox, api: FakeApi, status: int, code: str | None, kind: type[Exception]
) -> None:
    api.on("DELETE", "/recordings/r1", refusal(status, "no", code=code, source="DAYTONA_DAEMON"))
    with pytest.raises(kind, match="Failed to delete recording: no"):
        await sandbox.computer_use.recording.delete("r1")


async def test_a_sandbox_that_can_t_record_is_its_own_error(sandbox: AsyncSandbox, api: FakeApi) -> None:
    answer = refusal(503, "no ffmpeg", code="RECORDING_FFMPEG_NOT_FOUND", source="DAYTONA_DAEMON")
    api.on("POST", "/recordings/start", answer)
    with pytest.raises(DaytonaRecordingFfmpegNotFoundError, match="Failed to start recording: no ffmpeg"):
        await sandbox.computer_use.recording.start()


async def test_a_failure_says_what_was_being_done(sandbox: AsyncSandbox, api: FakeApi) -> None:
    for method in ("GET", "POST"):
        api.on(method, "", refusal(400, "no"))
    recording = sandbox.computer_use.recording
    for doing, call in [
        ("stop recording", recording.stop("r1")),
        ("list recordings", recording.list()),
        ("get recording", recording.get("r1")),
    ]:
        with pytest.raises(DaytonaValidationError, match=f"Failed to {doing}: no"):
            await call
