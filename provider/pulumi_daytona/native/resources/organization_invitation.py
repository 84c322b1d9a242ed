# Generated from the core by `make generate`; do not edit.
"""The ``OrganizationInvitation`` resource of Pulumi programs, by the native plugin."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
from pulumi import Input, Output

from pulumi_daytona.native.resource import NativeResource


class OrganizationInvitation(NativeResource, kind="OrganizationInvitation"):
    """Declare an invitation to an organization (create organization invitation).

    It needs an owner's token (``daytona:jwtToken``). When it was accepted it stays in the state as such, and
    destroying it leaves the member. An address has one invitation; whose it is can't be told: what a create
    that was cut short has left behind is an error for the next one, unless ``adopt`` is set.

    Attributes:
        organization_id: Id of the organization.
        organization_name: Its name.
        email: The address of the one who is invited.
        status: pending, or accepted when the user is a member.
        role: owner or member.
        assigned_role_ids: Ids of the roles that are offered.
        invited_by: Who invites.
        expires_at: Until when it can be accepted.
        created_at: When it was sent.
        updated_at: When it last changed.
        adopt: Whether to take over one that exists already; from then on this stack owns it, and destroys it.
            Default False: that there is one is an error.
    """

    organization_id: Output[str]
    organization_name: Output[str]
    email: Output[str]
    status: Output[str]
    role: Output[str]
    assigned_role_ids: Output[list[str]]
    invited_by: Output[str]
    expires_at: Output[str | None]
    created_at: Output[str | None]
    updated_at: Output[str | None]
    adopt: Output[bool | None]

    def __init__(
        self,
        resource_name: str,
        *,
        email: Input[str],
        role: Input[str],
        assigned_role_ids: Input[Sequence[Input[str]]],
        organization_id: Input[str] | None = None,
        expires_at: Input[str] | None = None,
        adopt: Input[bool] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare an invitation to an organization (create organization invitation).

        Args:
            resource_name: The logical name in the program.
            email: The address of the one who is invited. A change replaces.
            role: owner or member. Changes in place.
            assigned_role_ids: Ids of the roles of a member; none for an owner. Changes in place.
            organization_id: Id of the organization; the configured one (daytona:organizationId) by default. A
                change replaces.
            expires_at: Until when it can be accepted, for example ``2030-01-31T12:00:00Z``; the API's default
                else. Changes in place.
            adopt: Whether to take over one that exists already; from then on this stack owns it, and destroys
                it. Default False: that there is one is an error.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "email": email,
                "role": role,
                "assigned_role_ids": assigned_role_ids,
                "organization_id": organization_id,
                "expires_at": expires_at,
                "adopt": adopt,
            },
            opts,
        )
