"""What is on a sandbox's display: its size, and its windows."""

from __future__ import annotations

from typing import Any

from daytona_local.toolbox.computer_use import ComputerUse

MOST_WINDOWS = 200


async def displays(computer: ComputerUse) -> list[dict[str, Any]]:
    """Return the displays in the API's form: there is one."""
    width, height = await computer.geometry()
    return [{"id": 0, "x": 0, "y": 0, "width": width, "height": height, "isActive": True}]


async def windows(computer: ComputerUse) -> list[dict[str, Any]]:
    """Return the windows that have a title and can be seen, in the API's form."""
    search = await computer.attempt("xdotool", "search", "--onlyvisible", "--name", ".+")
    active = await _active(computer)
    found = [await _window(computer, number, active) for number in search.stdout.split()[:MOST_WINDOWS]]
    return [window for window in found if window is not None]


async def _window(computer: ComputerUse, number: bytes, active: bytes) -> dict[str, Any] | None:
    """Describe a window; None when it has gone meanwhile."""
    words = ("getwindowgeometry", "--shell", number.decode(), "getwindowname", number.decode())
    done = await computer.attempt("xdotool", *words)
    if done.exit_code != 0:
        return None
    *fields, title = done.stdout.decode(errors="replace").removesuffix("\n").split("\n", 6)
    values = dict(field.split("=", 1) for field in fields)
    place = {name.lower(): int(values[name]) for name in ("X", "Y", "WIDTH", "HEIGHT")}
    return {"id": int(number), "title": title, **place, "isActive": number == active}


async def _active(computer: ComputerUse) -> bytes:
    """Return the window that keys go to: a window manager knows, or else the one with the focus."""
    for words in (("getactivewindow",), ("getwindowfocus", "-f")):
        done = await computer.attempt("xdotool", *words)
        if done.exit_code == 0:
            return done.stdout.strip()
    return b""
