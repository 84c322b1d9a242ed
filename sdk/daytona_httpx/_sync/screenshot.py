# Generated from _async by `make generate`; do not edit.
"""Pictures of a sandbox's desktop."""

from __future__ import annotations

from daytona_httpx._sync.desktop import Desktop
from daytona_httpx.errors import prefixed
from daytona_httpx.models.computer_use import ScreenshotResponse
from daytona_httpx.screenshots import ScreenshotOptions, ScreenshotRegion


class Screenshot(Desktop):
    r"""Take screenshots; they come in base64, as png where nothing else was asked for.

    The ``request_timeout`` of every method is the seconds for its request; 0 is no limit, None the
    default of 90.

    Example:
        >>> sandbox.computer_use.start()
        ComputerUseStartResponse(...)
        >>> picture = sandbox.computer_use.screenshot.take_full_screen()
        >>> base64.b64decode(picture.screenshot)[:4]
        b'\x89PNG'
    """

    def take_full_screen(
        self, show_cursor: bool = False, request_timeout: float | None = None
    ) -> ScreenshotResponse:
        """Return a picture of the screen, with or without the mouse (take screenshot)."""
        with prefixed("Failed to take screenshot: "):
            return self._take("", request_timeout, ScreenshotOptions(show_cursor))

    def take_region(
        self, region: ScreenshotRegion, show_cursor: bool = False, request_timeout: float | None = None
    ) -> ScreenshotResponse:
        """Return a picture of a part of the screen (take region screenshot)."""
        with prefixed("Failed to take region screenshot: "):
            return self._take("/region", request_timeout, region, ScreenshotOptions(show_cursor))

    def take_compressed(
        self, options: ScreenshotOptions | None = None, request_timeout: float | None = None
    ) -> ScreenshotResponse:
        """Return a smaller picture of the screen (take compressed screenshot)."""
        with prefixed("Failed to take compressed screenshot: "):
            return self._take("/compressed", request_timeout, options or ScreenshotOptions())

    def take_compressed_region(
        self,
        region: ScreenshotRegion,
        options: ScreenshotOptions | None = None,
        request_timeout: float | None = None,
    ) -> ScreenshotResponse:
        """Return a smaller picture of a part of the screen (take compressed region screenshot)."""
        with prefixed("Failed to take compressed region screenshot: "):
            asked = options or ScreenshotOptions()
            return self._take("/region/compressed", request_timeout, region, asked)

    def _take(
        self, kind: str, request_timeout: float | None, *asked: ScreenshotRegion | ScreenshotOptions
    ) -> ScreenshotResponse:
        params = {name: value for part in asked for name, value in part.params().items()}
        return self._get(ScreenshotResponse, f"/screenshot{kind}", request_timeout, **params)
