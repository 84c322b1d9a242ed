"""Stand before every route of the main API: refuse what a key may not do, and note what was done."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from daytona_local.api.access import ENCODED
from daytona_local.api.answers import status_of
from daytona_local.api.audited import AUDITED
from daytona_local.api.operations import API, operation_at, shadowed_by
from daytona_local.api.scopes import refuse
from daytona_local.api_keys import Identity
from daytona_local.audit import AuditEntry
from daytona_local.errors import RefusedError, UnimplementedError
from daytona_local.services import services
from daytona_local.settings import ORGANIZATION_ID
from daytona_local.store import StoreError
from daytona_local.users import USER_EMAIL

Handler = Callable[[Request], Awaitable[Response]]
FAILED = "An unexpected error occurred."


def identity_of(request: Request) -> Identity | None:
    """Return whose request it is; None where nobody was asked for a key."""
    found: Identity | None = request.scope.get("state", {}).get("identity")
    return found


def guarded(route: BaseRoute) -> BaseRoute:
    """Return a route whose handler is reached by those only who may, and whose use is noted.

    What it needs follows from the route that was matched, not from the path, so that no other spelling of a
    path leads around it.
    """
    if not isinstance(route, Route):
        return route
    handler: Handler = route.endpoint
    template = route.path
    shadowed = {method: shadowed_by(method, template) for method in route.methods or ()}

    async def handle(request: Request) -> Response:
        _decode(request)
        other = shadowed[request.method].get(request.url.path.removeprefix(API))
        if other is not None:
            raise UnimplementedError(f"{other} is not implemented by daytona-local")
        operation = operation_at(request.method, template)
        identity = identity_of(request)
        if identity is None:
            return await handler(request)
        if operation not in AUDITED:
            refuse(identity, request.method, operation)
            return await handler(request)
        return await _audited(request, identity, operation, handler)

    return Route(template, handle, methods=[*(route.methods or ())], name=route.name)


def _decode(request: Request) -> None:
    """Decode the parameters of a path that was left as it was sent, since a name in it has a slash."""
    if request.scope.get("state", {}).get(ENCODED):
        sent = request.scope["path_params"]
        request.scope["path_params"] = {name: unquote(value) for name, value in sent.items()}


async def _audited(request: Request, identity: Identity, operation: str, handler: Handler) -> Response:
    status, error, target = 500, FAILED, None
    try:
        refuse(identity, request.method, operation)
        answer = await handler(request)
        status, error, target = answer.status_code, "", _target_of(answer)
        return answer
    except RefusedError as refused:
        status, error = status_of(refused), refused.message
        raise
    except StoreError as lost:
        status, error = 503, str(lost)
        raise
    finally:
        entry = _entry(request, identity, operation, target)
        services(request).account.audit.add(AuditEntry(**entry, status=status, error=error or None))


def _entry(request: Request, identity: Identity, operation: str, target: str | None) -> dict[str, Any]:
    kind, action = AUDITED[operation]
    headers = request.headers
    return {
        "action": action,
        "target_type": kind,
        "target_id": target or _named(kind, request.path_params),
        "created_at": services(request).settings.clock.now(),
        "actor_id": identity.key.user_id,
        "actor_email": USER_EMAIL,
        "key_prefix": identity.key.prefix,
        "key_suffix": identity.key.suffix,
        "organization_id": ORGANIZATION_ID,
        "address": request.client.host if request.client else None,
        "user_agent": headers.get("user-agent"),
        "source": headers.get("x-daytona-source"),
    }


def _target_of(answer: Response) -> str | None:
    """Return the id of what an answer is about; a request may have named it by its name only."""
    if not answer.body or not (answer.media_type or "").endswith("json"):
        return None
    body = json.loads(bytes(answer.body))
    names = ("sandboxId", "userId", "id", "name")
    return next((body[name] for name in names if body.get(name)), None) if isinstance(body, dict) else None


def _named(kind: str, path: dict[str, Any]) -> str | None:
    """Return what a path names as its target."""
    if kind == "organization":
        return path.get("organization_id")
    if kind == "api_key":
        return path.get("name")
    return next((str(value) for name, value in path.items() if name != "organization_id"), None)
