# Generated from _async by `make generate`; do not edit.
"""A sandbox's desktop: its processes, and the ways to see and use it."""

from __future__ import annotations

from daytona_httpx._sync.accessibility import Accessibility
from daytona_httpx._sync.desktop import Desktop
from daytona_httpx._sync.display import Display
from daytona_httpx._sync.keyboard import Keyboard
from daytona_httpx._sync.mouse import Mouse
from daytona_httpx._sync.recording import RecordingService
from daytona_httpx._sync.screenshot import Screenshot
from daytona_httpx._sync.toolbox import Toolbox
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


class ComputerUse(Desktop):
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
        >>> sandbox.computer_use.start()
        ComputerUseStartResponse(...)
        >>> (sandbox.computer_use.get_status()).status
        'active'
    """

    def __init__(self, toolbox: Toolbox) -> None:
        super().__init__(toolbox)
        self.mouse = Mouse(toolbox)
        self.keyboard = Keyboard(toolbox)
        self.screenshot = Screenshot(toolbox)
        self.display = Display(toolbox)
        self.recording = RecordingService(toolbox)
        self.accessibility = Accessibility(toolbox)

    def start(self, request_timeout: float | None = None) -> ComputerUseStartResponse:
        """Start the desktop (start computer use)."""
        with prefixed("Failed to start computer use: "):
            return parse(ComputerUseStartResponse, self._call("POST", "/start", request_timeout))

    def stop(self, request_timeout: float | None = None) -> ComputerUseStopResponse:
        """Stop the desktop (stop computer use)."""
        with prefixed("Failed to stop computer use: "):
            return parse(ComputerUseStopResponse, self._call("POST", "/stop", request_timeout))

    def get_status(self, request_timeout: float | None = None) -> ComputerUseStatusResponse:
        """Return how the desktop is (get computer use status)."""
        with prefixed("Failed to get computer use status: "):
            return self._get(ComputerUseStatusResponse, "/process-status", request_timeout)

    def get_process_status(
        self, process_name: str, request_timeout: float | None = None
    ) -> ProcessStatusResponse:
        """Return whether a process of the desktop runs (get process status)."""
        with prefixed("Failed to get process status: "):
            return self._get(ProcessStatusResponse, _route(process_name, "status"), request_timeout)

    def restart_process(
        self, process_name: str, request_timeout: float | None = None
    ) -> ProcessRestartResponse:
        """Start a process of the desktop anew (restart process)."""
        with prefixed("Failed to restart process: "):
            answer = self._call("POST", _route(process_name, "restart"), request_timeout)
            return parse(ProcessRestartResponse, answer)

    def get_process_logs(
        self, process_name: str, request_timeout: float | None = None
    ) -> ProcessLogsResponse:
        """Return what a process of the desktop has written (get process logs)."""
        with prefixed("Failed to get process logs: "):
            return self._get(ProcessLogsResponse, _route(process_name, "logs"), request_timeout)

    def get_process_errors(
        self, process_name: str, request_timeout: float | None = None
    ) -> ProcessErrorsResponse:
        """Return the errors that a process of the desktop has written (get process errors)."""
        with prefixed("Failed to get process errors: "):
            return self._get(ProcessErrorsResponse, _route(process_name, "errors"), request_timeout)


def _route(process_name: str, what: str) -> str:
    return path_of("process", process_name, what)
