"""Call the git operations of a toolbox."""

from __future__ import annotations

from typing import Any

from daytona_httpx._async.toolbox import AsyncToolbox
from daytona_httpx._async.transport import ANSWER_S

TRANSFER_S = 1800.0
"""How long the answer may take where another server has its part in it."""


class AsyncGitCalls:
    """Send requests about git."""

    def __init__(self, toolbox: AsyncToolbox) -> None:
        self._toolbox = toolbox

    async def _get(self, route: str, request_timeout: float | None, /, **params: str | None) -> Any:
        return await self._call("GET", route, request_timeout, ANSWER_S, params=_given(params))

    async def _post(self, route: str, request_timeout: float | None, /, **body: Any) -> Any:
        return await self._call("POST", route, request_timeout, ANSWER_S, json=_given(body))

    async def _delete(self, route: str, request_timeout: float | None, /, **body: Any) -> None:
        await self._call("DELETE", route, request_timeout, ANSWER_S, json=_given(body))

    async def _transfer(self, route: str, request_timeout: float | None, /, **body: Any) -> None:
        await self._call("POST", route, request_timeout, TRANSFER_S, json=_given(body))

    async def _call(
        self, method: str, route: str, request_timeout: float | None, usual_s: float, /, **options: Any
    ) -> Any:
        timeout = usual_s if request_timeout is None else request_timeout
        deadline = self._toolbox.transport.deadline(timeout)
        return await self._toolbox.call(method, route, deadline, answer_s=None, **options)


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
