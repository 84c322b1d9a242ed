"""The names of keys, from the API's to the X server's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from daytona_local.errors import InvalidError

_MODIFIERS = {
    "ctrl": ("ctrl", "control"),
    "alt": ("alt", "option"),
    "shift": ("shift",),
    "super": ("cmd", "command", "meta", "super", "win", "windows"),
}
_NAMED = {
    "Return": ("enter", "return"),
    "Escape": ("escape", "esc"),
    "Tab": ("tab",),
    "space": ("space", "spacebar"),
    "BackSpace": ("backspace",),
    "Delete": ("delete", "del"),
    "Insert": ("insert",),
    "Home": ("home",),
    "End": ("end",),
    "Prior": ("pageup", "page_up"),
    "Next": ("pagedown", "page_down"),
    "Up": ("up",),
    "Down": ("down",),
    "Left": ("left",),
    "Right": ("right",),
    "Caps_Lock": ("capslock",),
    "Num_Lock": ("num_lock",),
    "Menu": ("menu",),
    "KP_Multiply": ("num_asterisk",),
    "KP_Decimal": ("num_decimal",),
    "KP_Enter": ("num_enter",),
    "KP_Equal": ("num_equal",),
    "KP_Subtract": ("num_minus",),
    "KP_Add": ("num_plus",),
    "KP_Divide": ("num_slash",),
}
_SIDES = {"l": "L", "left_": "L", "r": "R", "right_": "R"}
_SIDED = {
    "ctrl": "Control",
    "control": "Control",
    "alt": "Alt",
    "shift": "Shift",
    "cmd": "Super",
    "command": "Super",
}
_PUNCTUATION = {
    "'": "apostrophe", ",": "comma", "-": "minus", ".": "period", "/": "slash", ";": "semicolon",
    "=": "equal", "[": "bracketleft", "\\": "backslash", "]": "bracketright", "`": "grave",
}  # fmt: skip


def _aliases(names: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {alias: name for name, aliases in names.items() for alias in aliases}


_MODIFIER_NAMES = _aliases(_MODIFIERS)
_KEY_NAMES = {
    **_aliases(_NAMED),
    **_MODIFIER_NAMES,
    **_PUNCTUATION,
    **{f"f{number}": f"F{number}" for number in range(1, 25)},
    **{f"num{digit}": f"KP_{digit}" for digit in range(10)},
    **{f"{side}{name}": f"{key}_{hand}" for side, hand in _SIDES.items() for name, key in _SIDED.items()},
}


def key_name(key: str) -> str:
    """Return the X server's name of a key.

    Raises:
        InvalidError: There is no such key; a character that needs shift is none.
    """
    if len(key) == 1 and key.isascii() and key.isalnum():
        return key.lower()
    name = key if len(key) == 1 else key.lower().replace("-", "_")
    if name not in _KEY_NAMES:
        raise InvalidError(f"{key!r} is no key; use a name such as enter, f5 or a, and type texts instead")
    return _KEY_NAMES[name]


def modifier_names(modifiers: Iterable[str] | None) -> list[str]:
    """Return the X server's names of modifiers.

    Raises:
        InvalidError: One is none, or there twice.
    """
    names = []
    for modifier in modifiers or ():
        name = _MODIFIER_NAMES.get(modifier.lower())
        if name is None:
            raise InvalidError(f"{modifier!r} is no modifier; use ctrl, alt, shift or cmd")
        if name in names:
            raise InvalidError(f"the modifier {modifier!r} is there twice; leave one out")
        names.append(name)
    return names


def chord(key: str, modifiers: Sequence[str] | None) -> str:
    """Return what to press at once, such as ``ctrl+shift+t``.

    Raises:
        InvalidError: There is no such key or modifier.
    """
    pressed = [*modifier_names(modifiers), key_name(key)]
    if len(set(pressed)) < len(pressed):
        raise InvalidError(f"the key {key!r} is there twice; leave one out")
    return "+".join(pressed)


def hotkey(keys: str) -> str:
    """Return what to press at once for a text such as ``Ctrl + C``; raises as ``chord``."""
    *modifiers, key = (part.strip() for part in keys.split("+"))
    return chord(key, modifiers)
