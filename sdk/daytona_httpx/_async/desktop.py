"""What the parts of a desktop have in common: call its operations, read the models."""

from __future__ import annotations

from typing import Any

from daytona_httpx._async.toolbox import AsyncToolbox
from daytona_httpx.models.base import Model, parse
from daytona_httpx.wire import given


class AsyncDesktop:
    """Call the computer-use operations of one sandbox.

    The ``request_timeout`` of every method is the seconds for its request; 0 is no limit, None the
    default of 90. What acts on the desktop is not sent twice, where it may have arrived.
    """

    def __init__(self, toolbox: AsyncToolbox) -> None:
        self._toolbox = toolbox

    async def _get(
        self, model: type[Model], route: str, request_timeout: float | None, /, **params: Any
    ) -> Model:
        return parse(model, await self._call("GET", route, request_timeout, params=given(**params)))

    async def _post(
        self, model: type[Model], route: str, request_timeout: float | None, /, **body: Any
    ) -> Model:
        return parse(model, await self._call("POST", route, request_timeout, json=given(**body)))

    async def _act(self, route: str, request_timeout: float | None, /, **body: Any) -> None:
        await self._call("POST", route, request_timeout, json=given(**body))

    async def _call(self, method: str, route: str, request_timeout: float | None, /, **options: Any) -> Any:
        deadline = self._toolbox.transport.request_deadline(request_timeout)
        return await self._toolbox.call(method, f"/computeruse{route}", deadline, answer_s=None, **options)
