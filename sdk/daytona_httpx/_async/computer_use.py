"""A sandbox's desktop: its processes, and the ways to see and use it."""

from __future__ import annotations

from daytona_httpx._async.accessibility import AsyncAccessibility
from daytona_httpx._async.desktop import AsyncDesktop
from daytona_httpx._async.display import AsyncDisplay
from daytona_httpx._async.keyboard import AsyncKeyboard
from daytona_httpx._async.mouse import AsyncMouse
from daytona_httpx._async.recording import AsyncRecordingService
from daytona_httpx._async.screenshot import AsyncScreenshot
from daytona_httpx._async.toolbox import AsyncToolbox
from daytona_httpx.errors import prefixed
from daytona_httpx.models.base import parse
from daytona_httpx.models.computer_use import (
    ComputerUseStartResponse,
    ComputerUseStatusResponse,
    ComputerUseStopResponse,
    ProcessErrorsResponse,
    ProcessLogsResponse,
    ProcessRestartResponse,
    ProcessStatusResponse,
)
from daytona_httpx.wire import path_of


class AsyncComputerUse(AsyncDesktop):
    """Use one sandbox's desktop.

    The ``request_timeout`` of every method is the seconds for its request; 0 is no limit, None the
    default of 90. A ``process_name`` is one of those that ``start`` answers, such as ``xvfb``.

    Attributes:
        mouse: The mouse.
        keyboard: The keyboard.
        screenshot: Pictures of the screen.
        display: The screens and windows.
        recording: Recordings of the screen.
        accessibility: What programs say of their windows.

    Example:
        >>> await sandbox.computer_use.start()
        ComputerUseStartResponse(...)
        >>> (await sandbox.computer_use.get_status()).status
        'active'
    """

    def __init__(self, toolbox: AsyncToolbox) -> None:
        super().__init__(toolbox)
        self.mouse = AsyncMouse(toolbox)
        self.keyboard = AsyncKeyboard(toolbox)
        self.screenshot = AsyncScreenshot(toolbox)
        self.display = AsyncDisplay(toolbox)
        self.recording = AsyncRecordingService(toolbox)
        self.accessibility = AsyncAccessibility(toolbox)

    async def start(self, request_timeout: float | None = None) -> ComputerUseStartResponse:
        """Start the desktop (start computer use)."""
        with prefixed("Failed to start computer use: "):
            return parse(ComputerUseStartResponse, await self._call("POST", "/start", request_timeout))

    async def stop(self, request_timeout: float | None = None) -> ComputerUseStopResponse:
        """Stop the desktop (stop computer use)."""
        with prefixed("Failed to stop computer use: "):
            return parse(ComputerUseStopResponse, await self._call("POST", "/stop", request_timeout))

    async def get_status(self, request_timeout: float | None = None) -> ComputerUseStatusResponse:
        """Return how the desktop is (get computer use status)."""
        with prefixed("Failed to get computer use status: "):
            return await self._get(ComputerUseStatusResponse, "/process-status", request_timeout)

    async def get_process_status(
        self, process_name: str, request_timeout: float | None = None
    ) -> ProcessStatusResponse:
        """Return whether a process of the desktop runs (get process status)."""
        with prefixed("Failed to get process status: "):
            return await self._get(ProcessStatusResponse, _route(process_name, "status"), request_timeout)

    async def restart_process(
        self, process_name: str, request_timeout: float | None = None
    ) -> ProcessRestartResponse:
        """Start a process of the desktop anew (restart process)."""
        with prefixed("Failed to restart process: "):
            answer = await self._call("POST", _route(process_name, "restart"), request_timeout)
            return parse(ProcessRestartResponse, answer)

    async def get_process_logs(
        self, process_name: str, request_timeout: float | None = None
    ) -> ProcessLogsResponse:
        """Return what a process of the desktop has written (get process logs)."""
        with prefixed("Failed to get process logs: "):
            return await self._get(ProcessLogsResponse, _route(process_name, "logs"), request_timeout)

    async def get_process_errors(
        self, process_name: str, request_timeout: float | None = None
    ) -> ProcessErrorsResponse:
        """Return the errors that a process of the desktop has written (get process errors)."""
        with prefixed("Failed to get process errors: "):
            return await self._get(ProcessErrorsResponse, _route(process_name, "errors"), request_timeout)


def _route(process_name: str, what: str) -> str:
    return path_of("process", process_name, what)
