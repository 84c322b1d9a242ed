# Generated from the core by `make generate`; do not edit.
"""The ``Runner`` resource of Pulumi programs, by the native plugin."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
from pulumi import Input, Output

from pulumi_daytona.native.resource import NativeResource


class Runner(NativeResource, kind="Runner", secrets=("api_key",)):
    """Declare a runner: a machine of an organization's own that sandboxes run on (create runner).

    A runner that a create which was cut short has left behind is removed by the next one when its name
    follows from who the resource is; where the program fixes the name, it is an error.

    Attributes:
        name: Its name in Daytona.
        api_key: Its key; the API tells it only once, so the state keeps it.
        state: What it is now, for example ``ready``.
        unschedulable: Whether it gets no new sandboxes.
        tags: What it is told apart by.
        sandbox_class: The kind of sandboxes that it runs.
        domain: Its host name.
        api_url: Where its own API is.
        proxy_url: Where its proxy is.
        cpu: Its cores.
        memory: Its memory in GiB.
        disk: Its disk in GiB.
        app_version: Its version.
        last_checked: When it was last heard of.
        created_at: When it was made.
        updated_at: When it last changed.
        region_id: Id of its region, which must be the organization's own.
        draining: Whether its sandboxes are moved away. The API doesn't tell: it is compared with what was
            last set. Default False.
        force_delete: Whether a delete takes its sandboxes along. Default False.
    """

    name: Output[str]
    api_key: Output[str]
    state: Output[str]
    unschedulable: Output[bool]
    tags: Output[list[str]]
    sandbox_class: Output[str | None]
    domain: Output[str | None]
    api_url: Output[str | None]
    proxy_url: Output[str | None]
    cpu: Output[float]
    memory: Output[float]
    disk: Output[float]
    app_version: Output[str | None]
    last_checked: Output[str | None]
    created_at: Output[str | None]
    updated_at: Output[str | None]
    region_id: Output[str]
    draining: Output[bool | None]
    force_delete: Output[bool | None]

    def __init__(
        self,
        resource_name: str,
        *,
        region_id: Input[str],
        name: Input[str] | None = None,
        tags: Input[Sequence[Input[str]]] | None = None,
        sandbox_class: Input[str] | None = None,
        unschedulable: Input[bool] | None = None,
        draining: Input[bool] | None = None,
        force_delete: Input[bool] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a runner: a machine of an organization's own that sandboxes run on (create runner).

        Args:
            resource_name: The logical name in the program.
            region_id: Id of its region, which must be the organization's own. A change replaces.
            name: The name in Daytona, unique in the organization; by default it follows from organization,
                project, stack and logical name. A change replaces.
            tags: What it is told apart by. A change replaces.
            sandbox_class: The kind of sandboxes that it runs, ``container`` by default; older servers ignore
                it. A change replaces.
            unschedulable: Whether it gets no new sandboxes. Default False. Changes in place.
            draining: Whether its sandboxes are moved away. The API doesn't tell: it is compared with what was
                last set. Default False. Changes in place.
            force_delete: Whether a delete takes its sandboxes along. Default False.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "region_id": region_id,
                "name": name,
                "tags": tags,
                "sandbox_class": sandbox_class,
                "unschedulable": unschedulable,
                "draining": draining,
                "force_delete": force_delete,
            },
            opts,
        )
