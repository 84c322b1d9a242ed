"""Terminals over HTTP and websockets."""

from __future__ import annotations

import asyncio
import base64
import json
from contextlib import aclosing
from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.websockets import WebSocket

from daytona_local.errors import InvalidError, RefusedError
from daytona_local.runtime import AgentError
from daytona_local.toolbox.bodies import body
from daytona_local.toolbox.pty import Terminal, Terminals, TerminalSpec
from daytona_local.toolbox.running import running
from daytona_local.toolbox.sockets import accept, offered_subprotocols, socket_route, while_connected

EXIT_CONTROL = "X-Daytona-Pty-Exit-Control"
"""Clients that offer this subprotocol understand a message that tells of the exit code."""
ENVS = "X-Daytona-Pty-Envs~"
MOST_ENVS_CHARS = 64 * 1024
STALL_S = 10.0
"""How long a viewer may keep the terminal waiting before it is left behind."""

Size = Annotated[int, Field(ge=1, le=1000)]


class NewTerminal(BaseModel):
    """Ask for a terminal; sizes in characters."""

    id: Annotated[str, Field(min_length=1)]
    cols: Size | None = None
    rows: Size | None = None
    cwd: str | None = None
    envs: dict[str, str] | None = None
    lazyStart: bool = False  # noqa: N815 - the API's name

    def spec(self) -> TerminalSpec:
        """Return what is asked for, with what is left open filled in."""
        envs = self.envs or {}
        if any(not name or set(name) & set("=\0\r\n") for name in envs):
            raise InvalidError("a name in envs is empty, or has a character that no name may have")
        return TerminalSpec(self.id, self.cwd, envs, self.cols or 80, self.rows or 24, self.lazyStart)


class NewSize(BaseModel):
    """Ask for another size, in characters."""

    cols: Size
    rows: Size


async def create(request: Request) -> Response:
    """Make a terminal [CreatePtySession]."""
    spec = (await body(request, NewTerminal)).spec()
    await (await _terminals(request)).create(spec)
    return JSONResponse({"sessionId": spec.id}, 201)


async def list_all(request: Request) -> Response:
    """List the terminals [ListPtySessions]."""
    return JSONResponse({"sessions": [_described(terminal) for terminal in await _terminals(request)]})


async def get(request: Request) -> Response:
    """Describe a terminal [GetPtySession]."""
    return JSONResponse(_described((await _terminals(request)).get(request.path_params["session_id"])))


async def delete(request: Request) -> Response:
    """Kill a terminal's shell [DeletePtySession]."""
    await (await _terminals(request)).delete(request.path_params["session_id"])
    return JSONResponse({"message": "PTY session deleted"})


async def resize(request: Request) -> Response:
    """Change a terminal's size [ResizePtySession]."""
    size = await body(request, NewSize)
    terminals = await _terminals(request)
    return JSONResponse(_described(terminals.resize(request.path_params["session_id"], size.rows, size.cols)))


async def create_and_connect(websocket: WebSocket) -> None:
    """Make a terminal and show it [CreateConnectPtySession]."""
    given = {**websocket.query_params, "envs": _envs(websocket)}
    try:
        spec = NewTerminal.model_validate(given).spec()
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        raise InvalidError(f"{fault['loc'][0]}: {fault['msg']}") from None
    terminal = await (await _terminals(websocket)).create(spec)
    if spec.lazy_start:
        await (await _terminals(websocket)).open(spec.id)
    await accept(websocket, EXIT_CONTROL)
    await _serve(websocket, terminal)


async def connect(websocket: WebSocket) -> None:
    """Show a terminal [ConnectPtySession]."""
    terminals = await _terminals(websocket)
    await accept(websocket, EXIT_CONTROL)
    try:
        terminal = await terminals.open(websocket.path_params["session_id"])
    except (RefusedError, AgentError) as error:
        await websocket.send_json({"type": "control", "status": "error", "error": str(error)})
        await websocket.close(1008)
        return
    await _serve(websocket, terminal)


async def _serve(websocket: WebSocket, terminal: Terminal) -> None:
    await websocket.send_json({"type": "control", "status": "connected"})
    await while_connected(websocket, _show(websocket, terminal), terminal.type)


async def _show(websocket: WebSocket, terminal: Terminal) -> None:
    async with aclosing(terminal.view()) as shown:
        async for data in shown:
            try:
                await asyncio.wait_for(websocket.send_bytes(data), STALL_S)
            except TimeoutError:
                return
    await _tell_end(websocket, terminal.exit_code or 0)


async def _tell_end(websocket: WebSocket, code: int) -> None:
    ending = {"exitCode": code} | ({"exitReason": _reason(code)} if code else {})
    if EXIT_CONTROL in offered_subprotocols(websocket):
        await websocket.send_json({"type": "control", "status": "exited", **ending})
    await websocket.close(1011 if code else 1000, json.dumps(ending))


def _reason(code: int) -> str:
    if code <= 128:
        return "non-zero exit"
    return {130: "Ctrl+C", 137: "SIGKILL", 143: "SIGTERM"}.get(code, f"signal {code - 128}")


def _envs(websocket: WebSocket) -> dict[str, str]:
    """Return the variables that a client hides in a subprotocol, where no log of addresses shows them."""
    packed = next((offer for offer in offered_subprotocols(websocket) if offer.startswith(ENVS)), "")
    if not packed:
        return {}
    if len(packed) > MOST_ENVS_CHARS:
        raise InvalidError(f"envs is longer than {MOST_ENVS_CHARS} characters; send less")
    encoded = packed.removeprefix(ENVS)
    try:
        envs = json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    except ValueError:
        raise InvalidError("envs is no JSON object in unpadded base64url") from None
    if not isinstance(envs, dict):
        raise InvalidError("envs is no JSON object")
    return envs


async def _terminals(connection: HTTPConnection) -> Terminals:
    return (await running(connection)).service(Terminals)


def _described(terminal: Terminal) -> dict[str, Any]:
    spec = terminal.spec
    return {
        "id": spec.id,
        "cwd": spec.cwd,
        "envs": spec.envs,
        "cols": spec.cols,
        "rows": spec.rows,
        "createdAt": terminal.created_at.isoformat().replace("+00:00", "Z"),
        "active": terminal.active,
        "lazyStart": spec.lazy_start,
    }


routes: list[BaseRoute] = [
    Route("/process/pty", create, methods=["POST"]),
    Route("/process/pty", list_all, methods=["GET"]),
    socket_route("/process/pty/create-connect", create_and_connect),
    Route("/process/pty/{session_id}", get, methods=["GET"]),
    Route("/process/pty/{session_id}", delete, methods=["DELETE"]),
    Route("/process/pty/{session_id}/resize", resize, methods=["POST"]),
    socket_route("/process/pty/{session_id}/connect", connect),
]
