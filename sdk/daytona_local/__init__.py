"""An embedded server that speaks Daytona's API, with real sandboxes: ``with LocalDaytona() as server``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daytona_local.clock import ManualClock
    from daytona_local.server import LocalDaytona

__all__ = ["LocalDaytona", "ManualClock"]


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is first used: a part of the server can be used without the rest."""
    if name == "LocalDaytona":
        from daytona_local.server import LocalDaytona

        return LocalDaytona
    if name == "ManualClock":
        from daytona_local.clock import ManualClock

        return ManualClock
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
