"""What callers hand over to take screenshots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from daytona_httpx.wire import given


@dataclass
class ScreenshotRegion:
    r"""Say which part of the screen, in pixels: its left upper corner, and its size.

    Example:
        >>> status = sandbox.computer_use.start().status
        >>> region = ScreenshotRegion(x=0, y=0, width=100, height=80)
        >>> picture = sandbox.computer_use.screenshot.take_region(region)
        >>> base64.b64decode(picture.screenshot)[:4]
        b'\x89PNG'
    """

    x: int
    y: int
    width: int
    height: int

    def params(self) -> dict[str, Any]:
        """Return the parameters of the request."""
        return given(x=self.x, y=self.y, width=self.width, height=self.height)


@dataclass
class ScreenshotOptions:
    r"""Say what a compressed screenshot is like; what is left out is the sandbox's choice.

    Args:
        show_cursor: Whether the mouse is in it.
        fmt: The format: png or jpeg.
        quality: How close a jpeg is to the screen, 1 to 100.
        scale: How large it is, 0.1 to 1.0.

    Example:
        >>> status = sandbox.computer_use.start().status
        >>> options = ScreenshotOptions(fmt="jpeg", quality=60, scale=0.5)
        >>> picture = sandbox.computer_use.screenshot.take_compressed(options)
        >>> base64.b64decode(picture.screenshot)[:2]
        b'\xff\xd8'
    """

    show_cursor: bool | None = None
    fmt: str | None = None
    quality: int | None = None
    scale: float | None = None

    def params(self) -> dict[str, Any]:
        """Return the parameters of the request."""
        return given(show_cursor=self.show_cursor, format=self.fmt, quality=self.quality, scale=self.scale)
