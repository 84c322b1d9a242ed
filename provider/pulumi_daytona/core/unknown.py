"""A value that the engine doesn't know yet (an output of a resource that is still to be made)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, final


@final
class Unknown:
    """Stand for a value that will be known only when the program is applied."""

    _instance: Unknown | None = None

    def __new__(cls) -> Unknown:
        """Return the only instance, so that ``is`` compares."""
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __repr__(self) -> str:
        """Name the value as the engine's own display does."""
        return "<unknown>"


UNKNOWN: Final = Unknown()


def has_unknown(value: object) -> bool:
    """Tell whether the value is unknown, or has an unknown anywhere inside.

    Args:
        value: Any plain value: text, number, list, mapping, or the sentinel itself.
    """
    if isinstance(value, Mapping):
        return any(has_unknown(item) for item in value.values())
    if isinstance(value, list | tuple):
        return any(has_unknown(item) for item in value)
    return value is UNKNOWN
