"""The mouse and the keyboard of a sandbox's display, moved by xdotool."""

from __future__ import annotations

from collections.abc import Sequence

from daytona_local.errors import InvalidError
from daytona_local.toolbox.computer_use import ComputerUse
from daytona_local.toolbox.computer_use_keys import chord, hotkey, key_name, modifier_names

MOST_CLICKS = 10
MOST_SCROLLED = 1000
MOST_CHARACTERS = 100_000
MOST_DELAY_MS = 10_000
DEFAULT_DELAY_MS = 12
BETWEEN_CLICKS_MS = "50"
DRAG_PAUSE_S = "0.05"
TYPE_S = 30.0

_BUTTONS = {"left": "1", "middle": "2", "right": "3"}
_WHEEL = {"up": "4", "down": "5", "left": "6", "right": "7"}

Place = tuple[int, int]


class Mouse:
    """Move the mouse of a display; every method returns where it is then.

    Raises, in every method:
        InvalidError: A place is not on the display, or there is no such button, direction or modifier.
        UnavailableError: The display isn't started.
    """

    def __init__(self, computer: ComputerUse) -> None:
        self._computer = computer

    async def position(self) -> Place:
        """Return where it is."""
        return await self._do("get mouse position")

    async def move(self, place: Place) -> Place:
        """Move it."""
        return await self._do("move mouse", *await self._to(place))

    async def down(self, place: Place | None, button: str | None) -> Place:
        """Press a button, and hold it; where it is, or somewhere else."""
        move = await self._to(place) if place else []
        return await self._do("press mouse button", *move, "mousedown", _button(button))

    async def up(self, place: Place | None, button: str | None) -> Place:
        """Let a button go; where it is, or somewhere else."""
        move = await self._to(place) if place else []
        return await self._do("release mouse button", *move, "mouseup", _button(button))

    async def click(
        self, place: Place, button: str | None, clicks: int, modifiers: Sequence[str] | None
    ) -> Place:
        """Click somewhere, so many times."""
        if not 1 <= clicks <= MOST_CLICKS:
            raise InvalidError(f"{clicks} clicks can't be; use 1 to {MOST_CLICKS}")
        click = ["click", "--repeat", str(clicks), "--delay", BETWEEN_CLICKS_MS, _button(button)]
        return await self._do("click mouse", *await self._to(place), *_held(modifiers, click))

    async def drag(
        self, start: Place, end: Place, button: str | None, modifiers: Sequence[str] | None
    ) -> Place:
        """Drag from one place to another."""
        halfway = ((start[0] + end[0]) // 2, (start[1] + end[1]) // 2)
        number, pause = _button(button), ["sleep", DRAG_PAUSE_S]
        first, middle, last = await self._to(start), await self._to(halfway), await self._to(end)
        moves = [*pause, *middle, *pause, *last, *pause]
        drag = ["mousedown", number, *moves, "mouseup", number]
        return await self._do("drag mouse", *first, *_held(modifiers, drag))

    async def scroll(
        self, place: Place, direction: str, amount: int, modifiers: Sequence[str] | None
    ) -> Place:
        """Turn the wheel somewhere, so many notches."""
        wheel = _WHEEL.get(direction.strip().lower())
        if wheel is None:
            raise InvalidError(f"{direction!r} is no direction; use up, down, left or right")
        if not 0 <= amount <= MOST_SCROLLED:
            raise InvalidError(f"{amount} notches can't be; use at most {MOST_SCROLLED}")
        turn = ["click", "--repeat", str(amount or 1), "--delay", "5", wheel]
        return await self._do("scroll mouse", *await self._to(place), *_held(modifiers, turn))

    async def _to(self, place: Place) -> list[str]:
        width, height = await self._computer.geometry()
        if not (0 <= place[0] < width and 0 <= place[1] < height):
            raise InvalidError(
                f"{place[0]},{place[1]} is not on the display, which has {width}x{height} pixels"
            )
        return ["mousemove", str(place[0]), str(place[1])]

    async def _do(self, doing: str, *words: str) -> Place:
        said = await self._computer.run(doing, "xdotool", *words, "getmouselocation", "--shell")
        fields = dict(line.split("=", 1) for line in said.decode().splitlines())
        return int(fields["X"]), int(fields["Y"])


class Keyboard:
    """Press the keys of a display.

    Raises, in every method:
        InvalidError: There is no such key, or the text is too long.
        UnavailableError: The display isn't started.
    """

    def __init__(self, computer: ComputerUse) -> None:
        self._computer = computer

    async def type(self, text: str, delay_ms: int | None) -> None:
        """Type a text, with a pause after each character; no process list shows it."""
        delay = DEFAULT_DELAY_MS if delay_ms is None else delay_ms
        if len(text) > MOST_CHARACTERS or not 0 <= delay <= MOST_DELAY_MS:
            raise InvalidError(
                f"type at most {MOST_CHARACTERS} characters, with a delay of 0 to {MOST_DELAY_MS} ms"
            )
        if not text:
            return
        words = ("xdotool", "type", "--delay", str(delay), "--file", "-")
        limit_s = TYPE_S + len(text) * (delay + 10) / 1000
        await self._computer.run("type text", *words, given=text.encode(errors="replace"), timeout_s=limit_s)

    async def press(self, key: str, modifiers: Sequence[str] | None) -> None:
        """Press and let go a key, with modifiers held."""
        await self._do("press key", "key", chord(key, modifiers))

    async def hotkey(self, keys: str) -> None:
        """Press several keys at once, such as ``ctrl+c``."""
        await self._do("press hotkey", "key", hotkey(keys))

    async def down(self, key: str) -> None:
        """Press a key, and hold it."""
        await self._do("press key down", "keydown", key_name(key))

    async def up(self, key: str) -> None:
        """Let a key go."""
        await self._do("release key", "keyup", key_name(key))

    async def _do(self, doing: str, *words: str) -> None:
        await self._computer.run(doing, "xdotool", *words)


def _button(name: str | None) -> str:
    number = _BUTTONS.get((name or "left").strip().lower())
    if number is None:
        raise InvalidError(f"{name!r} is no mouse button; use left, right or middle")
    return number


def _held(modifiers: Sequence[str] | None, words: list[str]) -> list[str]:
    """Hold modifiers meanwhile."""
    names = modifier_names(modifiers)
    down = [word for name in names for word in ("keydown", name)]
    up = [word for name in reversed(names) for word in ("keyup", name)]
    return [*down, *words, *up]
