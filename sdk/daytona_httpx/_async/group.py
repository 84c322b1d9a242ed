"""What the groups of operations have in common: call a path, read the model."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

from daytona_httpx._async.transport import AsyncTransport
from daytona_httpx.answers import items_of
from daytona_httpx.errors import DaytonaNotFoundError, prefixed
from daytona_httpx.models.base import Model, parse
from daytona_httpx.models.page import Item, Page
from daytona_httpx.wire import Value, path_of, value_of

Parts = tuple[str, ...]
"""A path in parts: each is quoted, and none may be empty."""


class AsyncGroup:
    """Call the operations of one tag of the API.

    Every call says what it is doing, for the message when it fails. The options are what httpx takes:
    json, params.
    """

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def _nothing(self, doing: str, method: str, path: Parts, **options: Any) -> None:
        with prefixed(f"Failed to {doing}: "):
            await self._transport.api(method, path_of(*path), **options)

    async def _one(self, model: type[Model], doing: str, method: str, path: Parts, **options: Any) -> Model:
        with prefixed(f"Failed to {doing}: "):
            return parse(model, await self._transport.api(method, path_of(*path), **options))

    async def _many(self, model: type[Model], doing: str, path: Parts, **options: Any) -> list[Model]:
        with prefixed(f"Failed to {doing}: "):
            answer = await self._transport.api("GET", path_of(*path), **options)
            return [parse(model, item) for item in items_of(answer)]

    async def _pages(
        self, page: type[Page[Item]], doing: str, path: Parts, params: Mapping[str, Any]
    ) -> AsyncIterator[Item]:
        """Yield the items of every page, by tokens where the server gives them."""
        asked = {**params, "page": 1}
        while True:
            answer = await self._one(page, doing, "GET", path, params=asked)
            for item in answer.items:
                yield item
            if answer.next_token:
                asked["nextToken"] = answer.next_token
            elif "nextToken" in asked or asked["page"] >= answer.total_pages:
                return
            if not answer.items:
                return
            asked["page"] += 1

    async def _delete(self, doing: str, path: Parts, **options: Any) -> None:
        with prefixed(f"Failed to {doing}: "):
            try:
                await self._transport.api("DELETE", path_of(*path), **options)
            except DaytonaNotFoundError as error:
                if error.attempts == 1:  # a repeated delete whose first answer was lost has done its work
                    raise

    async def _value(
        self, kind: type[Value], doing: str, method: str, path: Parts, secret: str = ""
    ) -> Value:
        transport = self._transport
        with prefixed(f"Failed to {doing}: "):
            url, deadline = transport.connection.api_url + path_of(*path), transport.request_deadline(None)
            return value_of(await transport.send(method, url, deadline, secret=secret), kind)
