# Generated from _async by `make generate`; do not edit.
"""What the parts of a desktop have in common: call its operations, read the models."""

from __future__ import annotations

from typing import Any

from daytona_httpx._sync.toolbox import Toolbox
from daytona_httpx.models.base import Model, parse
from daytona_httpx.wire import given


class Desktop:
    """Call the computer-use operations of one sandbox.

    The ``request_timeout`` of every method is the seconds for its request; 0 is no limit, None the
    default of 90. What acts on the desktop is not sent twice, where it may have arrived.
    """

    def __init__(self, toolbox: Toolbox) -> None:
        self._toolbox = toolbox

    def _get(self, model: type[Model], route: str, request_timeout: float | None, /, **params: Any) -> Model:
        return parse(model, self._call("GET", route, request_timeout, params=given(**params)))

    def _post(self, model: type[Model], route: str, request_timeout: float | None, /, **body: Any) -> Model:
        return parse(model, self._call("POST", route, request_timeout, json=given(**body)))

    def _act(self, route: str, request_timeout: float | None, /, **body: Any) -> None:
        self._call("POST", route, request_timeout, json=given(**body))

    def _call(self, method: str, route: str, request_timeout: float | None, /, **options: Any) -> Any:
        deadline = self._toolbox.transport.request_deadline(request_timeout)
        return self._toolbox.call(method, f"/computeruse{route}", deadline, answer_s=None, **options)
