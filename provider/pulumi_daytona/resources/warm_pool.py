# Generated from the core's definitions by `make generate`; do not edit.
"""The ``WarmPool`` resource of Pulumi programs."""

from __future__ import annotations

import pulumi
from pulumi import Input, Output

from pulumi_daytona.resource import DaytonaResource


class WarmPool(DaytonaResource, kind="WarmPool"):
    """Declare a warm pool: sandboxes of a snapshot that are started before they are asked for (create warm
    pool).

    There is one for a snapshot in a region. Whose it is can't be told: what a create that was cut short has
    left behind is an error for the next one, unless ``adopt`` is set.

    Attributes:
        organization_id: Id of its organization.
        snapshot: The snapshot of its sandboxes.
        target: Its region.
        pool: How many sandboxes are to be ready.
        current_size: How many are.
        cpu: Cores of each.
        mem: Memory of each in GiB.
        disk: Disk of each in GiB.
        os_user: The user inside.
        error_reason: Why it can't be filled.
        created_at: When it was made.
        updated_at: When it last changed.
    """

    organization_id: Output[str]
    snapshot: Output[str]
    target: Output[str]
    pool: Output[int]
    current_size: Output[int]
    cpu: Output[int]
    mem: Output[int]
    disk: Output[int]
    os_user: Output[str]
    error_reason: Output[str | None]
    created_at: Output[str | None]
    updated_at: Output[str | None]

    def __init__(
        self,
        resource_name: str,
        *,
        snapshot: Input[str],
        pool: Input[int],
        target: Input[str] | None = None,
        adopt: Input[bool] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a warm pool: sandboxes of a snapshot that are started before they are asked for (create
        warm pool).

        Args:
            resource_name: The logical name in the program.
            snapshot: Name or id of the snapshot. Only sandboxes of it with no user, env, volumes or secrets
                get one. A change replaces.
            pool: How many sandboxes to keep ready; 0 empties it, later on. Changes in place.
            target: The region; the organization's default when left out. A change replaces.
            adopt: Whether to take over one that exists already; from then on this stack owns it, and destroys
                it. Default False: that there is one is an error.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "snapshot": snapshot,
                "pool": pool,
                "target": target,
                "adopt": adopt,
            },
            opts,
        )
