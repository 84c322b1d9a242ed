# Generated from the core by `make generate`; do not edit.
"""The ``AdminRunner`` resource of Pulumi programs, by the native plugin."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
from pulumi import Input, Output

from pulumi_daytona.native.resource import NativeResource


class AdminRunner(NativeResource, kind="AdminRunner", secrets=("api_key",)):
    """Declare a runner, a machine that sandboxes run on, in any region (admin create runner).

    It is for administrators of a self-hosted Daytona, and needs an administrator's key.

    Attributes:
        name: Its name in Daytona.
        state: What it is now, for example ``ready``.
        unschedulable: Whether it gets no new sandboxes.
        region_type: What its region is: shared, dedicated or custom.
        sandbox_class: The kind of sandboxes that it runs.
        app_version: Its version.
        last_checked: When it was last heard of.
        created_at: When it was made.
        updated_at: When it last changed.
        region_id: Id of its region.
        api_key: The key that it is to use.
        api_version: 0 for a runner that is called, 2 for one that asks for jobs.
        tags: What it is told apart by.
        domain: Its host name; this and what follows are for version 0.
        api_url: Where its own API is.
        proxy_url: Where its proxy is.
        cpu: Its cores.
        memory_gib: Its memory in GiB.
        disk_gib: Its disk in GiB.
        force_delete: Whether a delete takes its sandboxes along. Default False.
    """

    name: Output[str]
    state: Output[str]
    unschedulable: Output[bool]
    region_type: Output[str | None]
    sandbox_class: Output[str | None]
    app_version: Output[str | None]
    last_checked: Output[str | None]
    created_at: Output[str | None]
    updated_at: Output[str | None]
    region_id: Output[str]
    api_key: Output[str]
    api_version: Output[str]
    tags: Output[list[str] | None]
    domain: Output[str | None]
    api_url: Output[str | None]
    proxy_url: Output[str | None]
    cpu: Output[float | None]
    memory_gib: Output[float | None]
    disk_gib: Output[float | None]
    force_delete: Output[bool | None]

    def __init__(
        self,
        resource_name: str,
        *,
        region_id: Input[str],
        api_key: Input[str],
        api_version: Input[str],
        name: Input[str] | None = None,
        tags: Input[Sequence[Input[str]]] | None = None,
        domain: Input[str] | None = None,
        api_url: Input[str] | None = None,
        proxy_url: Input[str] | None = None,
        cpu: Input[float] | None = None,
        memory_gib: Input[float] | None = None,
        disk_gib: Input[float] | None = None,
        unschedulable: Input[bool] | None = None,
        force_delete: Input[bool] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a runner, a machine that sandboxes run on, in any region (admin create runner).

        Args:
            resource_name: The logical name in the program.
            region_id: Id of its region. A change replaces.
            api_key: The key that it is to use. A change replaces. Kept as a secret.
            api_version: 0 for a runner that is called, 2 for one that asks for jobs. A change replaces.
            name: The name in Daytona, unique in the organization; by default it follows from organization,
                project, stack and logical name. A change replaces.
            tags: What it is told apart by. A change replaces.
            domain: Its host name; this and what follows are for version 0. A change replaces.
            api_url: Where its own API is. A change replaces.
            proxy_url: Where its proxy is. A change replaces.
            cpu: Its cores. A change replaces.
            memory_gib: Its memory in GiB. A change replaces.
            disk_gib: Its disk in GiB. A change replaces.
            unschedulable: Whether it gets no new sandboxes. Default False. Changes in place.
            force_delete: Whether a delete takes its sandboxes along. Default False.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "region_id": region_id,
                "api_key": api_key,
                "api_version": api_version,
                "name": name,
                "tags": tags,
                "domain": domain,
                "api_url": api_url,
                "proxy_url": proxy_url,
                "cpu": cpu,
                "memory_gib": memory_gib,
                "disk_gib": disk_gib,
                "unschedulable": unschedulable,
                "force_delete": force_delete,
            },
            opts,
        )
