"""What sync programs do in another way than async ones; it stands in for `ways.py` among the sync cases."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Callable
from typing import Any

sleep = time.sleep


def run(done: None) -> None:
    """Return: the program has run already."""


def follow(logs: Any) -> None:
    """Wait until a log has ended; of the official client, this needs an event loop."""
    if inspect.iscoroutine(logs):
        asyncio.run(logs)


def terminal(process: Any, name: str, on_data: Callable[[bytes], None], **options: Any) -> Any:
    """Make a terminal."""
    return process.create_pty_session(name, **options)


def terminal_again(process: Any, name: str, on_data: Callable[[bytes], None]) -> Any:
    """Connect to a terminal."""
    return process.connect_pty_session(name)


def ended(handle: Any, on_data: Callable[[bytes], None]) -> Any:
    """Wait for a terminal's end."""
    return handle.wait(on_data)
