# Generated from the core's definitions by `make generate`; do not edit.
"""The ``ApiKey`` resource of Pulumi programs."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
from pulumi import Input, Output

from pulumi_daytona.resource import DaytonaResource


class ApiKey(DaytonaResource, kind="ApiKey", secrets=("value",)):
    """Declare an API key (create api key).

    The API makes keys for a user's token (``daytona:jwtToken``) only. A key that a create which was cut short
    has left behind is removed by the next one when its name follows from who the resource is; where the
    program fixes the name, it is an error.

    Attributes:
        name: Its name in Daytona.
        value: The key itself; the API tells it only once, so the state keeps it.
        permissions: What it may do.
        user_id: Id of its user; known after a refresh.
        created_at: When it was made.
        expires_at: When it ends; none is never.
        last_used_at: When it was last used.
    """

    name: Output[str]
    value: Output[str]
    permissions: Output[list[str]]
    user_id: Output[str | None]
    created_at: Output[str | None]
    expires_at: Output[str | None]
    last_used_at: Output[str | None]

    def __init__(
        self,
        resource_name: str,
        *,
        permissions: Input[Sequence[Input[str]]],
        name: Input[str] | None = None,
        expires_at: Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare an API key (create api key).

        Args:
            resource_name: The logical name in the program.
            permissions: What it may do, such as ``write:sandboxes``; none is allowed. A change replaces.
            name: The name in Daytona, unique for the user; by default it follows from organization, project,
                stack and logical name. A change replaces.
            expires_at: When it ends, for example ``2030-01-31T12:00:00Z``; never when left out. A change
                replaces.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "permissions": permissions,
                "name": name,
                "expires_at": expires_at,
            },
            opts,
        )
