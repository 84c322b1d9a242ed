"""The user whom the server's own key stands for."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from daytona_local.api.wire import moment
from daytona_local.services import services
from daytona_local.users import USER_ID


async def get_me(request: Request) -> JSONResponse:
    """Return the user."""
    user = services(request).account.users.get(USER_ID)
    return JSONResponse({
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "emailVerified": False,
        "publicKeys": [],
        "createdAt": moment(user.created_at),
    })  # fmt: skip


async def list_pending_links(_: Request) -> JSONResponse:
    """Return the identity providers that wait for the user's word: nobody signs in here."""
    return JSONResponse([])


routes = [
    Route("/users/me", get_me, methods=["GET"]),
    Route("/users/me/pending-sso-links", list_pending_links, methods=["GET"]),
]
