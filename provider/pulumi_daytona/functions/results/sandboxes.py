# Generated from the core's look-ups by `make generate`; do not edit.
"""What the look-ups of ``sandboxes`` return."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class SandboxVolumeResult:
    """Hold where a volume is mounted."""

    volume_id: str
    mount_path: str
    subpath: str | None


@dataclass(frozen=True, kw_only=True)
class BuildInfoResult:
    """Hold what a sandbox or snapshot was built from."""

    dockerfile_content: str | None
    context_hashes: list[str] | None
    created_at: str | None
    updated_at: str | None
    snapshot_ref: str | None


@dataclass(frozen=True, kw_only=True)
class SandboxResult:
    """Hold a sandbox as the API sends it; minutes for intervals, GiB for memory and disk.

    What may be a secret and doesn't show in ``repr``: env, outbound_proxy_url.
    """

    id: str
    organization_id: str
    name: str
    snapshot: str | None
    user: str | None
    env: dict[str, Any] | None = field(repr=False)
    labels: dict[str, Any]
    public: bool
    target: str
    cpu: int
    gpu: int
    gpu_type: str | None
    memory: int
    disk: int
    spot: bool | None
    kvm: bool | None
    state: str | None
    desired_state: str | None
    error_reason: str | None
    recoverable: bool | None
    backup_state: str | None
    backup_created_at: str | None
    auto_stop_interval: int | None
    auto_pause_interval: int | None
    auto_archive_interval: int | None
    auto_delete_interval: int | None
    auto_destroy_at: str | None
    queue_timeout: int | None
    queue_timed_out_at: str | None
    spot_evicted_at: str | None
    runner_domain: str | None
    runner_id: str | None
    volumes: list[SandboxVolumeResult] | None
    build_info: BuildInfoResult | None
    created_at: str | None
    updated_at: str | None
    last_activity_at: str | None
    network_block_all: bool | None
    network_allow_list: str | None
    domain_allow_list: str | None
    outbound_proxy_url: str | None = field(repr=False)
    otel_endpoint_override: str | None
    linked_sandbox_id: str | None
    warm_pool_id: str | None
    sandbox_class: str | None
    daemon_version: str | None
    toolbox_proxy_url: str
