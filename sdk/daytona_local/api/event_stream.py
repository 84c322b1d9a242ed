"""The event stream of the official client: Socket.IO 4 over a websocket, the part of it that is used."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from typing import Any

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from daytona_local.api.wire import sandbox_json
from daytona_local.events import Event
from daytona_local.services import Services

PING_S = 25.0
AUTHENTICATION_S = 10.0

OPEN, PING, PONG = "0", "2", "3"
CONNECT, EVENT, REFUSED = "40", "42", "44"


async def stream(socket: WebSocket) -> None:
    """Send events to a client that has shown the key, until it goes."""
    parts: Services = socket.app.state.services
    if socket.query_params.get("EIO") != "4" or socket.query_params.get("transport") != "websocket":
        await socket.close(4400, "this server speaks Engine.IO 4 over websockets only")
        return
    await socket.accept()
    # Whoever goes, or never shows the key, is not worth a word.
    with contextlib.suppress(WebSocketDisconnect, TimeoutError):
        opening = {"sid": secrets.token_urlsafe(12), "upgrades": [], "maxPayload": 1_000_000}
        opening |= {"pingInterval": int(PING_S * 1000), "pingTimeout": 20_000}
        await socket.send_text(OPEN + json.dumps(opening))
        if await _is_authenticated(socket, parts):
            await socket.send_text(CONNECT + json.dumps({"sid": secrets.token_urlsafe(12)}))
            await _serve(socket, parts)


async def _is_authenticated(socket: WebSocket, parts: Services) -> bool:
    packet = await asyncio.wait_for(socket.receive_text(), AUTHENTICATION_S)
    try:
        token = str(json.loads(packet.removeprefix(CONNECT) or "{}").get("token", ""))
    except (ValueError, AttributeError):
        token = ""
    if packet.startswith(CONNECT) and parts.keys.identify(token) is not None:
        return True
    await socket.send_text(REFUSED + json.dumps({"message": "Invalid credentials"}))
    await socket.close(4401, "Invalid credentials")
    return False


async def _serve(socket: WebSocket, parts: Services) -> None:
    with parts.events.listen() as queue:
        tasks = [
            asyncio.create_task(_tell(socket, queue, parts.base_url)),
            asyncio.create_task(_hear(socket)),
        ]
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for task in done:
            if (error := task.exception()) is not None and not isinstance(error, WebSocketDisconnect):
                raise error


async def _tell(socket: WebSocket, queue: asyncio.Queue[Event | None], base_url: str) -> None:
    while True:
        try:
            event = await asyncio.wait_for(queue.get(), PING_S)
        except TimeoutError:
            await socket.send_text(PING)
            continue
        if event is None:
            await socket.close(4408, "events came faster than they were taken")
            return
        await socket.send_text(EVENT + json.dumps(_message(event, base_url)))


async def _hear(socket: WebSocket) -> None:
    """Take what the client sends; only its pongs and its going matter."""
    while True:
        if await socket.receive_text() == PING:
            await socket.send_text(PONG)


def _message(event: Event, base_url: str) -> list[Any]:
    sandbox = sandbox_json(event.sandbox, base_url)
    if not event.before:
        return ["sandbox.created", sandbox]
    changed = {"sandbox": sandbox, "oldState": event.before, "newState": event.sandbox.state}
    return ["sandbox.state.updated", changed]


routes = [WebSocketRoute("/socket.io", stream), WebSocketRoute("/socket.io/", stream)]
