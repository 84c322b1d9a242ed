# Generated from the core by `make generate`; do not edit.
"""The ``Region`` resource of Pulumi programs, by the native plugin."""

from __future__ import annotations

import pulumi
from pulumi import Input, Output

from pulumi_daytona.native.resource import NativeResource


class Region(
    NativeResource,
    kind="Region",
    secrets=("proxy_api_key", "ssh_gateway_api_key", "snapshot_manager_password"),
):
    """Declare a region on an organization's own machines (create region).

    A region that a create which was cut short has left behind is removed by the next one when its name
    follows from who the resource is; where the program fixes the name, it is an error.

    Attributes:
        name: Its name in Daytona.
        organization_id: Id of its organization.
        region_type: ``custom`` for an organization's own.
        proxy_url: Where its proxy is.
        ssh_gateway_url: Where its SSH gateway is.
        snapshot_manager_url: Where its snapshot manager is.
        otel_endpoint: Where the telemetry of its sandboxes goes.
        proxy_api_key: The key of its proxy; the API tells it only once, so the state keeps it.
        ssh_gateway_api_key: The key of its SSH gateway; the API tells it only once, so the state keeps it.
        snapshot_manager_username: The user name of its snapshot manager.
        snapshot_manager_password: The password of it; the API tells it only once, so the state keeps it.
        created_at: When it was made.
        updated_at: When it last changed.
        proxy_rotation: Any text; when it changes to another one, the proxy gets a new key, and the old one
            ends.
        ssh_gateway_rotation: Any text; when it changes to another one, the SSH gateway gets a new key, and
            the old one ends.
        snapshot_manager_rotation: Any text; when it changes to another one, the snapshot manager gets a new
            password, and the old one ends.
    """

    name: Output[str]
    organization_id: Output[str | None]
    region_type: Output[str]
    proxy_url: Output[str | None]
    ssh_gateway_url: Output[str | None]
    snapshot_manager_url: Output[str | None]
    otel_endpoint: Output[str | None]
    proxy_api_key: Output[str | None]
    ssh_gateway_api_key: Output[str | None]
    snapshot_manager_username: Output[str | None]
    snapshot_manager_password: Output[str | None]
    created_at: Output[str | None]
    updated_at: Output[str | None]
    proxy_rotation: Output[str | None]
    ssh_gateway_rotation: Output[str | None]
    snapshot_manager_rotation: Output[str | None]

    def __init__(
        self,
        resource_name: str,
        *,
        name: Input[str] | None = None,
        proxy_url: Input[str] | None = None,
        ssh_gateway_url: Input[str] | None = None,
        snapshot_manager_url: Input[str] | None = None,
        otel_endpoint: Input[str] | None = None,
        proxy_rotation: Input[str] | None = None,
        ssh_gateway_rotation: Input[str] | None = None,
        snapshot_manager_rotation: Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a region on an organization's own machines (create region).

        Args:
            resource_name: The logical name in the program.
            name: The name in Daytona, unique in the organization; by default it follows from organization,
                project, stack and logical name. A change replaces.
            proxy_url: Where its proxy is. Changes in place.
            ssh_gateway_url: Where its SSH gateway is. Changes in place.
            snapshot_manager_url: Where its snapshot manager is. Changes in place.
            otel_endpoint: Where the telemetry of its sandboxes goes, instead of to Daytona. Changes in place.
            proxy_rotation: Any text; when it changes to another one, the proxy gets a new key, and the old
                one ends. Changes in place.
            ssh_gateway_rotation: Any text; when it changes to another one, the SSH gateway gets a new key,
                and the old one ends. Changes in place.
            snapshot_manager_rotation: Any text; when it changes to another one, the snapshot manager gets a
                new password, and the old one ends. Changes in place.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "name": name,
                "proxy_url": proxy_url,
                "ssh_gateway_url": ssh_gateway_url,
                "snapshot_manager_url": snapshot_manager_url,
                "otel_endpoint": otel_endpoint,
                "proxy_rotation": proxy_rotation,
                "ssh_gateway_rotation": ssh_gateway_rotation,
                "snapshot_manager_rotation": snapshot_manager_rotation,
            },
            opts,
        )
