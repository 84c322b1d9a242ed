"""The control plane for tests, below ``/_local``: faults and the clock."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from functools import partial
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from daytona_local.api import bodies
from daytona_local.api.answers import refusal
from daytona_local.api.local import PREFIX
from daytona_local.api.openapi import get_document
from daytona_local.clock import ManualClock
from daytona_local.errors import InvalidError
from daytona_local.faults import Fault, Faults, SandboxFault
from daytona_local.protocols import cut
from daytona_local.services import services


class Control:
    """Let requests meet the faults that were asked for.

    Args:
        app: What the rest goes to.
        faults: The faults.
    """

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http" or scope["path"].startswith(PREFIX):
            await self._app(scope, receive, send)
        else:
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        fault = self._faults.of_request(scope["method"], scope["path"])
        if fault is None:
            await self._app(scope, receive, send)
            return
        end = partial(cut, receive)
        if fault.hold:
            receive = await _once_gone(receive)
        await asyncio.sleep(fault.delay_s)
        if fault.drop == "after":
            await self._app(scope, receive, _into_nothing)
        if fault.drop is not None:
            end()
        elif fault.status is not None:
            answer = refusal(scope["path"], scope["method"], fault.status, fault.message)
            answer.headers.update(fault.headers)
            await answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)


async def _once_gone(receive: Receive) -> Receive:
    """Wait until the sender of a request is gone, and return what it has sent."""
    sent = [await receive()]
    while sent[-1]["type"] != "http.disconnect":
        sent.append(await receive())
    messages = iter(sent)

    async def again() -> Message:
        return next(messages, sent[-1])

    return again


async def _into_nothing(_: MutableMapping[str, Any]) -> None:
    """Take an answer that nobody gets."""


async def list_faults(request: Request) -> JSONResponse:
    """Return the faults that are still to come."""
    return JSONResponse([fault.model_dump() for fault in services(request).faults])


async def add_fault(request: Request) -> JSONResponse:
    """Ask for a fault of requests, or with ``step`` of sandboxes."""
    body = await bodies.json_object(request)
    fault = _read(SandboxFault if "step" in body else Fault, body)
    services(request).faults.add(fault)
    return JSONResponse(fault.model_dump(), 201)


async def clear_faults(request: Request) -> Response:
    """Let everything go well again."""
    services(request).faults.clear()
    return Response(status_code=204)


async def get_clock(request: Request) -> JSONResponse:
    """Return the server's time, and whether it can be moved."""
    clock = services(request).settings.clock
    return JSONResponse({"now": clock.now(), "manual": isinstance(clock, ManualClock)})


async def move_clock(request: Request) -> JSONResponse:
    """Move the time on by ``seconds``."""
    clock = services(request).settings.clock
    if not isinstance(clock, ManualClock):
        raise InvalidError("this server's clock is the system's; start it with a manual clock to move it")
    seconds = (await bodies.json_object(request)).get("seconds")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds <= 10**9:
        raise InvalidError("seconds must be a number from 0 to 1000000000")
    clock.advance(seconds)
    return await get_clock(request)


def _read(model: type[Fault] | type[SandboxFault], body: dict[str, Any]) -> Fault | SandboxFault:
    try:
        return model.model_validate(body)
    except ValidationError as error:
        raise InvalidError(_said(error)) from None


def _said(error: ValidationError) -> str:
    return "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())


routes = (
    Route("/faults", list_faults, methods=["GET"]),
    Route("/faults", add_fault, methods=["POST"]),
    Route("/faults", clear_faults, methods=["DELETE"]),
    Route("/clock", get_clock, methods=["GET"]),
    Route("/clock", move_clock, methods=["POST"]),
    Route("/openapi.json", get_document, methods=["GET"]),
)
