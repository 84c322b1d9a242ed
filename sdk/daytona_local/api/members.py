"""The members of organizations."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from daytona_local.api.fields import read
from daytona_local.api.organizations import named
from daytona_local.api.roles import role_json
from daytona_local.api.wire import moment
from daytona_local.members import MEMBER, MEMBER_ROLES, Member
from daytona_local.roles import DEVELOPER
from daytona_local.services import services


def member_json(request: Request, member: Member) -> dict[str, Any]:
    """Return a member with name, address and roles."""
    account = services(request).account
    user = account.users.get(member.user_id)
    return {
        "userId": user.id,
        "organizationId": member.organization_id,
        "name": user.name,
        "email": user.email,
        "role": member.role,
        "assignedRoles": [role_json(role) for role in account.roles.named(member.assigned_role_ids)],
        "createdAt": moment(member.created_at),
        "updatedAt": moment(member.updated_at),
    }


async def list_all(request: Request) -> JSONResponse:
    """Return every member."""
    members = services(request).account.members.all(named(request).id)
    return JSONResponse([member_json(request, member) for member in members])


async def set_access(request: Request) -> JSONResponse:
    """Replace what a member may do."""
    account, member = services(request).account, _member(request)
    with await read(request) as fields:
        role = fields.choice("role", MEMBER_ROLES, MEMBER)
        role_ids = fields.texts("assignedRoleIds", default=(DEVELOPER,))
    changed = account.members.set_access(member, role, account.roles.checked(role_ids))
    return JSONResponse(member_json(request, changed))


async def delete(request: Request) -> Response:
    """Remove a member."""
    services(request).account.members.expel(_member(request))
    return Response(status_code=204)


def _member(request: Request) -> Member:
    return services(request).account.members.must(named(request).id, request.path_params["user_id"])


routes = [
    Route("/organizations/{organization_id}/users", list_all, methods=["GET"]),
    Route("/organizations/{organization_id}/users/{user_id}/access", set_access, methods=["POST"]),
    Route("/organizations/{organization_id}/users/{user_id}", delete, methods=["DELETE"]),
]
