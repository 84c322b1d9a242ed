"""Call what may block, such as the reading of a file, without holding up the server."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import TypeVar

ResultT = TypeVar("ResultT")


async def blocking(function: Callable[..., ResultT], *arguments: object) -> ResultT:
    """Return what a function returns that runs in a thread.

    Who is cancelled meanwhile waits for the thread nevertheless: a descriptor that it uses must not be
    closed, and its number given to another file, under its hands.
    """
    work = asyncio.ensure_future(asyncio.to_thread(function, *arguments))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        while not work.done():
            with contextlib.suppress(asyncio.CancelledError):  # a cancelled scope says so again and again
                await asyncio.wait([work])
        raise
