"""SSH access to sandboxes: make, check and revoke tokens."""

from __future__ import annotations

import math
import re

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from daytona_local.api.sandboxes import answer, found
from daytona_local.api.wire import moment
from daytona_local.errors import InvalidError, NotFoundError
from daytona_local.services import services
from daytona_local.ssh_access import SshAccess

DEFAULT_MINUTES = "60"
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


async def create(request: Request) -> JSONResponse:
    """Make a token; the sandbox's older ones are revoked."""
    access = services(request).ssh_accesses.create(found(request), _minutes(request))
    return JSONResponse(ssh_access_json(access, services(request).ssh_gateway.command(access.token)))


async def revoke(request: Request) -> JSONResponse:
    """Revoke a token, or all of the sandbox's; again is fine."""
    sandbox = found(request)
    services(request).ssh_accesses.revoke(sandbox, _token(request))
    return answer(request, sandbox)


async def validate(request: Request) -> JSONResponse:
    """Tell whether a token is valid, and for which sandbox; an empty id when it isn't."""
    token = request.query_params.get("token")
    if not token:
        raise InvalidError("token should not be empty")
    access = services(request).ssh_accesses.valid(token)
    valid = access is not None and _exists(request, access.sandbox_id)
    return JSONResponse({"valid": valid, "sandboxId": access.sandbox_id if access and valid else ""})


def ssh_access_json(access: SshAccess, command: str) -> dict[str, str | None]:
    """Return a token, and the command that uses it, as the API sends them."""
    return {
        "id": access.id,
        "sandboxId": access.sandbox_id,
        "token": access.token,
        "expiresAt": moment(access.expires_at),
        "createdAt": moment(access.created_at),
        "updatedAt": moment(access.updated_at),
        "sshCommand": command,
    }


def _minutes(request: Request) -> float:
    try:
        minutes = float(request.query_params.get("expiresInMinutes") or DEFAULT_MINUTES)
    except ValueError:
        minutes = math.nan
    if not math.isfinite(minutes):
        raise InvalidError("expiresInMinutes must be a number")
    return minutes


def _token(request: Request) -> str | None:
    """Return the token to revoke.

    The official client sends it in place of the organization. That is a UUID, and a token is none: whoever
    names an organization means all tokens.
    """
    organization = request.headers.get("x-daytona-organization-id", "")
    by_header = organization if organization and _UUID.fullmatch(organization) is None else None
    return request.query_params.get("token") or by_header


def _exists(request: Request, sandbox_id: str) -> bool:
    try:
        services(request).lifecycle.find(sandbox_id)
    except NotFoundError:
        return False
    return True


routes = [
    Route("/sandbox/ssh-access/validate", validate, methods=["GET"]),
    Route("/sandbox/{sandbox}/ssh-access", create, methods=["POST"]),
    Route("/sandbox/{sandbox}/ssh-access", revoke, methods=["DELETE"]),
]
