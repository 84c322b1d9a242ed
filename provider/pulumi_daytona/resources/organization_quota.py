# Generated from the core's definitions by `make generate`; do not edit.
"""The ``OrganizationQuota`` resource of Pulumi programs."""

from __future__ import annotations

import pulumi
from pulumi import Input, Output

from pulumi_daytona.resource import DaytonaResource


class OrganizationQuota(DaytonaResource, kind="OrganizationQuota"):
    """Declare limits of an organization (update organization quota).

    Limits that are left out stay as they are, and so do all of them when it is destroyed: the API can't take
    one back. It needs an administrator's key.

    Attributes:
        organization_id: Id of the organization.
    """

    organization_id: Output[str]

    def __init__(
        self,
        resource_name: str,
        *,
        organization_id: Input[str] | None = None,
        max_cpu_per_sandbox: Input[float] | None = None,
        max_memory_per_sandbox: Input[float] | None = None,
        max_disk_per_sandbox: Input[float] | None = None,
        snapshot_quota: Input[int] | None = None,
        max_snapshot_size: Input[float] | None = None,
        volume_quota: Input[int] | None = None,
        secret_quota: Input[int] | None = None,
        max_secrets_per_sandbox: Input[int] | None = None,
        authenticated_rate_limit: Input[int] | None = None,
        authenticated_rate_limit_ttl_seconds: Input[int] | None = None,
        sandbox_create_rate_limit: Input[int] | None = None,
        sandbox_create_rate_limit_ttl_seconds: Input[int] | None = None,
        sandbox_lifecycle_rate_limit: Input[int] | None = None,
        sandbox_lifecycle_rate_limit_ttl_seconds: Input[int] | None = None,
        snapshot_deactivation_timeout_minutes: Input[int] | None = None,
        max_concurrent_snapshot_processing: Input[int] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare limits of an organization (update organization quota).

        Args:
            resource_name: The logical name in the program.
            organization_id: Id of the organization; the configured one (daytona:organizationId) by default. A
                change replaces.
            max_cpu_per_sandbox: Cores of one sandbox. Changes in place.
            max_memory_per_sandbox: GiB of memory of one sandbox. Changes in place.
            max_disk_per_sandbox: GiB of disk of one sandbox. Changes in place.
            snapshot_quota: Snapshots. The API doesn't tell: it is compared with what was last set. Changes in
                place.
            max_snapshot_size: GiB of one snapshot. The API doesn't tell: it is compared with what was last
                set. Changes in place.
            volume_quota: Volumes. The API doesn't tell: it is compared with what was last set. Changes in
                place.
            secret_quota: Secrets. Changes in place.
            max_secrets_per_sandbox: Secrets of one sandbox. Changes in place.
            authenticated_rate_limit: Requests per window. Changes in place.
            authenticated_rate_limit_ttl_seconds: Seconds of that window. Changes in place.
            sandbox_create_rate_limit: Creates of sandboxes per window. Changes in place.
            sandbox_create_rate_limit_ttl_seconds: Seconds of that window. Changes in place.
            sandbox_lifecycle_rate_limit: Starts, stops and deletes of sandboxes per window. Changes in place.
            sandbox_lifecycle_rate_limit_ttl_seconds: Seconds of that window. Changes in place.
            snapshot_deactivation_timeout_minutes: Minutes without use until a snapshot is deactivated.
                Changes in place.
            max_concurrent_snapshot_processing: Snapshots that are made at once. The API doesn't tell: it is
                compared with what was last set. Changes in place.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "organization_id": organization_id,
                "max_cpu_per_sandbox": max_cpu_per_sandbox,
                "max_memory_per_sandbox": max_memory_per_sandbox,
                "max_disk_per_sandbox": max_disk_per_sandbox,
                "snapshot_quota": snapshot_quota,
                "max_snapshot_size": max_snapshot_size,
                "volume_quota": volume_quota,
                "secret_quota": secret_quota,
                "max_secrets_per_sandbox": max_secrets_per_sandbox,
                "authenticated_rate_limit": authenticated_rate_limit,
                "authenticated_rate_limit_ttl_seconds": authenticated_rate_limit_ttl_seconds,
                "sandbox_create_rate_limit": sandbox_create_rate_limit,
                "sandbox_create_rate_limit_ttl_seconds": sandbox_create_rate_limit_ttl_seconds,
                "sandbox_lifecycle_rate_limit": sandbox_lifecycle_rate_limit,
                "sandbox_lifecycle_rate_limit_ttl_seconds": sandbox_lifecycle_rate_limit_ttl_seconds,
                "snapshot_deactivation_timeout_minutes": snapshot_deactivation_timeout_minutes,
                "max_concurrent_snapshot_processing": max_concurrent_snapshot_processing,
            },
            opts,
        )
