"""Sessions over HTTP and websockets."""

from __future__ import annotations

import re
from typing import Any

from pydantic import BaseModel, Field
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.websockets import WebSocket

from daytona_local.errors import InvalidError
from daytona_local.toolbox.bodies import body
from daytona_local.toolbox.running import running
from daytona_local.toolbox.session_commands import Command
from daytona_local.toolbox.session_logs import CommandLog, separate, without_marks
from daytona_local.toolbox.sessions import ENTRYPOINT, Session, Sessions
from daytona_local.toolbox.sockets import accept, socket_route, while_connected

SEPARATED_SINCE = (0, 167, 0)
"""The first version of clients that get the two streams apart; older ones take the marks apart themselves."""


class NewSession(BaseModel):
    """Ask for a session."""

    sessionId: str  # noqa: N815 - the API's name


class Execution(BaseModel):
    """Ask for a command."""

    command: str
    runAsync: bool = False  # noqa: N815
    run_async: bool = Field(False, alias="async")
    suppressInputEcho: bool = False  # noqa: N815


class Input(BaseModel):
    """Send a command something to read."""

    data: str


async def create(request: Request) -> Response:
    """Start a session [CreateSession]."""
    wanted = await body(request, NewSession)
    await (await _sessions(request)).create(wanted.sessionId)
    return Response(status_code=201)


async def list_all(request: Request) -> Response:
    """List the sessions [ListSessions]."""
    return JSONResponse([_described(session) for session in await _sessions(request)])


async def get(request: Request) -> Response:
    """Describe a session and its commands [GetSession]."""
    return JSONResponse(_described(await _session(request)))


async def delete(request: Request) -> Response:
    """End a session [DeleteSession]."""
    session_id = _no_entrypoint(request)
    await (await _sessions(request)).delete(session_id)
    return Response(status_code=204)


async def execute(request: Request) -> Response:
    """Run a command in a session, and wait for its end unless told not to [SessionExecuteCommand]."""
    wanted = await body(request, Execution)
    session = await _session(request)
    waits = not (wanted.runAsync or wanted.run_async)
    command = await session.run(wanted.command, takes_input=not waits, echoes=not wanted.suppressInputEcho)
    if not waits:
        return JSONResponse({"cmdId": command.id}, 202)
    await command.ended.wait()
    answer = {"cmdId": command.id, "exitCode": command.exit_code}
    return JSONResponse(answer | _output(request.headers, command.log.read()))


async def command_state(request: Request) -> Response:
    """Describe a command [GetSessionCommand]."""
    return JSONResponse(_state((await _session(request)).command(request.path_params["command_id"])))


async def send_input(request: Request) -> Response:
    """Send a running command a line of input [SendInput]."""
    wanted = await body(request, Input)
    (await _session(request)).send(request.path_params["command_id"], wanted.data)
    return Response(status_code=204)


async def logs(request: Request) -> Response:
    """Return what a command, or the entry point, has written, or follow it [GetSessionCommandLogs]."""
    log = await _log(request)
    if request.query_params.get("follow") == "true":
        return StreamingResponse(log.follow(), media_type="text/plain")
    marked = log.read()
    if _reads_json(request.headers):
        return JSONResponse(_output(request.headers, marked))
    return Response(_as_text(request.headers, marked), media_type="text/plain")


async def follow_logs(websocket: WebSocket) -> None:
    """Send what a command, or the entry point, has written and writes, with marks [GetSessionCommandLogs]."""
    log = await _log(websocket)
    await accept(websocket)
    await while_connected(websocket, _send_log(websocket, log))


async def entrypoint(request: Request) -> Response:
    """Describe the session of the sandbox's entry point, which runs no commands [GetEntrypointSession]."""
    await running(request)
    return JSONResponse({"sessionId": ENTRYPOINT, "commands": []})


async def _send_log(websocket: WebSocket, log: CommandLog) -> None:
    if websocket.query_params.get("follow") == "true":
        async for chunk in log.follow():
            await websocket.send_bytes(chunk)
    elif marked := log.read():
        await websocket.send_bytes(marked)
    await websocket.close(1000)


async def _sessions(connection: HTTPConnection) -> Sessions:
    return (await running(connection)).service(Sessions)


async def _session(connection: HTTPConnection) -> Session:
    session_id = _no_entrypoint(connection)
    return (await _sessions(connection)).get(session_id)


def _no_entrypoint(connection: HTTPConnection) -> str:
    session_id: str = connection.path_params["session_id"]
    if session_id == ENTRYPOINT:
        raise InvalidError("the entry point's session only has logs; create a session of your own")
    return session_id


async def _log(connection: HTTPConnection) -> CommandLog:
    if "session_id" not in connection.path_params:
        return (await _sessions(connection)).entrypoint
    return (await _session(connection)).command(connection.path_params["command_id"]).log


def _described(session: Session) -> dict[str, Any]:
    return {"sessionId": session.id, "commands": [_state(command) for command in session.commands.values()]}


def _state(command: Command) -> dict[str, Any]:
    state: dict[str, Any] = {"id": command.id, "command": command.text}
    return state if command.exit_code is None else state | {"exitCode": command.exit_code}


def _reads_json(headers: Headers) -> bool:
    version = headers.get("x-daytona-sdk-version", "")
    numbers = tuple(int(number) for number in re.findall(r"\d+", version)[:3])
    return "dev" in version or numbers >= SEPARATED_SINCE


def _reads_marks(headers: Headers) -> bool:
    """Tell whether a client takes the streams apart itself; one that names no version is no such client."""
    split = headers.get("x-daytona-split-output") == "true"
    return not _reads_json(headers) and (split or "x-daytona-sdk-version" in headers)


def _as_text(headers: Headers, marked: bytes) -> bytes:
    return marked if _reads_marks(headers) else without_marks(marked)


def _output(headers: Headers, marked: bytes) -> dict[str, str]:
    output = {"output": _as_text(headers, marked).decode(errors="replace")}
    if _reads_marks(headers):
        return output
    stdout, stderr = separate(marked)
    return output | {"stdout": stdout.decode(errors="replace"), "stderr": stderr.decode(errors="replace")}


_SESSION = "/process/session/{session_id}"
_COMMAND = _SESSION + "/command/{command_id}"

routes: list[BaseRoute] = [
    Route("/process/session", create, methods=["POST"]),
    Route("/process/session", list_all, methods=["GET"]),
    Route("/process/session/entrypoint", entrypoint, methods=["GET"]),
    Route("/process/session/entrypoint/logs", logs, methods=["GET"]),
    socket_route("/process/session/entrypoint/logs", follow_logs),
    Route(_SESSION, get, methods=["GET"]),
    Route(_SESSION, delete, methods=["DELETE"]),
    Route(f"{_SESSION}/exec", execute, methods=["POST"]),
    Route(_COMMAND, command_state, methods=["GET"]),
    Route(f"{_COMMAND}/input", send_input, methods=["POST"]),
    Route(f"{_COMMAND}/logs", logs, methods=["GET"]),
    socket_route(f"{_COMMAND}/logs", follow_logs),
]
