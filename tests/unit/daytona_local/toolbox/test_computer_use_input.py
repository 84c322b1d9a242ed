"""The mouse and the keyboard of a real display, as a program sees them."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.toolbox.desktop import Desktop, needs, routes
from tests.unit.daytona_local.toolbox.shell import shell

pytestmark = needs("Xvfb", "xdotool")
watched = needs("xev")

EVENT = re.compile(r"(KeyPress|KeyRelease|ButtonPress|ButtonRelease) event")
SHIFT, CONTROL = 0x1, 0x4

REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("mouse/click", {"x": 1, "y": 1, "button": "fourth"}),
    ("mouse/click", {"x": 1, "y": 1, "clicks": 11}),
    ("mouse/click", {"x": 1, "y": 1, "clicks": 0}),
    ("mouse/click", {"x": 1, "y": 1, "modifiers": ["hyper"]}),
    ("mouse/down", {"x": 1}),
    ("mouse/scroll", {"x": 1, "y": 1, "direction": "sideways"}),
    ("mouse/scroll", {"x": 1, "y": 1, "direction": "up", "amount": -1}),
    ("keyboard/key", {"key": "no such key"}),
    ("keyboard/key", {"key": "--delay"}),
    ("keyboard/hotkey", {"keys": "ctrl+"}),
    ("keyboard/down", {"key": "!"}),
    ("keyboard/type", {"text": "a", "delay": -1}),
]


@pytest.fixture
async def desktop(toolbox: Any, box: Running) -> Desktop:
    """Return the operations on a display."""
    made = Desktop(toolbox(routes), box)
    assert 200 == (await made.post("start")).status_code
    return made


@pytest.fixture
async def watcher(desktop: Desktop) -> Watcher:
    """Return the operations on a display with a program that notes what it gets; the mouse is on it."""
    await shell(
        desktop.box, "setsid xev -geometry 400x400+100+100 -event button -event keyboard > events 2>&1 &"
    )
    window = await desktop.shows("Event Tester")
    made = Watcher(desktop, window["x"] + 200, window["y"] + 200)
    await desktop.post("mouse/move", x=made.x, y=made.y)
    return made


class Watcher:
    """See what a program gets.

    Args:
        desktop: The operations.
        x: A place on the program's window.
        y: The same.
    """

    def __init__(self, desktop: Desktop, x: int, y: int) -> None:
        self.desktop = desktop
        self.x = x
        self.y = y

    async def events(self, count: int) -> list[tuple[str, int, str]]:
        """Wait for so many events; return their kinds, held modifiers, and buttons or keys."""
        async with asyncio.timeout(20):
            while True:
                found = self._parse(await shell(self.desktop.box, "cat events"))
                if len(found) >= count:
                    return found
                await asyncio.sleep(0.05)

    @staticmethod
    def _parse(said: str) -> list[tuple[str, int, str]]:
        found = []
        for entry in said.split("\n\n"):
            kind = EVENT.search(entry)
            detail = re.search(r"state (0x\w+), (?:keycode \d+ \(keysym 0x\w+, (\w+)\)|button (\d))", entry)
            if kind and detail:
                found.append((kind[1], int(detail[1], 16) & 0xFF, detail[2] or detail[3]))
        return found

    async def presses(self, count: int) -> list[tuple[int, str]]:
        """Wait for so many events; return the presses among them."""
        return [(state, what) for kind, state, what in await self.events(count) if kind.endswith("Press")]


async def test_the_mouse_goes_where_it_is_sent(desktop: Desktop) -> None:
    assert {"x": 12, "y": 34} == (await desktop.post("mouse/move", x=12, y=34)).json()
    assert {"x": 12, "y": 34} == (await desktop.get("mouse/position")).json()


async def test_the_mouse_stays_on_the_display(desktop: Desktop) -> None:
    for x, y in ((-1, 0), (0, -1), (1024, 0), (0, 768)):
        assert 400 == (await desktop.post("mouse/move", x=x, y=y)).status_code
        assert 400 == (await desktop.post("mouse/click", x=x, y=y)).status_code
        assert 400 == (await desktop.post("mouse/drag", endX=x, endY=y)).status_code


@watched
@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [(0, "1")]),
        ({"button": "middle"}, [(0, "2")]),
        ({"button": "right"}, [(0, "3")]),
        ({"double": True}, [(0, "1")] * 2),
        ({"clicks": 3, "double": True}, [(0, "1")] * 3),
    ],
)
async def test_a_click_is_seen(
    watcher: Watcher, asked: dict[str, Any], expected: list[tuple[int, str]]
) -> None:
    answer = await watcher.desktop.post("mouse/click", x=watcher.x, y=watcher.y, **asked)

    assert {"x": watcher.x, "y": watcher.y} == answer.json()
    assert expected == await watcher.presses(2 * len(expected))


@watched
async def test_modifiers_are_held_during_a_click_and_no_longer(watcher: Watcher) -> None:
    place = {"x": watcher.x, "y": watcher.y}
    await watcher.desktop.post("mouse/click", **place, modifiers=["shift"])
    await watcher.desktop.post("mouse/click", **place)

    presses = await watcher.presses(6)
    assert [(0, "Shift_L"), (SHIFT, "1"), (0, "1")] == presses


@watched
async def test_scrolling_turns_the_wheel(watcher: Watcher) -> None:
    place = {"x": watcher.x, "y": watcher.y}
    for direction, amount in (("up", 1), ("down", 2), ("left", 3), ("right", 1)):
        answer = await watcher.desktop.post("mouse/scroll", **place, direction=direction, amount=amount)
        assert {"success": True} == answer.json()

    buttons = [button for _, button in await watcher.presses(14)]
    assert ["4", "5", "5", "6", "6", "6", "7"] == buttons


@watched
async def test_a_drag_presses_here_and_lets_go_there(watcher: Watcher) -> None:
    end = {"endX": watcher.x + 50, "endY": watcher.y + 60}
    answer = await watcher.desktop.post("mouse/drag", startX=watcher.x, startY=watcher.y, **end)

    assert {"x": watcher.x + 50, "y": watcher.y + 60} == answer.json()
    assert ["ButtonPress", "ButtonRelease"] == [kind for kind, _, _ in await watcher.events(2)]


@watched
async def test_a_button_is_held_until_it_is_let_go(watcher: Watcher) -> None:
    down = await watcher.desktop.post("mouse/down", button="left")
    assert ["ButtonPress"] == [kind for kind, _, _ in await watcher.events(1)]

    up = await watcher.desktop.post("mouse/up", x=watcher.x + 1, y=watcher.y + 1)

    assert ["ButtonPress", "ButtonRelease"] == [kind for kind, _, _ in await watcher.events(2)]
    assert ({"x": watcher.x, "y": watcher.y}, {"x": watcher.x + 1, "y": watcher.y + 1}) == (
        down.json(),
        up.json(),
    )


@watched
async def test_a_text_is_typed(watcher: Watcher) -> None:
    assert 200 == (await watcher.desktop.post("keyboard/type", text="-aB", delay=1)).status_code

    keys = [what for _, what in await watcher.presses(8) if what != "Shift_L"]
    assert ["minus", "a", "B"] == keys


@watched
async def test_a_key_is_pressed_with_modifiers(watcher: Watcher) -> None:
    assert 200 == (await watcher.desktop.post("keyboard/key", key="enter", modifiers=["ctrl"])).status_code
    assert 200 == (await watcher.desktop.post("keyboard/hotkey", keys="Ctrl + F5")).status_code

    presses = [(state, what) for state, what in await watcher.presses(8) if not what.startswith("Control")]
    assert [(CONTROL, "Return"), (CONTROL, "F5")] == presses


@watched
async def test_a_key_is_held_until_it_is_let_go(watcher: Watcher) -> None:
    await watcher.desktop.post("keyboard/down", key="shift")
    await watcher.desktop.post("keyboard/key", key="a")
    await watcher.desktop.post("keyboard/up", key="shift")
    await watcher.desktop.post("keyboard/key", key="a")

    presses = [(state, what) for state, what in await watcher.presses(6) if what != "Shift_L"]
    assert [(SHIFT, "A"), (0, "a")] == presses


@watched
async def test_a_window_is_listed_and_active_when_keys_go_to_it(watcher: Watcher) -> None:
    window = await watcher.desktop.shows("Event Tester")
    assert ((100, 100, 400, 400), False) == (
        tuple(window[name] for name in ("x", "y", "width", "height")),
        window["isActive"],
    )

    await shell(watcher.desktop.box, f"xdotool windowfocus --sync {window['id']}")

    assert (await watcher.desktop.shows("Event Tester"))["isActive"]


async def test_what_can_not_be_done_is_refused(desktop: Desktop) -> None:
    for what, asked in REFUSED:
        assert 400 == (await desktop.post(what, **asked)).status_code, (what, asked)


async def test_no_process_shows_what_is_typed(desktop: Desktop) -> None:
    typing = asyncio.create_task(desktop.post("keyboard/type", text="s3cret" * 3, delay=40))
    shown = ""
    while not typing.done():
        shown += await shell(desktop.box, "cat /proc/[0-9]*/cmdline | tr '\\0' ' '")

    assert 200 == typing.result().status_code
    assert "xdotool type" in shown
    assert "s3cret" not in shown
