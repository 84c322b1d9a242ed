"""What the dashboard asks about a sandbox again and again: to look at one is not to use it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from daytona_local.api.local import for_own_key
from daytona_local.services import services
from daytona_local.toolbox.info import open_ports
from daytona_local.toolbox.metrics import Metrics
from daytona_local.toolbox.running import Running


async def metrics(request: Request) -> Response:
    """Say what a sandbox uses, as its toolbox does."""
    return JSONResponse(await (await _looked_at(request)).service(Metrics).measure())


async def ports(request: Request) -> Response:
    """List the ports that something in a sandbox listens on, as its toolbox does."""
    return JSONResponse({"ports": await open_ports(await _looked_at(request))})


async def _looked_at(request: Request) -> Running:
    return await services(request).toolboxes.look_at(request.path_params["sandbox"])


routes = [
    for_own_key(Route("/dashboard/api/sandbox/{sandbox}/metrics", metrics, methods=["GET"])),
    for_own_key(Route("/dashboard/api/sandbox/{sandbox}/ports", ports, methods=["GET"])),
]
