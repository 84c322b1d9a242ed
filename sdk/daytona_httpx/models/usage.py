"""The wire models of what an organization uses and may use; GiB for memory and disk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from pydantic import Field

from daytona_httpx.models.base import WireModel


class _RegionLimits(WireModel):
    region_id: str
    sandbox_class: str = ""
    total_cpu_quota: int | float | None = None
    total_memory_quota: int | float | None = None
    total_disk_quota: int | float | None = None
    total_gpu_quota: int | float | None = None
    allowed_gpu_types: list[str] | None = None
    max_cpu_per_sandbox: int | float | None = None
    max_memory_per_sandbox: int | float | None = None
    max_disk_per_sandbox: int | float | None = None
    max_disk_per_non_ephemeral_sandbox: int | float | None = None
    max_cpu_per_gpu: int | float | None = None
    max_memory_per_gpu: int | float | None = None
    max_disk_per_gpu: int | float | None = None


class RegionQuota(_RegionLimits):
    """Hold what an organization may use in a region; minutes for the lifespan.

    Example:
        >>> daytona.usage.get_region_quota_of_sandbox(sandbox.id).region_id
        'us'
    """

    organization_id: str = ""
    max_sandbox_lifespan: int | float | None = None


class RegionUsageOverview(_RegionLimits):
    """Hold what an organization may use in a region, and what it uses now."""

    current_cpu_usage: int | float = 0
    current_memory_usage: int | float = 0
    current_disk_usage: int | float = 0
    current_gpu_usage: int | float = 0


class OrganizationUsageOverview(WireModel):
    """Hold what an organization uses now, in every region and in all.

    Example:
        >>> organization = daytona.organizations.list()[0]
        >>> daytona.usage.get(organization.id).current_volume_usage >= 0
        True
    """

    region_usage: list[RegionUsageOverview] = Field(default_factory=list)
    total_snapshot_quota: int | None = None
    current_snapshot_usage: int = 0
    total_volume_quota: int | None = None
    current_volume_usage: int = 0


class RegionLimits(TypedDict, total=False):
    """Name the limits of an organization in a region; minutes for the lifespan.

    A limit per sandbox or per GPU that is None is lifted; one left out stays.
    """

    allowed_gpu_types: Sequence[str] | None
    max_cpu_per_sandbox: float | None
    max_memory_per_sandbox: float | None
    max_disk_per_sandbox: float | None
    max_disk_per_non_ephemeral_sandbox: float | None
    max_cpu_per_gpu: float | None
    max_memory_per_gpu: float | None
    max_disk_per_gpu: float | None
    max_sandbox_lifespan: float | None


class AvailableSandboxClass(WireModel):
    """Hold a kind of sandbox that an organization may make in a region."""

    region_id: str
    sandbox_class: str
    gpu_available: bool = False
    allowed_gpu_types: list[str] | None = None


class GpuCapacity(WireModel):
    """Hold how many GPUs of a type are free."""

    gpu_type: str
    available_on_demand: int = 0
    available_spot: int = 0


class GpuCapacityResponse(WireModel):
    """Hold which GPUs are free, and when that was counted."""

    observed_at: str | None = None
    capacity: list[GpuCapacity] = Field(default_factory=list)


class UsagePeriod(WireModel):
    """Hold what a sandbox held for a time; one that goes on has no end yet. GiB for memory and disk."""

    start_at: str
    end_at: str | None = None
    cpu: int | float = 0
    gpu: int | float = 0
    ram_gb: int | float = Field(default=0, alias="ramGB")
    disk_gb: int | float = Field(default=0, alias="diskGB")
    price: float = 0


class AggregatedUsage(WireModel):
    """Hold what was used in a time: seconds, times how much of it; GiB for memory and disk."""

    total_cpu_seconds: int = Field(default=0, alias="totalCPUSeconds")
    total_gpu_seconds: int = Field(default=0, alias="totalGPUSeconds")
    total_ram_gb_seconds: int = Field(default=0, alias="totalRAMGBSeconds")
    total_disk_gb_seconds: int = Field(default=0, alias="totalDiskGBSeconds")
    total_price: float = 0
    sandbox_count: int | None = None
    first_start: str | None = None
    last_end: str | None = None


class SandboxUsage(AggregatedUsage):
    """Hold what one sandbox used in a time."""

    sandbox_id: str


class UsageChartPoint(WireModel):
    """Hold what all sandboxes held at a moment, and what that cost."""

    time: str
    cpu: int | float = 0
    ram_gb: int | float = Field(default=0, alias="ramGB")
    disk_gb: int | float = Field(default=0, alias="diskGB")
    cpu_price: float = 0
    ram_price: float = 0
    disk_price: float = 0
