# Generated from the core's look-ups by `make generate`; do not edit.
"""Look up who is in an organization, and how they get in: members, roles, invitations, identity providers."""

from __future__ import annotations

from pulumi import Input, Output

from pulumi_daytona.function import look_up, look_up_output
from pulumi_daytona.functions.results.members import (
    IdentityProviderResult,
    OrganizationInvitationResult,
    OrganizationMemberResult,
    OrganizationRoleResult,
)


def get_organization_member(user_id: str, *, organization_id: str | None = None) -> OrganizationMemberResult:
    """Return a member of an organization (list organization members).

    It needs a user's token (daytona:jwtToken).

    Args:
        user_id: The user's id.
        organization_id: The organization's id; by default the one of the stack's configuration.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        OrganizationMemberResult,
        "members.get_organization_member",
        {"user_id": user_id, "organization_id": organization_id},
    )


def get_organization_member_output(
    user_id: Input[str], *, organization_id: Input[str] | None = None
) -> Output[OrganizationMemberResult]:
    """Look up what ``get_organization_member`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        OrganizationMemberResult,
        "members.get_organization_member",
        {"user_id": user_id, "organization_id": organization_id},
    )


def list_organization_members(*, organization_id: str | None = None) -> list[OrganizationMemberResult]:
    """Return the members of an organization (list organization members).

    It needs a user's token (daytona:jwtToken).

    Args:
        organization_id: The organization's id; by default the one of the stack's configuration.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        list[OrganizationMemberResult],
        "members.list_organization_members",
        {"organization_id": organization_id},
    )


def list_organization_members_output(
    *, organization_id: Input[str] | None = None
) -> Output[list[OrganizationMemberResult]]:
    """Look up what ``list_organization_members`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        list[OrganizationMemberResult],
        "members.list_organization_members",
        {"organization_id": organization_id},
    )


def get_organization_role(role: str, *, organization_id: str | None = None) -> OrganizationRoleResult:
    """Return a role of an organization (list organization roles).

    It needs a user's token (daytona:jwtToken).

    Args:
        role: The role's id or name.
        organization_id: The organization's id; by default the one of the stack's configuration.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        OrganizationRoleResult,
        "members.get_organization_role",
        {"role": role, "organization_id": organization_id},
    )


def get_organization_role_output(
    role: Input[str], *, organization_id: Input[str] | None = None
) -> Output[OrganizationRoleResult]:
    """Look up what ``get_organization_role`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        OrganizationRoleResult,
        "members.get_organization_role",
        {"role": role, "organization_id": organization_id},
    )


def list_organization_roles(*, organization_id: str | None = None) -> list[OrganizationRoleResult]:
    """Return the roles of an organization, and those that every organization has (list organization roles).

    It needs a user's token (daytona:jwtToken).

    Args:
        organization_id: The organization's id; by default the one of the stack's configuration.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        list[OrganizationRoleResult], "members.list_organization_roles", {"organization_id": organization_id}
    )


def list_organization_roles_output(
    *, organization_id: Input[str] | None = None
) -> Output[list[OrganizationRoleResult]]:
    """Look up what ``list_organization_roles`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        list[OrganizationRoleResult], "members.list_organization_roles", {"organization_id": organization_id}
    )


def get_organization_invitation(
    invitation_id: str, *, organization_id: str | None = None
) -> OrganizationInvitationResult:
    """Return an invitation that waits for an answer (list organization invitations).

    It needs a user's token (daytona:jwtToken).

    Args:
        invitation_id: The invitation's id.
        organization_id: The organization's id; by default the one of the stack's configuration.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        OrganizationInvitationResult,
        "members.get_organization_invitation",
        {"invitation_id": invitation_id, "organization_id": organization_id},
    )


def get_organization_invitation_output(
    invitation_id: Input[str], *, organization_id: Input[str] | None = None
) -> Output[OrganizationInvitationResult]:
    """Look up what ``get_organization_invitation`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        OrganizationInvitationResult,
        "members.get_organization_invitation",
        {"invitation_id": invitation_id, "organization_id": organization_id},
    )


def list_organization_invitations(
    *, organization_id: str | None = None
) -> list[OrganizationInvitationResult]:
    """Return the invitations to an organization that wait for an answer (list organization invitations).

    It needs a user's token (daytona:jwtToken).

    Args:
        organization_id: The organization's id; by default the one of the stack's configuration.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        list[OrganizationInvitationResult],
        "members.list_organization_invitations",
        {"organization_id": organization_id},
    )


def list_organization_invitations_output(
    *, organization_id: Input[str] | None = None
) -> Output[list[OrganizationInvitationResult]]:
    """Look up what ``list_organization_invitations`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        list[OrganizationInvitationResult],
        "members.list_organization_invitations",
        {"organization_id": organization_id},
    )


def get_identity_provider(provider_id: str, *, organization_id: str | None = None) -> IdentityProviderResult:
    """Return an identity provider of an organization, without its secret (get organization identity
    provider).

    It needs a user's token (daytona:jwtToken) with the permission manage:sso.

    Args:
        provider_id: The provider's id.
        organization_id: The organization's id; by default the one of the stack's configuration.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        IdentityProviderResult,
        "members.get_identity_provider",
        {"provider_id": provider_id, "organization_id": organization_id},
    )


def get_identity_provider_output(
    provider_id: Input[str], *, organization_id: Input[str] | None = None
) -> Output[IdentityProviderResult]:
    """Look up what ``get_identity_provider`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        IdentityProviderResult,
        "members.get_identity_provider",
        {"provider_id": provider_id, "organization_id": organization_id},
    )


def list_identity_providers(*, organization_id: str | None = None) -> list[IdentityProviderResult]:
    """Return the identity providers of an organization, without their secrets (list organization identity
    providers).

    It needs a user's token (daytona:jwtToken) with the permission manage:sso.

    Args:
        organization_id: The organization's id; by default the one of the stack's configuration.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        list[IdentityProviderResult], "members.list_identity_providers", {"organization_id": organization_id}
    )


def list_identity_providers_output(
    *, organization_id: Input[str] | None = None
) -> Output[list[IdentityProviderResult]]:
    """Look up what ``list_identity_providers`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        list[IdentityProviderResult], "members.list_identity_providers", {"organization_id": organization_id}
    )
