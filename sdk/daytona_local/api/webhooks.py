"""Webhooks: this server sends none, and says that none were ever set up."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from daytona_local.api.organizations import named
from daytona_local.errors import NotFoundError


async def get_status(request: Request) -> Response:
    """Say that webhooks were never set up."""
    raise NotFoundError(f"Webhook initialization status not found for organization {named(request).id}")


routes = [
    Route("/webhooks/organizations/{organization_id}/initialization-status", get_status, methods=["GET"]),
]
