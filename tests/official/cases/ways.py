"""What async programs do in another way than sync ones; `ways_sync.py` is the other one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

run = asyncio.run
sleep = asyncio.sleep


async def follow(logs: Awaitable[None]) -> None:
    """Wait until a log has ended."""
    await logs


async def terminal(process: Any, name: str, on_data: Callable[[bytes], None], **options: Any) -> Any:
    """Make a terminal."""
    return await process.create_pty_session(name, on_data, **options)


async def terminal_again(process: Any, name: str, on_data: Callable[[bytes], None]) -> Any:
    """Connect to a terminal."""
    return await process.connect_pty_session(name, on_data)


async def ended(handle: Any, on_data: Callable[[bytes], None]) -> Any:
    """Wait for a terminal's end."""
    return await handle.wait()
