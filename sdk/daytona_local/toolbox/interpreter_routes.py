"""The interpreter over HTTP and websockets."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, ValidationError
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.websockets import WebSocket

from daytona_local.errors import NotFoundError
from daytona_local.toolbox.bodies import body
from daytona_local.toolbox.interpreter import COMPLETED, PYTHON, Context, Interpreters
from daytona_local.toolbox.interpreter_run import Run
from daytona_local.toolbox.running import running
from daytona_local.toolbox.sockets import accept, socket_route, while_connected

TIMEOUT_S = 600.0
MALFORMED, REFUSED = 1002, 1008
"""The codes that the websocket closes with when it brings nothing that can be run."""


class NewContext(BaseModel):
    """Ask for a context."""

    cwd: str | None = None
    language: str | None = None


class Execution(BaseModel):
    """Ask for a run; the timeout in seconds, 0 for none."""

    code: str = ""
    contextId: str | None = None  # noqa: N815 - the API's name
    envs: dict[str, str | None] | None = None
    timeout: float | None = None


async def create_context(request: Request) -> Response:
    """Make a context [CreateInterpreterContext]."""
    wanted = await body(request, NewContext)
    context = await (await _interpreters(request)).create(wanted.cwd, wanted.language)
    return JSONResponse(_described(context))


async def list_contexts(request: Request) -> Response:
    """List the contexts but for the default one [ListInterpreterContexts]."""
    contexts = await _interpreters(request)
    return JSONResponse({"contexts": [_described(context) for context in contexts]})


async def delete_context(request: Request) -> Response:
    """End a context [DeleteInterpreterContext]."""
    await (await _interpreters(request)).delete(request.path_params["context_id"])
    return JSONResponse({"message": "context deleted"})


async def execute(websocket: WebSocket) -> None:
    """Run the code that the first message brings, and tell how it goes [ExecuteInterpreterCode]."""
    interpreters = await _interpreters(websocket)
    await accept(websocket)
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        return
    try:
        wanted = Execution.model_validate_json(message.get("text") or message.get("bytes") or b"")
        context = interpreters.get(wanted.contextId)
    except ValidationError:
        await websocket.close(MALFORMED, "the first message is no JSON object that asks for a run")
    except NotFoundError as error:
        await websocket.close(REFUSED, error.message[:120])
    else:
        await _run(websocket, wanted, context)


async def _run(websocket: WebSocket, wanted: Execution, context: Context) -> None:
    timeout_s = TIMEOUT_S if wanted.timeout is None else wanted.timeout
    if not wanted.code:
        await websocket.close(REFUSED, "code is required")
    elif timeout_s < 0:
        await websocket.close(REFUSED, "timeout must not be less than 0")
    else:
        run = Run(wanted.code, wanted.envs, timeout_s or None)
        context.take(run)
        try:
            await while_connected(websocket, _tell(websocket, run))
        finally:
            run.leave()


async def _tell(websocket: WebSocket, run: Run) -> None:
    async for frame in run.frames():
        await websocket.send_text(json.dumps(frame))
    await websocket.close(run.close_code or COMPLETED, run.close_reason[:120])


async def _interpreters(connection: HTTPConnection) -> Interpreters:
    return (await running(connection)).service(Interpreters)


def _described(context: Context) -> dict[str, Any]:
    return {
        "id": context.id,
        "cwd": context.cwd,
        "language": PYTHON,
        "createdAt": context.created_at.isoformat().replace("+00:00", "Z"),
        "active": context.active,
    }


routes: list[BaseRoute] = [
    Route("/process/interpreter/context", create_context, methods=["POST"]),
    Route("/process/interpreter/context", list_contexts, methods=["GET"]),
    Route("/process/interpreter/context/{context_id}", delete_context, methods=["DELETE"]),
    socket_route("/process/interpreter/execute", execute),
]
