# Generated from the core's definitions by `make generate`; do not edit.
"""The ``OrganizationRole`` resource of Pulumi programs."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
from pulumi import Input, Output

from pulumi_daytona.resource import DaytonaResource


class OrganizationRole(DaytonaResource, kind="OrganizationRole"):
    """Declare a role of an organization's members (create organization role).

    It needs an owner's token (``daytona:jwtToken``). Daytona allows a name more than once: what a create that
    was cut short has left behind is found again by the name that follows from who the resource is; where the
    program fixes the name it can't be told.

    Attributes:
        organization_id: Id of its organization.
        name: Its name in Daytona.
        description: What it is for.
        permissions: What it allows.
        created_at: When it was made.
        updated_at: When it last changed.
    """

    organization_id: Output[str]
    name: Output[str]
    description: Output[str]
    permissions: Output[list[str]]
    created_at: Output[str | None]
    updated_at: Output[str | None]

    def __init__(
        self,
        resource_name: str,
        *,
        permissions: Input[Sequence[Input[str]]],
        organization_id: Input[str] | None = None,
        name: Input[str] | None = None,
        description: Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a role of an organization's members (create organization role).

        Args:
            resource_name: The logical name in the program.
            permissions: What it allows, such as ``write:sandboxes``. Changes in place.
            organization_id: Id of the organization; the configured one (daytona:organizationId) by default. A
                change replaces.
            name: The name in Daytona; by default it follows from organization, project, stack and logical
                name. Changes in place.
            description: What it is for. Changes in place.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "permissions": permissions,
                "organization_id": organization_id,
                "name": name,
                "description": description,
            },
            opts,
        )
