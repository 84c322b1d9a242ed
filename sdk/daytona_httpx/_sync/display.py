# Generated from _async by `make generate`; do not edit.
"""The screens and windows of a sandbox's desktop."""

from __future__ import annotations

from daytona_httpx._sync.desktop import Desktop
from daytona_httpx.errors import prefixed
from daytona_httpx.models.computer_use import DisplayInfoResponse, WindowsResponse


class Display(Desktop):
    """Look at the screens and windows.

    The ``request_timeout`` of every method is the seconds for its request; 0 is no limit, None the
    default of 90.

    Example:
        >>> sandbox.computer_use.start()
        ComputerUseStartResponse(...)
        >>> info = sandbox.computer_use.display.get_info()
        >>> info.displays[0].width, info.displays[0].height
        (1024, 768)
    """

    def get_info(self, request_timeout: float | None = None) -> DisplayInfoResponse:
        """Return the screens, their places and sizes (get display info)."""
        with prefixed("Failed to get display info: "):
            return self._get(DisplayInfoResponse, "/display/info", request_timeout)

    def get_windows(self, request_timeout: float | None = None) -> WindowsResponse:
        """Return the open windows (get windows)."""
        with prefixed("Failed to get windows: "):
            return self._get(WindowsResponse, "/display/windows", request_timeout)
