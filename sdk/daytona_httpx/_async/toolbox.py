"""Reach the toolbox of one sandbox."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from daytona_httpx._async.transport import AsyncTransport
from daytona_httpx.answers import json_of, object_of
from daytona_httpx.deadline import Deadline


class AsyncToolbox:
    """Send requests to a sandbox's own daemon.

    Args:
        sandbox_id: The sandbox's id.
        proxy_url: Where its toolbox is reached; asked for when empty.
        transport: Sends the requests.
    """

    def __init__(self, sandbox_id: str, proxy_url: str, transport: AsyncTransport) -> None:
        self.sandbox_id = sandbox_id
        self.proxy_url = proxy_url
        self.transport = transport

    async def call(self, method: str, path: str, deadline: Deadline | None = None, **options: Any) -> Any:
        """Call an operation and return the answer's JSON, None when it has no body."""
        limit = deadline or self.transport.request_deadline(None)
        return json_of(await self.transport.send(method, await self.url(limit) + path, limit, **options))

    async def open(self, method: str, path: str, deadline: Deadline, **options: Any) -> httpx.Response:
        """Return an answer with its body unread; the caller reads its chunks, and closes it."""
        url = await self.url(deadline) + path
        return await self.transport.send(method, url, deadline, answer_s=None, unread=True, **options)

    async def receive(
        self, path: str, deadline: Deadline, sink: Callable[[bytes], object], **options: Any
    ) -> None:
        """Get something large, and give it to a sink as it arrives."""
        await self.transport.receive(
            await self.url(deadline) + path, deadline, sink, answer_s=None, **options
        )

    async def url(self, deadline: Deadline) -> str:
        """Return where the sandbox's daemon is reached; it is asked for once."""
        if not self.proxy_url:
            path = f"/sandbox/{self.sandbox_id}/toolbox-proxy-url"
            self.proxy_url = str(object_of(await self.transport.api("GET", path, deadline)).get("url", ""))
        return f"{self.proxy_url.rstrip('/')}/{self.sandbox_id}"
