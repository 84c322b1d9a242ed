"""What is going on in this process, so that it can be ended at once."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class EndedError(Exception):
    """Say that the engine ended an operation; what is done of it is done."""


class Operations:
    """Run operations on Daytona, and end them all when the engine says so."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()
        self._is_over = False

    async def run(self, operation: Coroutine[Any, Any, T]) -> T:
        """Run one to its end.

        Raises:
            EndedError: The engine ended it.
        """
        if self._is_over:
            operation.close()
            raise EndedError
        task = asyncio.create_task(operation)
        self._running.add(task)
        try:
            return await task
        except asyncio.CancelledError:
            if not self._is_over:
                task.cancel()  # who asked for it is gone
                raise
            raise EndedError from None
        finally:
            self._running.discard(task)

    def cancel(self) -> None:
        """End all that are going on, and begin no other."""
        self._is_over = True
        for task in self._running:
            task.cancel()
