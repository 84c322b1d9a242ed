"""What is below ``/_local``, for the server's own key only: the journal and a reset, always served."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from daytona_local.api.guard import identity_of
from daytona_local.errors import ForbiddenError
from daytona_local.services import services

PREFIX = "/_local"


def local(more: Sequence[Route] = ()) -> Mount:
    """Return what is below ``/_local``: what is always there, and more."""
    return Mount(PREFIX, routes=[for_own_key(route) for route in (*ALWAYS, *more)])


def for_own_key(route: Route) -> Route:
    """Return a route that keys which were made don't reach, whatever they may do."""
    handler = route.endpoint

    async def handle(request: Request) -> Response:
        identity = identity_of(request)
        if identity is None or not identity.is_user:
            raise ForbiddenError("Access denied; use the server's own key")
        answer: Response = await handler(request)
        return answer

    return Route(route.path, handle, methods=[*(route.methods or ())], name=route.name)


async def reset(request: Request) -> Response:
    """Remove all that was made, the faults and the journal; what a new server has stays."""
    parts = services(request)
    parts.faults.clear()
    parts.warm_pools.clear()
    await parts.lifecycle.clear()
    await parts.snapshot_lifecycle.clear()
    parts.uploads.clear()
    parts.contexts.clear()
    await parts.volumes.clear()
    parts.account.clear()
    parts.telemetry.clear()
    parts.usage.clear()
    parts.journal.clear()
    return Response(status_code=204)


async def get_journal(request: Request) -> JSONResponse:
    """Return the newest requests, the oldest first."""
    return JSONResponse([entry.as_json() for entry in services(request).journal])


async def clear_journal(request: Request) -> Response:
    """Forget the requests so far."""
    services(request).journal.clear()
    return Response(status_code=204)


ALWAYS = (
    Route("/reset", reset, methods=["POST"]),
    Route("/journal", get_journal, methods=["GET"]),
    Route("/journal", clear_journal, methods=["DELETE"]),
)
