"""The mouse and the keyboard of a sandbox's desktop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from daytona_httpx import AsyncKeyboard, AsyncMouse, AsyncSandbox, DaytonaConnectionError, DaytonaError

from tests.unit.daytona_httpx.fake_api import FakeApi, refusal

pytestmark = pytest.mark.anyio

MouseCall = Callable[[AsyncMouse], Awaitable[object]]
KeyboardCall = Callable[[AsyncKeyboard], Awaitable[object]]

MOUSE: list[tuple[str, dict[str, Any], str, MouseCall]] = [
    ("move", {"x": 0, "y": 2}, "move mouse", lambda mouse: mouse.move(x=0, y=2)),
    ("down", {"button": "left"}, "press mouse button", lambda mouse: mouse.down()),
    (
        "down",
        {"x": 1, "y": 2, "button": "right"},
        "press mouse button",
        lambda mouse: mouse.down(1, 2, "right"),
    ),
    ("up", {"button": "left"}, "release mouse button", lambda mouse: mouse.up()),
    (
        "click",
        {"x": 1, "y": 2, "button": "left", "double": False},
        "click mouse",
        lambda mouse: mouse.click(1, 2),
    ),
    (
        "click",
        {"x": 1, "y": 2, "button": "middle", "double": True, "clicks": 3, "modifiers": ["ctrl"]},
        "click mouse",
        lambda mouse: mouse.click(1, 2, "middle", True, 9, clicks=3, modifiers=["ctrl"]),
    ),
    (
        "drag",
        {"startX": 1, "startY": 2, "endX": 3, "endY": 4, "button": "left"},
        "drag mouse",
        lambda mouse: mouse.drag(start_x=1, start_y=2, end_x=3, end_y=4),
    ),
    (
        "scroll",
        {"x": 1, "y": 2, "direction": "up", "amount": 1},
        "scroll mouse",
        lambda mouse: mouse.scroll(1, 2, "up"),
    ),
    (
        "scroll",
        {"x": 1, "y": 2, "direction": "down", "amount": 5, "modifiers": ["shift"]},
        "scroll mouse",
        lambda mouse: mouse.scroll(x=1, y=2, direction="down", amount=5, modifiers=["shift"]),
    ),
]
KEYBOARD: list[tuple[str, dict[str, Any], str, KeyboardCall]] = [
    ("type", {"text": "é"}, "type text", lambda keyboard: keyboard.type(text="é")),
    ("type", {"text": "a", "delay": 5}, "type text", lambda keyboard: keyboard.type("a", delay=5)),
    ("key", {"key": "enter"}, "press key", lambda keyboard: keyboard.press(key="enter")),
    ("key", {"key": "c", "modifiers": ["ctrl"]}, "press key", lambda keyboard: keyboard.press("c", ["ctrl"])),
    ("hotkey", {"keys": "ctrl+c"}, "press hotkey", lambda keyboard: keyboard.hotkey(keys="ctrl+c")),
    ("down", {"key": "shift"}, "press key down", lambda keyboard: keyboard.down(key="shift")),
    ("up", {"key": "shift"}, "release key", lambda keyboard: keyboard.up(key="shift")),
]


@pytest.mark.parametrize(("route", "body", "doing", "call"), MOUSE)
async def test_a_mouse_does_what_is_documented_or_says_what_failed(
    sandbox: AsyncSandbox, api: FakeApi, route: str, body: dict[str, Any], doing: str, call: MouseCall
) -> None:
    api.on("POST", f"/computeruse/mouse/{route}", {}, refusal(400, "no"))
    await call(sandbox.computer_use.mouse)
    assert [body] == api.bodies("POST")
    with pytest.raises(DaytonaError) as caught:
        await call(sandbox.computer_use.mouse)
    assert f"Failed to {doing}: no" == str(caught.value)


@pytest.mark.parametrize(("route", "body", "doing", "call"), KEYBOARD)
async def test_a_keyboard_does_what_is_documented_or_says_what_failed(
    sandbox: AsyncSandbox, api: FakeApi, route: str, body: dict[str, Any], doing: str, call: KeyboardCall
) -> None:
    api.on("POST", f"/computeruse/keyboard/{route}", {}, refusal(400, "no"))
    await call(sandbox.computer_use.keyboard)
    assert [body] == api.bodies("POST")
    with pytest.raises(DaytonaError) as caught:
        await call(sandbox.computer_use.keyboard)
    assert f"Failed to {doing}: no" == str(caught.value)


async def test_a_mouse_says_where_it_is(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("GET", "/computeruse/mouse/position", {"x": 3}, refusal(400, "no"))
    position = await sandbox.computer_use.mouse.get_position()
    assert (3, 0) == (position.x, position.y)
    with pytest.raises(DaytonaError, match="Failed to get mouse position: no"):
        await sandbox.computer_use.mouse.get_position()


@pytest.mark.parametrize(
    ("answer", "turned"), [({"success": True}, True), ({"success": False}, False), ({}, False)]
)
async def test_a_scroll_says_whether_it_was_done(
    sandbox: AsyncSandbox, api: FakeApi, answer: dict[str, bool], turned: bool
) -> None:
    api.on("POST", "/mouse/scroll", answer)
    assert turned is await sandbox.computer_use.mouse.scroll(1, 2, "up")


async def test_a_click_is_never_made_twice(sandbox: AsyncSandbox, api: FakeApi) -> None:
    api.on("POST", "/mouse/click", httpx.ReadError("reset"))
    with pytest.raises(DaytonaConnectionError):
        await sandbox.computer_use.mouse.click(1, 2)
    assert 1 == len(api.requests)


@pytest.mark.parametrize(
    ("delay", "request_timeout", "read_s"), [(None, None, 90), (100, None, 190), (100, 5, 5), (100, 0, None)]
)
async def test_typing_slowly_may_take_as_long_as_it_takes(
    sandbox: AsyncSandbox,
    api: FakeApi,
    delay: int | None,
    request_timeout: float | None,
    read_s: float | None,
) -> None:
    api.on("POST", "/keyboard/type", {})
    await sandbox.computer_use.keyboard.type("x" * 1000, delay, request_timeout)
    assert (read_s and pytest.approx(read_s)) == api.requests[0].extensions["timeout"]["read"]
