"""Invitations to organizations; the server's own key answers for whoever was invited."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from daytona_local.api.fields import Fields, read
from daytona_local.api.organizations import named
from daytona_local.api.roles import role_json
from daytona_local.api.wire import moment
from daytona_local.invitations import Invitation
from daytona_local.members import MEMBER, MEMBER_ROLES
from daytona_local.roles import DEVELOPER
from daytona_local.services import services


def invitation_json(request: Request, invitation: Invitation) -> dict[str, Any]:
    """Return an invitation with the organization's name and its roles."""
    account = services(request).account
    return {
        "id": invitation.id,
        "email": invitation.email,
        "invitedBy": invitation.invited_by,
        "organizationId": invitation.organization_id,
        "organizationName": account.organizations.get(invitation.organization_id).name,
        "expiresAt": moment(invitation.expires_at),
        "status": invitation.status,
        "role": invitation.role,
        "assignedRoles": [role_json(role) for role in account.roles.named(invitation.assigned_role_ids)],
        "createdAt": moment(invitation.created_at),
        "updatedAt": moment(invitation.updated_at),
    }


async def list_all(request: Request) -> JSONResponse:
    """Return those of an organization that wait for an answer."""
    found = services(request).account.invitations.pending(named(request).id)
    return JSONResponse([invitation_json(request, invitation) for invitation in found])


async def create(request: Request) -> JSONResponse:
    """Invite someone."""
    account, organization = services(request).account, named(request)
    with await read(request) as fields:
        email = fields.text("email")
        if email.count("@") != 1 or not all(email.split("@")):
            fields.wrong.append("email must be an email")
        role, role_ids, expires_at = _offer(fields)
    role_ids = account.roles.checked(role_ids)
    sent = account.invitations.send(organization.id, email, role, role_ids, expires_at)
    return JSONResponse(invitation_json(request, sent), 201)


async def update(request: Request) -> JSONResponse:
    """Replace what an invitation offers."""
    account, invitation = services(request).account, _open(request)
    with await read(request) as fields:
        role, role_ids, expires_at = _offer(fields)
    changed = account.invitations.change(
        invitation,
        role=role,
        assigned_role_ids=account.roles.checked(role_ids),
        expires_at=expires_at or invitation.expires_at,
    )
    return JSONResponse(invitation_json(request, changed))


async def cancel(request: Request) -> Response:
    """Take an invitation back."""
    services(request).account.invitations.change(_open(request), status="cancelled")
    return Response(status_code=204)


async def list_mine(request: Request) -> JSONResponse:
    """Return all that wait for an answer."""
    found = services(request).account.invitations.pending()
    return JSONResponse([invitation_json(request, invitation) for invitation in found])


async def count_mine(request: Request) -> JSONResponse:
    """Return how many wait for an answer."""
    return JSONResponse(len(services(request).account.invitations.pending()))


async def accept(request: Request) -> JSONResponse:
    """Make the one who was invited a member."""
    accepted = services(request).account.invitations.accept(request.path_params["invitation_id"])
    return JSONResponse(invitation_json(request, accepted))


async def decline(request: Request) -> Response:
    """Refuse an invitation."""
    invitations = services(request).account.invitations
    invitations.change(invitations.open(request.path_params["invitation_id"]), status="declined")
    return Response(status_code=200)


def _open(request: Request) -> Invitation:
    organization, invitations = named(request), services(request).account.invitations
    invitation_id = request.path_params["invitation_id"]
    invitations.owned(organization.id, invitation_id)
    return invitations.open(invitation_id)


def _offer(fields: Fields) -> tuple[str, list[str], float | None]:
    role = fields.choice("role", MEMBER_ROLES, MEMBER)
    return role, fields.texts("assignedRoleIds", default=(DEVELOPER,)), fields.moment("expiresAt")


routes = [
    Route("/organizations/invitations", list_mine, methods=["GET"]),
    Route("/organizations/invitations/count", count_mine, methods=["GET"]),
    Route("/organizations/invitations/{invitation_id}/accept", accept, methods=["POST"]),
    Route("/organizations/invitations/{invitation_id}/decline", decline, methods=["POST"]),
    Route("/organizations/{organization_id}/invitations", list_all, methods=["GET"]),
    Route("/organizations/{organization_id}/invitations", create, methods=["POST"]),
    Route("/organizations/{organization_id}/invitations/{invitation_id}", update, methods=["PUT"]),
    Route("/organizations/{organization_id}/invitations/{invitation_id}/cancel", cancel, methods=["POST"]),
]
