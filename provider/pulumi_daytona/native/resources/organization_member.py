# Generated from the core by `make generate`; do not edit.
"""The ``OrganizationMember`` resource of Pulumi programs, by the native plugin."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
from pulumi import Input, Output

from pulumi_daytona.native.resource import NativeResource


class OrganizationMember(NativeResource, kind="OrganizationMember"):
    """Declare what a member of an organization may do (update access for organization member).

    The user is a member already: an invitation makes new ones. Destroying it removes the user from the
    organization; set ``retain_on_delete`` to leave the user there. It needs an owner's token
    (``daytona:jwtToken``).

    Attributes:
        organization_id: Id of the organization.
        user_id: Id of the user.
        name: The user's name.
        email: The user's address.
        role: owner or member.
        assigned_role_ids: Ids of the member's roles.
        created_at: When the user became a member.
        updated_at: When this last changed.
    """

    organization_id: Output[str]
    user_id: Output[str]
    name: Output[str]
    email: Output[str]
    role: Output[str]
    assigned_role_ids: Output[list[str]]
    created_at: Output[str | None]
    updated_at: Output[str | None]

    def __init__(
        self,
        resource_name: str,
        *,
        user_id: Input[str],
        role: Input[str],
        assigned_role_ids: Input[Sequence[Input[str]]],
        organization_id: Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare what a member of an organization may do (update access for organization member).

        Args:
            resource_name: The logical name in the program.
            user_id: Id of the user, who is a member already. A change replaces.
            role: owner or member. Changes in place.
            assigned_role_ids: Ids of the roles of a member; an owner may do everything without. Changes in
                place.
            organization_id: Id of the organization; the configured one (daytona:organizationId) by default. A
                change replaces.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "user_id": user_id,
                "role": role,
                "assigned_role_ids": assigned_role_ids,
                "organization_id": organization_id,
            },
            opts,
        )
