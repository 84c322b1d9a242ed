"""Pictures of a real display, by each program that can take them."""

from __future__ import annotations

import base64
import struct
from typing import Any

import pytest
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.toolbox.desktop import Desktop, needs, routes

pytestmark = needs("Xvfb", "xdotool")

PROGRAMS = [pytest.param(name, marks=needs(name)) for name in ("import", "ffmpeg")]
REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("screenshot/compressed", {"format": "gif"}),
    ("screenshot/compressed", {"quality": 0}),
    ("screenshot/compressed", {"quality": 101}),
    ("screenshot/compressed", {"scale": 0.01}),
    ("screenshot/compressed", {"scale": 2}),
    ("screenshot/compressed", {"scale": "nan"}),
    ("screenshot/region", {"x": 0, "y": 0, "width": 0, "height": 1}),
    ("screenshot/region", {"x": 1000, "y": 0, "width": 25, "height": 1}),
    ("screenshot/region", {"x": -1, "y": 0, "width": 5, "height": 1}),
    ("screenshot/region", {"x": 0, "y": 0, "width": 5}),
    ("screenshot", {"showCursor": "perhaps"}),
]
REGION = {"x": 10, "y": 20, "width": 300, "height": 201}


@pytest.fixture
async def desktop(toolbox: Any, box: Running) -> Desktop:
    """Return the operations on a display, where no program for pictures is left."""
    made = Desktop(toolbox(routes), box)
    assert 200 == (await made.post("start")).status_code
    return made


async def picture(desktop: Desktop, what: str = "", **asked: Any) -> bytes:
    answer = await desktop.get(f"screenshot{what}", **asked)
    assert 200 == answer.status_code, answer.text
    data = base64.b64decode(answer.json()["screenshot"])
    assert len(data) == answer.json()["sizeBytes"]
    return data


def png_size(data: bytes) -> tuple[int, int]:
    assert data.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


@pytest.mark.parametrize("program", PROGRAMS)
async def test_a_picture_is_as_large_as_what_it_shows_or_smaller_on_request(
    desktop: Desktop, program: str
) -> None:
    await desktop.only("xdotool", program)

    assert (1024, 768) == png_size(await picture(desktop))
    assert (300, 201) == png_size(await picture(desktop, "/region", **REGION))
    assert (512, 384) == png_size(await picture(desktop, "/compressed", scale=0.5))
    assert (150, 100) == png_size(await picture(desktop, "/region/compressed", **REGION, scale=0.5))


@pytest.mark.parametrize("program", PROGRAMS)
async def test_a_picture_has_the_format_that_was_asked_for(desktop: Desktop, program: str) -> None:
    await desktop.only("xdotool", program)

    for kind, begin in (("jpeg", b"\xff\xd8"), ("jpg", b"\xff\xd8"), ("webp", b"RIFF")):
        assert begin == (await picture(desktop, "/compressed", format=kind))[: len(begin)]


@pytest.mark.parametrize("program", PROGRAMS)
async def test_a_better_picture_has_more_bytes(desktop: Desktop, program: str) -> None:
    await desktop.only("xdotool", program)

    asked = {"format": "jpeg", "showCursor": program == "ffmpeg"}
    sizes = [len(await picture(desktop, "/compressed", quality=quality, **asked)) for quality in (5, 100)]
    assert sizes[0] < sizes[1]


@needs("ffmpeg")
async def test_the_mouse_is_shown_on_request(desktop: Desktop) -> None:
    await desktop.post("mouse/move", x=100, y=100)
    place = {"x": 50, "y": 50, "width": 100, "height": 100}
    await desktop.only("xdotool", "ffmpeg")

    without, shown = [await picture(desktop, "/region", **place, showCursor=show) for show in (False, True)]

    assert without != shown
    answer = (await desktop.get("screenshot", showCursor=True)).json()
    assert {"x": 100, "y": 100} == answer["cursorPosition"]


@needs("scrot")
async def test_scrot_takes_plain_pictures_of_the_whole_display_and_nothing_else(desktop: Desktop) -> None:
    await desktop.only("xdotool", "scrot")

    assert (1024, 768) == png_size(await picture(desktop))
    assert (1024, 768) == png_size(await picture(desktop, showCursor=True))
    for answer in (
        await desktop.get("screenshot/region", **REGION),
        await desktop.get("screenshot/compressed", scale=0.5),
        await desktop.get("screenshot/compressed", format="jpeg"),
    ):
        assert 503 == answer.status_code
        assert "install ffmpeg" in answer.json()["message"]


async def test_without_a_program_there_is_no_picture(desktop: Desktop) -> None:
    await desktop.only("xdotool")

    assert 503 == (await desktop.get("screenshot")).status_code


async def test_a_picture_that_can_not_be_is_refused(desktop: Desktop) -> None:
    for what, asked in REFUSED:
        assert 400 == (await desktop.get(what, **asked)).status_code, (what, asked)
