"""Websockets of the toolbox: how one is refused, kept, and left."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from daytona_local.api.answers import refusal, status_of
from daytona_local.errors import InvalidError, RefusedError, UnavailableError
from daytona_local.runtime import AgentError, NotRunningError, RuntimeFailedError
from daytona_local.shortages import shortage

Endpoint = Callable[[WebSocket], Awaitable[None]]


def socket_route(path: str, endpoint: Endpoint) -> WebSocketRoute:
    """Return the route of a websocket: what is refused before it opens is answered as over plain HTTP.

    Args:
        path: Relative to the sandbox.
        endpoint: Accepts the websocket and serves it; a client may leave at any time.
    """

    async def serve(websocket: WebSocket) -> None:
        try:
            await endpoint(websocket)
        except RefusedError as error:
            await _refuse(websocket, error)
        except (OSError, NotRunningError, RuntimeFailedError) as error:
            lacking = shortage(error)
            if lacking is None and not isinstance(error, AgentError | NotRunningError | RuntimeFailedError):
                raise
            await _refuse(websocket, UnavailableError(lacking) if lacking else InvalidError(str(error)))
        except WebSocketDisconnect:
            return

    return WebSocketRoute(path, serve)


async def accept(websocket: WebSocket, preferred: str = "") -> None:
    """Open a websocket, with the subprotocol that is preferred, else the first that the client offers."""
    offered = offered_subprotocols(websocket)
    await websocket.accept(preferred if preferred in offered else next(iter(offered), None))


def offered_subprotocols(websocket: WebSocket) -> list[str]:
    """Return the subprotocols that the client offers."""
    found: list[str] = websocket.scope.get("subprotocols", [])
    return found


async def while_connected(
    websocket: WebSocket,
    work: Coroutine[None, None, None],
    hear: Callable[[bytes], None] = lambda _: None,
) -> None:
    """Do some work on an open websocket until it is done or the client leaves.

    Args:
        websocket: The websocket.
        work: What to do; it is cancelled when the client leaves.
        hear: Gets what the client sends.
    """
    tasks = [asyncio.create_task(work), asyncio.create_task(_listen(websocket, hear))]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _listen(websocket: WebSocket, hear: Callable[[bytes], None]) -> None:
    while (message := await websocket.receive())["type"] != "websocket.disconnect":
        hear(message.get("bytes") or (message.get("text") or "").encode())


async def _refuse(websocket: WebSocket, error: RefusedError) -> None:
    if websocket.application_state is WebSocketState.CONNECTING:
        path = websocket.url.path
        answer = refusal(path, "GET", status_of(error), error.message, error.code)
        await websocket.send_denial_response(answer)
    elif websocket.application_state is WebSocketState.CONNECTED:
        await websocket.close(1011, error.message[:120])
