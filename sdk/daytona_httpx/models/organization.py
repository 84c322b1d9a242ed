"""The wire models of organizations."""

from __future__ import annotations

from typing import Any, TypedDict

from pydantic import Field

from daytona_httpx.models.base import WireModel
from daytona_httpx.models.otel_config import OtelConfig


class Organization(WireModel):
    """Hold an organization as the API sends it; GiB for memory and disk.

    Example:
        >>> [organization.suspended for organization in daytona.organizations.list()]
        [False]
    """

    id: str
    name: str
    created_by: str = ""
    personal: bool = False
    created_at: str | None = None
    updated_at: str | None = None
    suspended: bool = False
    suspended_at: str | None = None
    suspension_reason: str | None = None
    suspended_until: str | None = None
    suspension_cleanup_grace_period_hours: int | float | None = None
    default_region_id: str | None = None
    default_queue_timeout: int | None = None
    max_cpu_per_sandbox: int | float | None = None
    max_memory_per_sandbox: int | float | None = None
    max_disk_per_sandbox: int | float | None = None
    secret_quota: int | None = None
    max_secrets_per_sandbox: int | None = None
    snapshot_deactivation_timeout_minutes: int | None = None
    sandbox_limited_network_egress: bool | None = None
    preview_warning_enabled: bool | None = None
    sso_enabled: bool | None = None
    scim_enabled: bool | None = None
    authenticated_rate_limit: int | None = None
    authenticated_rate_limit_ttl_seconds: int | None = None
    sandbox_create_rate_limit: int | None = None
    sandbox_create_rate_limit_ttl_seconds: int | None = None
    sandbox_lifecycle_rate_limit: int | None = None
    sandbox_lifecycle_rate_limit_ttl_seconds: int | None = None
    experimental_config: dict[str, Any] | None = Field(default=None, repr=False)
    otel_config: OtelConfig | None = None


class OrganizationLimits(TypedDict, total=False):
    """Name the limits of an organization; GiB for memory, disk and snapshots, requests per window for rates.

    None leaves a limit as it is, as leaving it out does.
    """

    max_cpu_per_sandbox: float | None
    max_memory_per_sandbox: float | None
    max_disk_per_sandbox: float | None
    snapshot_quota: int | None
    max_snapshot_size: float | None
    volume_quota: int | None
    secret_quota: int | None
    max_secrets_per_sandbox: int | None
    authenticated_rate_limit: int | None
    authenticated_rate_limit_ttl_seconds: int | None
    sandbox_create_rate_limit: int | None
    sandbox_create_rate_limit_ttl_seconds: int | None
    sandbox_lifecycle_rate_limit: int | None
    sandbox_lifecycle_rate_limit_ttl_seconds: int | None
    snapshot_deactivation_timeout_minutes: int | None
    max_concurrent_snapshot_processing: int | None
