"""Notice that the engine is gone: then nobody waits for answers any more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

EVERY_S: Final = 2.0
MISSED: Final = 2
"""How often in a row it doesn't answer until it is gone."""


async def listens(address: str) -> bool:
    """Tell whether there is anybody at an address, such as ``127.0.0.1:1234``."""
    host, _, port = address.rpartition(":")
    try:
        _, writer = await asyncio.open_connection(host, int(port))
    except (OSError, ValueError):
        return False
    writer.close()
    return True


async def gone(address: Callable[[], str | None], every_s: float = EVERY_S) -> None:
    """Return when the engine is gone.

    Args:
        address: Returns where it listens now; None while there is none to watch.
        every_s: Seconds between two looks.
    """
    missed = 0
    while missed < MISSED:
        await asyncio.sleep(every_s)
        engine = address()
        missed = 0 if engine is None or await listens(engine) else missed + 1
