"""What a sandbox says of itself: its folders, version, environment and ports."""

from __future__ import annotations

from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from daytona_local.errors import InvalidError
from daytona_local.settings import VERSION
from daytona_local.toolbox import metrics
from daytona_local.toolbox.bodies import body
from daytona_local.toolbox.running import Running, running

PORTS = range(3000, 10_000)
"""What Daytona looks at."""


class UpdateEnvRequest(BaseModel):
    """Say which variables to set, and which to take away before."""

    set: dict[str, str] | None = None
    unset: list[str] | None = None
    prefix: str | None = Field(None, alias="unsetValuePrefix")


class InitializeRequest(BaseModel):
    """Hold the token that a runner gives."""

    token: str


async def get_home(request: Request) -> Response:
    """Return the user's home [GetUserHomeDir]."""
    return JSONResponse({"dir": (await running(request)).agent.home})


async def get_work_dir(request: Request) -> Response:
    """Return the folder that relative paths start from [GetWorkDir]."""
    return JSONResponse({"dir": (await running(request)).agent.workdir})


async def get_version(request: Request) -> Response:
    """Return the version of what answers here [GetVersion]."""
    await running(request)
    return JSONResponse({"version": f"{VERSION}-local"})


async def update_env(request: Request) -> Response:
    """Change the environment of what is started from now on [UpdateEnv]."""
    asked, box = await body(request, UpdateEnvRequest), await running(request)
    given = asked.set or {}
    for name in (*given, *(asked.unset or ())):
        if not name or "=" in name or "\0" in name + given.get(name, ""):
            raise InvalidError(f"{name!r} can't be an environment variable; correct it")
    names = set(asked.unset or ())
    if asked.prefix:
        names |= {name for name, value in box.env.items() if value.startswith(asked.prefix)}
    gone = await box.agent.ask("forget", names=sorted(names), prefix=asked.prefix)
    box.unset |= set(gone["forgotten"])
    box.unset -= given.keys()
    kept = {name: value for name, value in box.env.items() if name not in box.unset}
    box.env = {**kept, **given}
    return JSONResponse({"message": "Environment updated successfully"})


async def initialize(request: Request) -> Response:
    """Take a runner's token, which nothing here needs [Initialize]."""
    await body(request, InitializeRequest)
    await running(request)
    return JSONResponse({"message": "the sandbox is ready; the token is not needed here"})


async def list_ports(request: Request) -> Response:
    """List the ports that something in the sandbox listens on [GetPorts]."""
    return JSONResponse({"ports": await open_ports(await running(request))})


async def is_port_in_use(request: Request) -> Response:
    """Tell whether something in the sandbox listens on a port [IsPortInUse]."""
    text = request.path_params["port"]
    port = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    if port not in PORTS:
        raise InvalidError(f"the port is {text!r}; pass one from {PORTS.start} to {PORTS.stop - 1}")
    return JSONResponse({"isInUse": port in await open_ports(await running(request))})


async def open_ports(box: Running) -> list[int]:
    """Return the ports that something in a sandbox listens on, of those that Daytona looks at."""
    found = (await box.agent.ask("ports"))["ports"]
    return [port for port in found if port in PORTS]


routes: list[BaseRoute] = [
    Route("/user-home-dir", get_home, methods=["GET"]),
    Route("/work-dir", get_work_dir, methods=["GET"]),
    Route("/version", get_version, methods=["GET"]),
    Route("/env", update_env, methods=["POST"]),
    Route("/init", initialize, methods=["POST"]),
    Route("/port", list_ports, methods=["GET"]),
    Route("/port/{port}/in-use", is_port_in_use, methods=["GET"]),
    *metrics.routes,
]
