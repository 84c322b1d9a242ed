# Generated from the core's look-ups by `make generate`; do not edit.
"""What the look-ups of ``regions`` return."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class RegionResult:
    """Hold a region as the API sends it: ``shared``, ``dedicated`` or ``custom``."""

    id: str
    name: str
    organization_id: str | None
    region_type: str
    proxy_url: str | None
    ssh_gateway_url: str | None
    snapshot_manager_url: str | None
    otel_endpoint: str | None
    created_at: str | None
    updated_at: str | None


@dataclass(frozen=True, kw_only=True)
class RunnerResult:
    """Hold a runner as the API sends it; GiB for memory and disk."""

    id: str
    name: str
    region: str
    state: str
    unschedulable: bool
    tags: list[str]
    sandbox_class: str | None
    domain: str | None
    api_url: str | None
    proxy_url: str | None
    cpu: int | float
    memory: int | float
    disk: int | float
    gpu: int | float | None
    gpu_type: str | None
    current_cpu_usage_percentage: int | float | None
    current_memory_usage_percentage: int | float | None
    current_disk_usage_percentage: int | float | None
    current_allocated_cpu: int | float | None
    current_allocated_memory_gib: float | None
    current_allocated_disk_gib: float | None
    current_snapshot_count: int | None
    current_started_sandboxes: int | None
    availability_score: int | float | None
    last_checked: str | None
    api_version: str | None
    app_version: str | None
    created_at: str | None
    updated_at: str | None


@dataclass(frozen=True, kw_only=True)
class RunnerFullResult:
    """Hold a runner with its key, as only Daytona's own services see it.

    What may be a secret and doesn't show in ``repr``: api_key.
    """

    id: str
    name: str
    region: str
    state: str
    unschedulable: bool
    tags: list[str]
    sandbox_class: str | None
    domain: str | None
    api_url: str | None
    proxy_url: str | None
    cpu: int | float
    memory: int | float
    disk: int | float
    gpu: int | float | None
    gpu_type: str | None
    current_cpu_usage_percentage: int | float | None
    current_memory_usage_percentage: int | float | None
    current_disk_usage_percentage: int | float | None
    current_allocated_cpu: int | float | None
    current_allocated_memory_gib: float | None
    current_allocated_disk_gib: float | None
    current_snapshot_count: int | None
    current_started_sandboxes: int | None
    availability_score: int | float | None
    last_checked: str | None
    api_version: str | None
    app_version: str | None
    created_at: str | None
    updated_at: str | None
    api_key: str = field(repr=False)
    region_type: str | None


@dataclass(frozen=True, kw_only=True)
class RunnerSnapshotResult:
    """Hold a runner that has a snapshot."""

    runner_snapshot_id: str
    runner_id: str
    runner_domain: str | None


@dataclass(frozen=True, kw_only=True)
class JobResult:
    """Hold a job: ``PENDING``, ``IN_PROGRESS``, ``COMPLETED`` or ``FAILED``.

    What may be a secret and doesn't show in ``repr``: payload.

    Attributes:
        payload: What the runner needs for it, as JSON; it may hold secrets.
    """

    id: str
    type: str
    status: str
    resource_type: str
    resource_id: str
    payload: str | None = field(repr=False)
    trace_context: dict[str, Any] | None
    error_message: str | None
    created_at: str | None
    updated_at: str | None
