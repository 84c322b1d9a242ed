"""What the event loop complains of, in a line where that is enough."""

from __future__ import annotations

import asyncio
import logging
import math
from typing import Any

from daytona_local.shortages import shortage

logger = logging.getLogger(__name__)

SAID_AGAIN_S = 10.0
"""How long a complaint isn't repeated: a loop that can take no connection says so thousands of times."""


class LoopErrors:
    """Say what the machine lacks; everything else goes to the loop's own handler."""

    def __init__(self) -> None:
        self._said_at: dict[str, float] = {}

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Handle an error that nobody waits for; a connection that can't be taken is tried again."""
        error = context.get("exception")
        lacking = shortage(error) if isinstance(error, Exception) else None
        if lacking is None:
            loop.default_exception_handler(context)
        elif loop.time() - self._said_at.get(lacking, -math.inf) >= SAID_AGAIN_S:
            self._said_at[lacking] = loop.time()
            logger.error("%s: %s", context["message"], lacking)
