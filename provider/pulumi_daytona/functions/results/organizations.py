# Generated from the core's look-ups by `make generate`; do not edit.
"""What the look-ups of ``organizations`` return."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class OtelConfigResult:
    """Hold where OpenTelemetry data is sent, and with which headers; those may be keys.

    What may be a secret and doesn't show in ``repr``: headers.
    """

    endpoint: str
    headers: dict[str, str] | None = field(repr=False)
    organization_id: str | None


@dataclass(frozen=True, kw_only=True)
class OrganizationResult:
    """Hold an organization as the API sends it; GiB for memory and disk.

    What may be a secret and doesn't show in ``repr``: experimental_config.
    """

    id: str
    name: str
    created_by: str
    personal: bool
    created_at: str | None
    updated_at: str | None
    suspended: bool
    suspended_at: str | None
    suspension_reason: str | None
    suspended_until: str | None
    suspension_cleanup_grace_period_hours: int | float | None
    default_region_id: str | None
    default_queue_timeout: int | None
    max_cpu_per_sandbox: int | float | None
    max_memory_per_sandbox: int | float | None
    max_disk_per_sandbox: int | float | None
    secret_quota: int | None
    max_secrets_per_sandbox: int | None
    snapshot_deactivation_timeout_minutes: int | None
    sandbox_limited_network_egress: bool | None
    preview_warning_enabled: bool | None
    sso_enabled: bool | None
    scim_enabled: bool | None
    authenticated_rate_limit: int | None
    authenticated_rate_limit_ttl_seconds: int | None
    sandbox_create_rate_limit: int | None
    sandbox_create_rate_limit_ttl_seconds: int | None
    sandbox_lifecycle_rate_limit: int | None
    sandbox_lifecycle_rate_limit_ttl_seconds: int | None
    experimental_config: dict[str, Any] | None = field(repr=False)
    otel_config: OtelConfigResult | None


@dataclass(frozen=True, kw_only=True)
class RegionUsageOverviewResult:
    """Hold what an organization may use in a region, and what it uses now."""

    region_id: str
    sandbox_class: str
    total_cpu_quota: int | float | None
    total_memory_quota: int | float | None
    total_disk_quota: int | float | None
    total_gpu_quota: int | float | None
    allowed_gpu_types: list[str] | None
    max_cpu_per_sandbox: int | float | None
    max_memory_per_sandbox: int | float | None
    max_disk_per_sandbox: int | float | None
    max_disk_per_non_ephemeral_sandbox: int | float | None
    max_cpu_per_gpu: int | float | None
    max_memory_per_gpu: int | float | None
    max_disk_per_gpu: int | float | None
    current_cpu_usage: int | float
    current_memory_usage: int | float
    current_disk_usage: int | float
    current_gpu_usage: int | float


@dataclass(frozen=True, kw_only=True)
class OrganizationUsageOverviewResult:
    """Hold what an organization uses now, in every region and in all."""

    region_usage: list[RegionUsageOverviewResult]
    total_snapshot_quota: int | None
    current_snapshot_usage: int
    total_volume_quota: int | None
    current_volume_usage: int


@dataclass(frozen=True, kw_only=True)
class AvailableSandboxClassResult:
    """Hold a kind of sandbox that an organization may make in a region."""

    region_id: str
    sandbox_class: str
    gpu_available: bool
    allowed_gpu_types: list[str] | None


@dataclass(frozen=True, kw_only=True)
class FreeGpuResult:
    """Hold how many GPUs of a type are free."""

    gpu_type: str
    available_on_demand: int
    available_spot: int


@dataclass(frozen=True, kw_only=True)
class GpuCapacityResult:
    """Hold which GPUs are free, and when that was counted."""

    observed_at: str | None
    capacity: list[FreeGpuResult]


@dataclass(frozen=True, kw_only=True)
class RegionQuotaResult:
    """Hold what an organization may use in a region; minutes for the lifespan."""

    region_id: str
    sandbox_class: str
    total_cpu_quota: int | float | None
    total_memory_quota: int | float | None
    total_disk_quota: int | float | None
    total_gpu_quota: int | float | None
    allowed_gpu_types: list[str] | None
    max_cpu_per_sandbox: int | float | None
    max_memory_per_sandbox: int | float | None
    max_disk_per_sandbox: int | float | None
    max_disk_per_non_ephemeral_sandbox: int | float | None
    max_cpu_per_gpu: int | float | None
    max_memory_per_gpu: int | float | None
    max_disk_per_gpu: int | float | None
    organization_id: str
    max_sandbox_lifespan: int | float | None


@dataclass(frozen=True, kw_only=True)
class WebhookStatusResult:
    """Hold how far an organization's webhooks are set up."""

    organization_id: str
    svix_application_id: str | None
    last_error: str | None
    retry_count: int
    created_at: str | None
    updated_at: str | None


@dataclass(frozen=True, kw_only=True)
class WebhookPortalAccessResult:
    """Hold a way into the page where an organization's webhooks are set.

    What may be a secret and doesn't show in ``repr``: url, token.
    """

    url: str = field(repr=False)
    token: str = field(repr=False)
