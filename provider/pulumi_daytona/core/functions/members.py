"""Look up who is in an organization, and how they get in: members, roles, invitations, identity providers."""

from __future__ import annotations

from daytona_httpx import (
    AsyncDaytona,
    IdentityProvider,
    OrganizationInvitation,
    OrganizationRole,
    OrganizationUser,
)

from pulumi_daytona.core.functions.arguments import ORGANIZATION, SSO, USER
from pulumi_daytona.core.functions.gather import only
from pulumi_daytona.core.functions.look_up import Argument, Given, LookUp


async def _member(client: AsyncDaytona, given: Given) -> OrganizationUser:
    members = client.members.list(given["organization_id"])
    return await only(members, "member", lambda member: member.user_id == given["user_id"])


async def _role(client: AsyncDaytona, given: Given) -> OrganizationRole:
    roles = client.roles.list(given["organization_id"])
    return await only(roles, "role", lambda role: given["role"] in (role.id, role.name))


async def _invitation(client: AsyncDaytona, given: Given) -> OrganizationInvitation:
    invitations = client.invitations.list(given["organization_id"])
    return await only(invitations, "invitation", lambda one: one.id == given["invitation_id"])


LOOK_UPS = (
    LookUp(
        "get_organization_member",
        "Return a member of an organization.",
        "listOrganizationMembers",
        OrganizationUser,
        _member,
        (Argument("user_id", str, "The user's id."), ORGANIZATION),
        needs=USER,
    ),
    LookUp(
        "list_organization_members",
        "Return the members of an organization.",
        "listOrganizationMembers",
        list[OrganizationUser],
        lambda client, given: client.members.list(**given),
        (ORGANIZATION,),
        needs=USER,
    ),
    LookUp(
        "get_organization_role",
        "Return a role of an organization.",
        "listOrganizationRoles",
        OrganizationRole,
        _role,
        (Argument("role", str, "The role's id or name."), ORGANIZATION),
        needs=USER,
    ),
    LookUp(
        "list_organization_roles",
        "Return the roles of an organization, and those that every organization has.",
        "listOrganizationRoles",
        list[OrganizationRole],
        lambda client, given: client.roles.list(**given),
        (ORGANIZATION,),
        needs=USER,
    ),
    LookUp(
        "get_organization_invitation",
        "Return an invitation that waits for an answer.",
        "listOrganizationInvitations",
        OrganizationInvitation,
        _invitation,
        (Argument("invitation_id", str, "The invitation's id."), ORGANIZATION),
        needs=USER,
    ),
    LookUp(
        "list_organization_invitations",
        "Return the invitations to an organization that wait for an answer.",
        "listOrganizationInvitations",
        list[OrganizationInvitation],
        lambda client, given: client.invitations.list(**given),
        (ORGANIZATION,),
        needs=USER,
    ),
    LookUp(
        "get_identity_provider",
        "Return an identity provider of an organization, without its secret.",
        "getOrganizationIdentityProvider",
        IdentityProvider,
        lambda client, given: client.identity_providers.get(**given),
        (Argument("provider_id", str, "The provider's id."), ORGANIZATION),
        needs=SSO,
    ),
    LookUp(
        "list_identity_providers",
        "Return the identity providers of an organization, without their secrets.",
        "listOrganizationIdentityProviders",
        list[IdentityProvider],
        lambda client, given: client.identity_providers.list(**given),
        (ORGANIZATION,),
        needs=SSO,
    ),
)
