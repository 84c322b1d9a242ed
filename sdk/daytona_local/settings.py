"""What a server is started with."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from daytona_local.clock import Clock, SystemClock

ORGANIZATION_ID = "00000000-0000-4000-8000-00000000da71"
TARGET = "us"
DEFAULT_SNAPSHOT = "daytona-local:default"
DEFAULT_USER = "daytona"
VERSION = "0.190.0"
"""The API's version that the answers follow."""

TRANSITION_S = 0.05
STALL_S = 30.0


def new_key() -> str:
    """Return a random API key."""
    return f"dtn_{secrets.token_hex(32)}"


@dataclass(frozen=True)
class Settings:
    """Say how a server runs.

    Args:
        data_dir: The private folder of the database and the sandboxes.
        api_key: What clients must send.
        runtime: ``auto`` or ``bubblewrap`` (isolated), or ``process`` (not isolated).
        transition_s: Seconds that each change of state takes at least.
        blocking_s: Seconds that a create or start may keep its caller waiting.
        clock: What the intervals are counted by.
        control: Whether ``/_local`` has what only tests need: faults and the clock.
        substitute_images: Whether any image that isn't here may be built upon: the default stands for it.
        largest_context_bytes: How much the files that an image copies may be in all.
        stall_s: Seconds that a request may stand still while it comes in.
    """

    data_dir: Path
    api_key: str = field(default_factory=new_key, repr=False)
    runtime: str = "auto"
    transition_s: float = TRANSITION_S
    blocking_s: float = 30.0
    clock: Clock = field(default_factory=SystemClock)
    control: bool = False
    substitute_images: bool = False
    largest_context_bytes: int = 2 * 1024**3
    stall_s: float = STALL_S
