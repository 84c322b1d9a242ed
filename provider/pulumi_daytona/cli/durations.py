"""Durations as people write them."""

from __future__ import annotations

import re

import typer

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds_of(text: str) -> float:
    """Read a duration: ``90s``, ``30m``, ``2h``, ``7d``, or 0.

    Raises:
        typer.BadParameter: It is none.
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd])", text.strip())
    if match is None and text.strip() != "0":
        raise typer.BadParameter(f"{text!r} is no duration such as 90s, 30m, 2h or 7d")
    return float(match[1]) * _UNITS[match[2]] if match else 0.0


def duration(seconds: float | None) -> str:
    """Return a duration in its largest whole unit, for example ``3h``."""
    if seconds is None:
        return "?"
    unit = next((name for name, size in reversed(_UNITS.items()) if abs(seconds) >= size), "s")
    return f"{int(seconds / _UNITS[unit])}{unit}"
