# Generated from the core's definitions by `make generate`; do not edit.
"""The ``Volume`` resource of Pulumi programs."""

from __future__ import annotations

import pulumi
from pulumi import Input, Output

from pulumi_daytona.resource import DaytonaResource


class Volume(DaytonaResource, kind="Volume"):
    """Declare a volume: storage that outlives the sandboxes it is mounted in (create volume).

    Attributes:
        organization_id: Id of its organization.
        name: Its name in Daytona.
        state: What it is now, for example ``ready``.
        error_reason: Why it failed.
        created_at: When it was made.
        updated_at: When it last changed.
        last_used_at: When a sandbox last mounted it.
    """

    organization_id: Output[str]
    name: Output[str]
    state: Output[str]
    error_reason: Output[str | None]
    created_at: Output[str | None]
    updated_at: Output[str | None]
    last_used_at: Output[str | None]

    def __init__(
        self,
        resource_name: str,
        *,
        name: Input[str] | None = None,
        adopt: Input[bool] | None = None,
        create_timeout: Input[float] | None = None,
        delete_timeout: Input[float] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a volume: storage that outlives the sandboxes it is mounted in (create volume).

        Args:
            resource_name: The logical name in the program.
            name: The name in Daytona, unique in the organization; by default it follows from organization,
                project, stack and logical name. A change replaces.
            adopt: Whether to take over a volume that has the name already; from then on this stack owns it,
                and destroys it. Default False: the name being taken is an error.
            create_timeout: Seconds until it is ready, 0 for no limit. Default 300.
            delete_timeout: Seconds until no sandbox uses it and it is gone, 0 for no limit. Default 300.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "name": name,
                "adopt": adopt,
                "create_timeout": create_timeout,
                "delete_timeout": delete_timeout,
            },
            opts,
        )
