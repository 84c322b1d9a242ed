"""The wire model of one page of a list."""

from __future__ import annotations

from typing import Generic, TypeVar

from daytona_httpx.models.base import WireModel

Item = TypeVar("Item", bound=WireModel)


class Page(WireModel, Generic[Item]):
    """Hold one page of a list.

    Attributes:
        total: How many there are on all pages.
        page: Which one this is, from 1.
        next_token: Where the next page begins, from servers that count in tokens.
    """

    items: list[Item]
    total: int = 0
    page: int = 1
    total_pages: int = 1
    next_token: str | None = None
