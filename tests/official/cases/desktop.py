"""A sandbox's desktop."""

from __future__ import annotations

import base64
import shutil
from typing import Any

from . import ways
from .outcome import fields, is_id, is_time, refused
from .use import Use


async def start_desktop(use: Use) -> Any:
    """Start it and look at its processes."""
    desktop = use.sandbox.computer_use
    begun = await desktop.start()
    status = await desktop.get_status()
    xvfb = await desktop.get_process_status("xvfb")
    await desktop.restart_process("xvfb")
    logs = await desktop.get_process_logs("xvfb")
    errors = await desktop.get_process_errors("xvfb")
    return [
        sorted(begun.status),
        status.status,
        fields(xvfb, "process_name running"),
        [logs.process_name, isinstance(logs.logs, str), errors.process_name],
        fields(await desktop.get_process_status("nothing"), "process_name running"),
    ]


async def mouse(use: Use) -> Any:
    """Use the mouse."""
    mouse = use.sandbox.computer_use.mouse
    moved = await mouse.move(100, 120)
    at = await mouse.get_position()
    clicked = await mouse.click(200, 220, "left", double=True)
    dragged = await mouse.drag(10, 10, 60, 70)
    await mouse.down(button="left")
    await mouse.up(button="left")
    scrolled = await mouse.scroll(50, 50, "down", 2)
    return [fields(seen, "x y") for seen in (moved, at, clicked, dragged)] + [scrolled]


async def keyboard(use: Use) -> Any:
    """Use the keyboard; a key that doesn't exist is refused."""
    keyboard = use.sandbox.computer_use.keyboard
    await keyboard.type("some words", delay=1)
    await keyboard.press("a", ["shift"])
    await keyboard.hotkey("ctrl+a")
    await keyboard.down("shift")
    await keyboard.up("shift")
    return await refused(keyboard.press, "nokey")


async def screenshots(use: Use) -> Any:
    """Take pictures of all and of a part, whole and smaller."""
    camera = use.sandbox.computer_use.screenshot
    region = use.sdk.ScreenshotRegion(x=10, y=10, width=100, height=80)
    options = use.sdk.ScreenshotOptions(fmt="jpeg", quality=60, scale=0.5)
    pictures = [
        await camera.take_full_screen(),
        await camera.take_full_screen(show_cursor=True),
        await camera.take_region(region),
        await camera.take_compressed(options),
        await camera.take_compressed_region(region, options),
    ]
    return [base64.b64decode(picture.screenshot)[:3].hex() for picture in pictures]


async def display(use: Use) -> Any:
    """Look at the screens and windows."""
    display = use.sandbox.computer_use.display
    info = await display.get_info()
    windows = await display.get_windows()
    return [[fields(one, "x y width height") for one in info.displays], isinstance(windows.windows, list)]


async def recordings(use: Use) -> Any:
    """Record the screen."""
    recording = use.sandbox.computer_use.recording
    begun = await recording.start("film")
    await ways.sleep(1)
    ended = await recording.stop(begun.id)
    target = use.folder / "film.mp4"
    await recording.download(begun.id, str(target))
    listed = await recording.list()
    found = await recording.get(begun.id)
    await recording.delete(begun.id)
    return [
        is_id(begun.id),
        is_time(begun.start_time),
        [begun.status, ended.status, found.status],
        "film" in found.file_name,
        [one.id == begun.id for one in listed.recordings],
        target.stat().st_size > 0,
        await refused(recording.get, begun.id),
    ]


async def accessibility(use: Use) -> Any:
    """There is no accessibility bus, or there is: both clients say the same."""
    accessibility = use.sandbox.computer_use.accessibility
    try:
        tree = await accessibility.get_tree(scope="all", max_depth=1)
    except use.sdk.DaytonaA11yUnavailableError as error:
        return [type(error).__name__, error.status_code, error.code]
    return [tree.truncated, tree.root.role]


async def stop_desktop(use: Use) -> Any:
    """Stop it; then it has no screen."""
    desktop = use.sandbox.computer_use
    await desktop.stop()
    return [(await desktop.get_status()).status, await refused(desktop.display.get_info)]


async def no_desktop(use: Use) -> Any:
    """Where the programs for it are missing, it says so."""
    return await refused(use.sandbox.computer_use.start)


async def no_recordings(use: Use) -> Any:
    """Where ffmpeg is missing, it says so."""
    return await refused(use.sandbox.computer_use.recording.start, "film")


FILMED = [screenshots, recordings] if shutil.which("ffmpeg") else [no_recordings]
CASES = [start_desktop, mouse, keyboard, display, *FILMED, accessibility, stop_desktop]
if not (shutil.which("Xvfb") and shutil.which("xdotool")):
    CASES = [no_desktop]
