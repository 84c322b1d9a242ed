"""Pictures of a sandbox's display, taken by whichever program can do what is asked for."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from daytona_local.errors import FailedError, InvalidError, UnavailableError
from daytona_local.toolbox import programs
from daytona_local.toolbox.computer_use import ComputerUse
from daytona_local.toolbox.computer_use_input import Mouse

FORMATS = ("png", "jpeg", "webp")
DEFAULT_QUALITY = 85
SMALLEST_SCALE, LARGEST_SCALE = 0.1, 1.0

_IMAGEMAGICK = {"png": "png24", "jpeg": "jpeg", "webp": "webp"}
_ENCODERS = {"png": "png", "jpeg": "mjpeg", "webp": "libwebp"}


@dataclass(frozen=True)
class Region:
    """Name a part of the display, in pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Picture:
    """Say how a picture shall be.

    Args:
        cursor: Whether it shows the mouse.
        format: png, jpeg or webp.
        quality: From 1 to 100; a png is always exact.
        scale: How much smaller it gets, from 0.1 to 1.
    """

    cursor: bool = False
    format: str = "png"
    quality: int = DEFAULT_QUALITY
    scale: float = LARGEST_SCALE

    def __post_init__(self) -> None:
        if self.format not in FORMATS:
            raise InvalidError(f"{self.format!r} is no format here; use {', '.join(FORMATS)}")
        if not 1 <= self.quality <= 100:
            raise InvalidError(f"a quality of {self.quality} can't be; use 1 to 100")
        if not SMALLEST_SCALE <= self.scale <= LARGEST_SCALE:
            raise InvalidError(f"a scale of {self.scale} can't be; use {SMALLEST_SCALE} to {LARGEST_SCALE:g}")

    def size(self, region: Region) -> tuple[int, int]:
        """Return the picture's own size."""
        return max(1, round(region.width * self.scale)), max(1, round(region.height * self.scale))


async def take(computer: ComputerUse, picture: Picture, region: Region | None = None) -> dict[str, Any]:
    """Take a picture of the display or a part of it, in the API's form.

    Raises:
        FailedError: The program that should take it failed.
        InvalidError: The part is not on the display.
        UnavailableError: The display isn't started, or no program can take such a picture.
    """
    part = await _checked(computer, region)
    said = await computer.run("take screenshot", *await _command(computer, picture, part))
    if not said:
        raise FailedError("take screenshot: the picture is empty; try again")
    answer: dict[str, Any] = {"screenshot": base64.b64encode(said).decode(), "sizeBytes": len(said)}
    if picture.cursor:
        x, y = await Mouse(computer).position()
        answer["cursorPosition"] = {"x": x, "y": y}
    return answer


async def _checked(computer: ComputerUse, region: Region | None) -> Region:
    width, height = await computer.geometry()
    if region is None:
        return Region(0, 0, width, height)
    inside = 0 <= region.x < region.x + region.width <= width
    if not (inside and 0 <= region.y < region.y + region.height <= height):
        raise InvalidError(f"the region is not on the display, which has {width}x{height} pixels")
    return region


async def _command(computer: ComputerUse, picture: Picture, region: Region) -> list[str]:
    """Return the command of the fastest program that can do it."""
    found = await programs.find(computer.running, "import", "ffmpeg", "scrot")
    if "import" in found and not picture.cursor:
        return _by_imagemagick(picture, region)
    if "ffmpeg" in found:
        return _by_ffmpeg(computer.display, picture, region)
    whole = region == await _checked(computer, None)
    if "scrot" in found and whole and picture.format == "png" and picture.scale == LARGEST_SCALE:
        return ["scrot", *(["-p"] if picture.cursor else []), "-"]
    raise UnavailableError(
        "take screenshot: the sandbox has no program for it; install ffmpeg on the server's host"
    )


def _by_imagemagick(picture: Picture, region: Region) -> list[str]:
    width, height = picture.size(region)
    crop = ["-crop", f"{region.width}x{region.height}+{region.x}+{region.y}", "+repage"]
    resize = ["-resize", f"{width}x{height}!"] if picture.scale < LARGEST_SCALE else []
    quality = [] if picture.format == "png" else ["-quality", str(picture.quality)]
    return [
        "import",
        "-silent",
        "-window",
        "root",
        *crop,
        *resize,
        *quality,
        f"{_IMAGEMAGICK[picture.format]}:-",
    ]


def _by_ffmpeg(display: str, picture: Picture, region: Region) -> list[str]:
    width, height = picture.size(region)
    source = ["-f", "x11grab", "-framerate", "60", "-draw_mouse", str(int(picture.cursor))]
    source += ["-video_size", f"{region.width}x{region.height}", "-i", f"{display}+{region.x},{region.y}"]
    quality = {
        "png": [],
        "jpeg": ["-q:v", str(round(31 - 29 * picture.quality / 100))],
        "webp": ["-quality", str(picture.quality)],
    }[picture.format]
    encode = [
        "-frames:v",
        "1",
        "-vf",
        f"scale={width}:{height}:flags=area",
        "-c:v",
        _ENCODERS[picture.format],
    ]
    return ["ffmpeg", "-nostdin", "-loglevel", "error", *source, *encode, *quality, "-f", "image2pipe", "-"]
