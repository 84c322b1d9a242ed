"""Warm pools: sandboxes of a snapshot that are started before anyone asks for them."""

from __future__ import annotations

import builtins
from urllib.parse import quote

from daytona_httpx._async.transport import AsyncTransport
from daytona_httpx.answers import items_of
from daytona_httpx.errors import DaytonaNotFoundError, DaytonaValidationError, prefixed
from daytona_httpx.models.base import parse
from daytona_httpx.models.warm_pool import WarmPool


class AsyncWarmPoolService:
    """Make, find, change and delete warm pools.

    Example:
        >>> await daytona.warm_pool.list()
        []
    """

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def list(self) -> builtins.list[WarmPool]:
        """Return all warm pools (list warm pools)."""
        with prefixed("Failed to list warm pools: "):
            return [
                parse(WarmPool, item) for item in items_of(await self._transport.api("GET", "/warm-pools"))
            ]

    async def create(self, snapshot: str, pool: int, target: str | None = None) -> WarmPool:
        """Make a warm pool (create warm pool).

        Args:
            snapshot: The snapshot's id or name.
            pool: How many sandboxes to keep ready, at least 1.
            target: The region; the organization's default when left out.

        Raises:
            DaytonaConflictError: There is one for this snapshot and region.
            DaytonaValidationError: The pool is smaller than 1; nothing was sent.
        """
        with prefixed("Failed to create warm pool: "):
            body = {"snapshot": snapshot, "pool": _at_least(1, pool)}
            body |= {"target": target} if target else {}
            return parse(WarmPool, await self._transport.api("POST", "/warm-pools", json=body))

    async def update(self, warm_pool_id: str, pool: int) -> WarmPool:
        """Set how many sandboxes a warm pool keeps ready (update warm pool).

        Args:
            warm_pool_id: The pool's id.
            pool: How many; 0 empties it.

        Raises:
            DaytonaNotFoundError: There is none.
            DaytonaValidationError: The pool is negative; nothing was sent.
        """
        with prefixed("Failed to update warm pool: "):
            body = {"pool": _at_least(0, pool)}
            return parse(WarmPool, await self._transport.api("PATCH", _path(warm_pool_id), json=body))

    async def delete(self, warm_pool_id: str) -> None:
        """Delete a warm pool (delete warm pool).

        Raises:
            DaytonaNotFoundError: There is none.
        """
        with prefixed("Failed to delete warm pool: "):
            try:
                await self._transport.api("DELETE", _path(warm_pool_id))
            except DaytonaNotFoundError as error:
                if error.attempts == 1:  # a repeated delete whose first answer was lost has done its work
                    raise


def _path(warm_pool_id: str) -> str:
    if not warm_pool_id:
        raise DaytonaValidationError("warm_pool_id must not be empty")
    return f"/warm-pools/{quote(warm_pool_id, safe='')}"


def _at_least(least: int, pool: int) -> int:
    if pool < least:
        raise DaytonaValidationError(f"pool must be at least {least}, not {pool}")
    return pool
