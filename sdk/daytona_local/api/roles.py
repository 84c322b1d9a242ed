"""Roles: what the members of an organization may do. They are records: here keys say what is allowed."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from daytona_local.api.fields import read
from daytona_local.api.organizations import named
from daytona_local.api.wire import moment
from daytona_local.api_keys import PERMISSIONS
from daytona_local.roles import Role
from daytona_local.services import services


def role_json(role: Role) -> dict[str, Any]:
    """Return a role."""
    return {
        "id": role.id,
        "name": role.name,
        "description": role.description,
        "permissions": role.permissions,
        "isGlobal": role.is_global,
        "createdAt": moment(role.created_at),
        "updatedAt": moment(role.updated_at),
    }


async def list_all(request: Request) -> JSONResponse:
    """Return the global roles and the organization's."""
    roles = services(request).account.roles.all(named(request).id)
    return JSONResponse([role_json(role) for role in roles])


async def create(request: Request) -> JSONResponse:
    """Make a role."""
    organization = named(request)
    role = Role(organization_id=organization.id, **await _fields(request))
    return JSONResponse(role_json(services(request).account.roles.add(role)), 201)


async def update(request: Request) -> JSONResponse:
    """Replace what a role is."""
    roles = services(request).account.roles
    role = roles.own(named(request).id, request.path_params["role_id"], "updated")
    return JSONResponse(role_json(roles.change(role, **await _fields(request))))


async def delete(request: Request) -> Response:
    """Delete a role; who had it has it no more."""
    roles = services(request).account.roles
    roles.remove(roles.own(named(request).id, request.path_params["role_id"], "deleted"))
    return Response(status_code=204)


async def _fields(request: Request) -> dict[str, Any]:
    with await read(request) as fields:
        return {
            "name": fields.text("name"),
            "description": fields.text("description"),
            "permissions": fields.choices("permissions", PERMISSIONS),
        }


routes = [
    Route("/organizations/{organization_id}/roles", list_all, methods=["GET"]),
    Route("/organizations/{organization_id}/roles", create, methods=["POST"]),
    Route("/organizations/{organization_id}/roles/{role_id}", update, methods=["PUT"]),
    Route("/organizations/{organization_id}/roles/{role_id}", delete, methods=["DELETE"]),
]
