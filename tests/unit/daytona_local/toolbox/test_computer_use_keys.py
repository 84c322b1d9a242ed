"""The names of keys and of what is pressed at once."""

from __future__ import annotations

import pytest
from daytona_local.errors import InvalidError
from daytona_local.toolbox.computer_use_keys import chord, hotkey, key_name, modifier_names


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("a", "a"),
        ("A", "a"),
        ("7", "7"),
        ("enter", "Return"),
        ("Return", "Return"),
        ("ESC", "Escape"),
        ("page-up", "Prior"),
        ("f12", "F12"),
        ("num_plus", "KP_Add"),
        ("num7", "KP_7"),
        (".", "period"),
        ("-", "minus"),
        ("cmd", "super"),
        ("lshift", "Shift_L"),
        ("right_ctrl", "Control_R"),
    ],
)
def test_a_key_has_a_name(key: str, name: str) -> None:
    assert name == key_name(key)


@pytest.mark.parametrize("key", ["", "!", "ab", "f25", "é", "ctrl+c", "--help", " ", "\n"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(InvalidError):
        key_name(key)


def test_modifiers_have_aliases() -> None:
    assert ["ctrl", "alt", "super", "shift"] == modifier_names(["Control", "option", "WIN", "shift"])


@pytest.mark.parametrize("modifiers", [["hyper"], ["ctrl", "control"], ["lshift"]])
def test_modifiers_that_can_not_be_are_refused(modifiers: list[str]) -> None:
    with pytest.raises(InvalidError):
        modifier_names(modifiers)


@pytest.mark.parametrize(
    ("keys", "pressed"),
    [("ctrl+c", "ctrl+c"), ("Ctrl + C", "ctrl+c"), ("shift", "shift"), ("cmd+shift+t", "super+shift+t")],
)
def test_a_hotkey_is_pressed_at_once(keys: str, pressed: str) -> None:
    assert pressed == hotkey(keys)


@pytest.mark.parametrize("keys", ["", "+", "ctrl+", "ctrl++", "a+b", "ctrl+c x", "ctrl+ctrl"])
def test_what_is_no_hotkey_is_refused(keys: str) -> None:
    with pytest.raises(InvalidError):
        hotkey(keys)


def test_a_key_is_not_its_own_modifier() -> None:
    with pytest.raises(InvalidError):
        chord("ctrl", ["control"])
