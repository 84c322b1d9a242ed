# Generated from the core's definitions by `make generate`; do not edit.
"""The ``OrganizationOtelConfig`` resource of Pulumi programs."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi import Input, Output

from pulumi_daytona.resource import DaytonaResource


class OrganizationOtelConfig(DaytonaResource, kind="OrganizationOtelConfig", secrets=("headers",)):
    """Declare where telemetry of an organization's sandboxes goes (update organization otel config).

    An organization has one target: what was set before is replaced. It needs a user's token
    (``daytona:jwtToken``).

    Attributes:
        organization_id: Id of the organization.
        endpoint: Where telemetry goes.
    """

    organization_id: Output[str]
    endpoint: Output[str]

    def __init__(
        self,
        resource_name: str,
        *,
        endpoint: Input[str],
        organization_id: Input[str] | None = None,
        headers: Input[Mapping[str, Input[str]]] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare where telemetry of an organization's sandboxes goes (update organization otel config).

        Args:
            resource_name: The logical name in the program.
            endpoint: Where to, over OTLP. Changes in place.
            organization_id: Id of the organization; the configured one (daytona:organizationId) by default. A
                change replaces.
            headers: What is sent along, such as a key. It is compared with what was last set. Changes in
                place. Kept as a secret.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "endpoint": endpoint,
                "organization_id": organization_id,
                "headers": headers,
            },
            opts,
        )
