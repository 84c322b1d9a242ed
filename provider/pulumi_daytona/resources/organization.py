# Generated from the core's definitions by `make generate`; do not edit.
"""The ``Organization`` resource of Pulumi programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi import Input, Output

from pulumi_daytona.resource import DaytonaResource


class Organization(DaytonaResource, kind="Organization"):
    """Declare an organization (create organization).

    It needs a user's token (``daytona:jwtToken``). Removing it removes all that it has. Daytona allows a name
    more than once: what a create that was cut short has left behind is found again by the name that follows
    from who the resource is; where the program fixes the name it can't be told.

    Attributes:
        name: Its name in Daytona.
        created_by: Id of the user who made it.
        default_region_id: Where its sandboxes run unless they say otherwise.
        default_queue_timeout: Minutes that sandboxes wait for a runner.
        experimental_config: Settings of what is being tried out.
        limited_network_egress: Whether its new sandboxes reach little.
        preview_warning_enabled: Whether previews begin with a warning.
        sso_enabled: Whether it may have identity providers of its own.
        suspended: Whether it may make nothing for now.
        suspension_reason: Why.
        created_at: When it was made.
        updated_at: When it last changed.
    """

    name: Output[str]
    created_by: Output[str]
    default_region_id: Output[str | None]
    default_queue_timeout: Output[int | None]
    experimental_config: Output[dict[str, Any] | None]
    limited_network_egress: Output[bool | None]
    preview_warning_enabled: Output[bool | None]
    sso_enabled: Output[bool | None]
    suspended: Output[bool]
    suspension_reason: Output[str | None]
    created_at: Output[str | None]
    updated_at: Output[str | None]

    def __init__(
        self,
        resource_name: str,
        *,
        default_region_id: Input[str],
        name: Input[str] | None = None,
        default_queue_timeout: Input[int] | None = None,
        experimental_config: Input[Mapping[str, Any]] | None = None,
        limited_network_egress: Input[bool] | None = None,
        preview_warning_enabled: Input[bool] | None = None,
        sso_enabled: Input[bool] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare an organization (create organization).

        Args:
            resource_name: The logical name in the program.
            default_region_id: Where its sandboxes run unless they say otherwise. Changes in place.
            name: The name in Daytona; by default it follows from organization, project, stack and logical
                name. A change replaces.
            default_queue_timeout: Minutes that sandboxes wait for a runner unless they say otherwise; no
                limit when left out. Changes in place.
            experimental_config: Settings of what is being tried out. Changes in place.
            limited_network_egress: Whether its new sandboxes reach little of the internet; needs an
                administrator's key. Changes in place.
            preview_warning_enabled: Whether previews begin with a warning; not on the newest servers. Changes
                in place.
            sso_enabled: Whether it may have identity providers of its own; not on the newest servers. Changes
                in place.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "default_region_id": default_region_id,
                "name": name,
                "default_queue_timeout": default_queue_timeout,
                "experimental_config": experimental_config,
                "limited_network_egress": limited_network_egress,
                "preview_warning_enabled": preview_warning_enabled,
                "sso_enabled": sso_enabled,
            },
            opts,
        )
