"""The screens and windows of a sandbox's desktop."""

from __future__ import annotations

from daytona_httpx._async.desktop import AsyncDesktop
from daytona_httpx.errors import prefixed
from daytona_httpx.models.computer_use import DisplayInfoResponse, WindowsResponse


class AsyncDisplay(AsyncDesktop):
    """Look at the screens and windows.

    The ``request_timeout`` of every method is the seconds for its request; 0 is no limit, None the
    default of 90.

    Example:
        >>> await sandbox.computer_use.start()
        ComputerUseStartResponse(...)
        >>> info = await sandbox.computer_use.display.get_info()
        >>> info.displays[0].width, info.displays[0].height
        (1024, 768)
    """

    async def get_info(self, request_timeout: float | None = None) -> DisplayInfoResponse:
        """Return the screens, their places and sizes (get display info)."""
        with prefixed("Failed to get display info: "):
            return await self._get(DisplayInfoResponse, "/display/info", request_timeout)

    async def get_windows(self, request_timeout: float | None = None) -> WindowsResponse:
        """Return the open windows (get windows)."""
        with prefixed("Failed to get windows: "):
            return await self._get(WindowsResponse, "/display/windows", request_timeout)
