"""The recording operations of the toolbox, over HTTP."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from daytona_local.toolbox import computer_use_requests as asked_for
from daytona_local.toolbox.blocking import blocking
from daytona_local.toolbox.bodies import body
from daytona_local.toolbox.computer_use import ComputerUse
from daytona_local.toolbox.computer_use_recordings import Recordings
from daytona_local.toolbox.downloads import FileAnswer
from daytona_local.toolbox.running import running

READ_BYTES = 1024 * 1024


async def _recordings(request: Request) -> Recordings:
    return (await running(request)).service(Recordings)


async def list_recordings(request: Request) -> Response:
    """List the films [ListRecordings]."""
    found = await (await _recordings(request)).all()
    return JSONResponse({"recordings": [recording.wire for recording in found]})


async def start_recording(request: Request) -> Response:
    """Begin a film [StartRecording]."""
    asked = await body(request, asked_for.RecordingRequest)
    computer = (await running(request)).service(ComputerUse)
    recording = await (await _recordings(request)).start(computer, asked.label)
    return JSONResponse(recording.wire, status_code=201)


async def stop_recording(request: Request) -> Response:
    """End a film [StopRecording]."""
    asked = await body(request, asked_for.RecordingStopRequest)
    return JSONResponse((await (await _recordings(request)).stop(asked.id)).wire)


async def get_recording(request: Request) -> Response:
    """Describe a film [GetRecording]."""
    recording = await (await _recordings(request)).get(request.path_params["id"])
    return JSONResponse(recording.wire)


async def delete_recording(request: Request) -> Response:
    """Delete a film [DeleteRecording]."""
    await (await _recordings(request)).delete(request.path_params["id"])
    return Response(status_code=204)


async def download_recording(request: Request) -> Response:
    """Hand a film out as it is read [DownloadRecording]."""
    recording, fd, size = await (await _recordings(request)).open(request.path_params["id"])
    name = os.path.basename(recording.path)
    headers = {"Content-Length": str(size), "Content-Disposition": f'attachment; filename="{name}"'}
    return FileAnswer(fd, _read(fd, size), headers)


async def _read(fd: int, size: int) -> AsyncIterator[bytes]:
    while size > 0 and (chunk := await blocking(os.read, fd, min(size, READ_BYTES))):
        size -= len(chunk)
        yield chunk


routes: list[BaseRoute] = [
    Route("/computeruse/recordings", list_recordings, methods=["GET"]),
    Route("/computeruse/recordings/start", start_recording, methods=["POST"]),
    Route("/computeruse/recordings/stop", stop_recording, methods=["POST"]),
    Route("/computeruse/recordings/{id}", get_recording, methods=["GET"]),
    Route("/computeruse/recordings/{id}", delete_recording, methods=["DELETE"]),
    Route("/computeruse/recordings/{id}/download", download_recording, methods=["GET"]),
]
