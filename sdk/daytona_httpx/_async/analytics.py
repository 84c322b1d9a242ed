"""The analytics API: a server of its own for what was used, where the API names one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from daytona_httpx._async.transport import AsyncTransport
from daytona_httpx.answers import json_of, object_of
from daytona_httpx.errors import DaytonaServiceUnavailableError
from daytona_httpx.wire import path_of


class AsyncAnalytics:
    """Ask the analytics API."""

    def __init__(self, transport: AsyncTransport) -> None:
        self._transport = transport

    async def get(self, organization_id: str, path: tuple[str, ...], params: Mapping[str, Any]) -> Any:
        """Return an answer.

        Args:
            organization_id: Whose usage it is.
            path: What of it, in parts.
            params: The query.

        Raises:
            DaytonaServiceUnavailableError: The API names no such server.
        """
        config = object_of(await self._transport.api("GET", "/config"))
        url = config.get("analyticsApiUrl")
        if not url:
            raise DaytonaServiceUnavailableError(
                "this Daytona has no analytics API, so it tells no usage over time"
            )
        place = f"{str(url).rstrip('/')}{path_of('organization', organization_id, *path)}"
        deadline = self._transport.request_deadline(None)
        return json_of(await self._transport.send("GET", place, deadline, params=params))
