"""The mouse and keyboard operations of the toolbox, over HTTP."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from daytona_local.toolbox import computer_use_requests as asked_for
from daytona_local.toolbox.bodies import body
from daytona_local.toolbox.computer_use import ComputerUse
from daytona_local.toolbox.computer_use_input import Keyboard, Mouse
from daytona_local.toolbox.running import running


async def _mouse(request: Request) -> Mouse:
    return Mouse((await running(request)).service(ComputerUse))


async def _keyboard(request: Request) -> Keyboard:
    return Keyboard((await running(request)).service(ComputerUse))


def _at(place: tuple[int, int]) -> Response:
    return JSONResponse({"x": place[0], "y": place[1]})


async def get_mouse_position(request: Request) -> Response:
    """Say where the mouse is [GetMousePosition]."""
    return _at(await (await _mouse(request)).position())


async def move_mouse(request: Request) -> Response:
    """Move the mouse [MoveMouse]."""
    asked = await body(request, asked_for.PointRequest)
    return _at(await (await _mouse(request)).move(asked.place))


async def mouse_down(request: Request) -> Response:
    """Press a mouse button, and hold it [mouseDown]."""
    asked = await body(request, asked_for.ButtonRequest)
    return _at(await (await _mouse(request)).down(asked.place, asked.button))


async def mouse_up(request: Request) -> Response:
    """Let a mouse button go [mouseUp]."""
    asked = await body(request, asked_for.ButtonRequest)
    return _at(await (await _mouse(request)).up(asked.place, asked.button))


async def click(request: Request) -> Response:
    """Click somewhere [Click]."""
    asked = await body(request, asked_for.ClickRequest)
    mouse = await _mouse(request)
    return _at(await mouse.click(asked.place, asked.button, asked.times, asked.modifiers))


async def drag(request: Request) -> Response:
    """Drag from one place to another [Drag]."""
    asked = await body(request, asked_for.DragRequest)
    start, end = (asked.startX, asked.startY), (asked.endX, asked.endY)
    return _at(await (await _mouse(request)).drag(start, end, asked.button, asked.modifiers))


async def scroll(request: Request) -> Response:
    """Turn the mouse wheel [Scroll]."""
    asked = await body(request, asked_for.ScrollRequest)
    mouse = await _mouse(request)
    await mouse.scroll(asked.place, asked.direction, asked.amount or 1, asked.modifiers)
    return JSONResponse({"success": True})


async def type_text(request: Request) -> Response:
    """Type a text [TypeText]."""
    asked = await body(request, asked_for.TypeRequest)
    await (await _keyboard(request)).type(asked.text, asked.delay)
    return JSONResponse({})


async def press_key(request: Request) -> Response:
    """Press a key and let it go [PressKey]."""
    asked = await body(request, asked_for.PressRequest)
    await (await _keyboard(request)).press(asked.key, asked.modifiers)
    return JSONResponse({})


async def press_hotkey(request: Request) -> Response:
    """Press several keys at once [PressHotkey]."""
    asked = await body(request, asked_for.HotkeyRequest)
    await (await _keyboard(request)).hotkey(asked.keys)
    return JSONResponse({})


async def keyboard_down(request: Request) -> Response:
    """Press a key, and hold it [keyboardDown]."""
    asked = await body(request, asked_for.PressRequest)
    await (await _keyboard(request)).down(asked.key)
    return JSONResponse({})


async def keyboard_up(request: Request) -> Response:
    """Let a key go [keyboardUp]."""
    asked = await body(request, asked_for.PressRequest)
    await (await _keyboard(request)).up(asked.key)
    return JSONResponse({})


routes: list[BaseRoute] = [
    Route("/computeruse/mouse/position", get_mouse_position, methods=["GET"]),
    Route("/computeruse/mouse/move", move_mouse, methods=["POST"]),
    Route("/computeruse/mouse/down", mouse_down, methods=["POST"]),
    Route("/computeruse/mouse/up", mouse_up, methods=["POST"]),
    Route("/computeruse/mouse/click", click, methods=["POST"]),
    Route("/computeruse/mouse/drag", drag, methods=["POST"]),
    Route("/computeruse/mouse/scroll", scroll, methods=["POST"]),
    Route("/computeruse/keyboard/type", type_text, methods=["POST"]),
    Route("/computeruse/keyboard/key", press_key, methods=["POST"]),
    Route("/computeruse/keyboard/hotkey", press_hotkey, methods=["POST"]),
    Route("/computeruse/keyboard/down", keyboard_down, methods=["POST"]),
    Route("/computeruse/keyboard/up", keyboard_up, methods=["POST"]),
]
