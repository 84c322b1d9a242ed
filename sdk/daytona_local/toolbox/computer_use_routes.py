"""The computer use operations of the toolbox, over HTTP: the display, its processes, and its pictures."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from daytona_local.toolbox.computer_use import ComputerUse
from daytona_local.toolbox.computer_use_display import displays, windows
from daytona_local.toolbox.computer_use_recordings import Recordings
from daytona_local.toolbox.computer_use_requests import PictureQuery, RegionQuery, parameters
from daytona_local.toolbox.computer_use_screenshots import Picture, Region, take
from daytona_local.toolbox.running import running


async def _computer(request: Request) -> ComputerUse:
    return (await running(request)).service(ComputerUse)


def _states(computer: ComputerUse, message: str) -> Response:
    states = {name: process.wire for name, process in computer.processes.items()}
    return JSONResponse({"message": message, "status": states})


async def start(request: Request) -> Response:
    """Start the display [StartComputerUse]."""
    computer = await _computer(request)
    await computer.start()
    return _states(computer, "Computer use is started")


async def stop(request: Request) -> Response:
    """End the films under way, and the display [StopComputerUse]."""
    computer = await _computer(request)
    await (await running(request)).service(Recordings).finish()
    await computer.stop()
    return _states(computer, "Computer use is stopped")


async def get_status(request: Request) -> Response:
    """Say whether the display runs [GetComputerUseStatus, GetComputerUseSystemStatus]."""
    return JSONResponse({"status": (await _computer(request)).status})


async def get_process_status(request: Request) -> Response:
    """Say whether a process runs; one that isn't known here doesn't [GetProcessStatus]."""
    name = request.path_params["process_name"]
    process = (await _computer(request)).processes.get(name)
    return JSONResponse({"processName": name, "running": process is not None and process.alive})


async def restart_process(request: Request) -> Response:
    """Restart a process [RestartProcess]."""
    name = request.path_params["process_name"]
    await (await _computer(request)).restart(name)
    return JSONResponse({"processName": name, "message": f"{name} is restarted"})


async def get_process_logs(request: Request) -> Response:
    """Hand out the end of what a process said [GetProcessLogs]."""
    name = request.path_params["process_name"]
    process = (await _computer(request)).process(name)
    return JSONResponse({"processName": name, "logs": str(process.stdout)})


async def get_process_errors(request: Request) -> Response:
    """Hand out the end of what a process said on its errors stream [GetProcessErrors]."""
    name = request.path_params["process_name"]
    process = (await _computer(request)).process(name)
    return JSONResponse({"processName": name, "errors": str(process.stderr)})


async def get_display_info(request: Request) -> Response:
    """Describe the display [GetDisplayInfo]."""
    return JSONResponse({"displays": await displays(await _computer(request))})


async def get_windows(request: Request) -> Response:
    """List the windows [GetWindows]."""
    return JSONResponse({"windows": await windows(await _computer(request))})


async def take_screenshot(request: Request) -> Response:
    """Take a picture of the display [TakeScreenshot]."""
    picture = Picture(cursor=parameters(request, PictureQuery).showCursor)
    return JSONResponse(await take(await _computer(request), picture))


async def take_region_screenshot(request: Request) -> Response:
    """Take a picture of a part of the display [TakeRegionScreenshot]."""
    picture = Picture(cursor=parameters(request, PictureQuery).showCursor)
    return JSONResponse(await take(await _computer(request), picture, _region(request)))


async def take_compressed_screenshot(request: Request) -> Response:
    """Take a small picture of the display [TakeCompressedScreenshot]."""
    return JSONResponse(await take(await _computer(request), _picture(request)))


async def take_compressed_region_screenshot(request: Request) -> Response:
    """Take a small picture of a part of the display [TakeCompressedRegionScreenshot]."""
    return JSONResponse(await take(await _computer(request), _picture(request), _region(request)))


def _picture(request: Request) -> Picture:
    asked = parameters(request, PictureQuery)
    kind = asked.format.lower().replace("jpg", "jpeg")
    return Picture(asked.showCursor, kind, asked.quality, asked.scale)


def _region(request: Request) -> Region:
    asked = parameters(request, RegionQuery)
    return Region(asked.x, asked.y, asked.width, asked.height)


routes: list[BaseRoute] = [
    Route("/computeruse/start", start, methods=["POST"]),
    Route("/computeruse/stop", stop, methods=["POST"]),
    Route("/computeruse/status", get_status, methods=["GET"]),
    Route("/computeruse/process-status", get_status, methods=["GET"]),
    Route("/computeruse/process/{process_name}/status", get_process_status, methods=["GET"]),
    Route("/computeruse/process/{process_name}/restart", restart_process, methods=["POST"]),
    Route("/computeruse/process/{process_name}/logs", get_process_logs, methods=["GET"]),
    Route("/computeruse/process/{process_name}/errors", get_process_errors, methods=["GET"]),
    Route("/computeruse/display/info", get_display_info, methods=["GET"]),
    Route("/computeruse/display/windows", get_windows, methods=["GET"]),
    Route("/computeruse/screenshot", take_screenshot, methods=["GET"]),
    Route("/computeruse/screenshot/compressed", take_compressed_screenshot, methods=["GET"]),
    Route("/computeruse/screenshot/region", take_region_screenshot, methods=["GET"]),
    Route("/computeruse/screenshot/region/compressed", take_compressed_region_screenshot, methods=["GET"]),
]
