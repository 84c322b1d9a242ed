"""Gather what the API gives in pieces, and pick what it gives only among others."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import TypeVar

from daytona_httpx import DaytonaNotFoundError

Item = TypeVar("Item")
LARGEST_PAGE = 200
"""How many there may be on a page, at the API's most."""


async def first(items: AsyncIterator[Item], limit: int | None) -> list[Item]:
    """Return the first of many, without asking for the pages after them; None is all."""
    found = []
    async for item in items:
        found.append(item)
        if len(found) == limit:
            break
    return found


async def only(asked: Awaitable[Iterable[Item]], kind: str, matches: Callable[[Item], bool]) -> Item:
    """Return the one that matches, for what the API only lists.

    Raises:
        DaytonaNotFoundError: There is none.
    """
    for item in await asked:
        if matches(item):
            return item
    raise DaytonaNotFoundError(f"{kind} not found")
