# Generated from the core's look-ups by `make generate`; do not edit.
"""What the look-ups of ``snapshots`` return."""

from __future__ import annotations

from dataclasses import dataclass, field

from pulumi_daytona.functions.results.sandboxes import BuildInfoResult


@dataclass(frozen=True, kw_only=True)
class SnapshotResult:
    """Hold a snapshot as the API sends it; GiB for memory and disk."""

    id: str
    name: str
    state: str
    general: bool
    organization_id: str | None
    image_name: str | None
    size: float | None
    entrypoint: list[str] | None
    cpu: int
    gpu: int
    gpu_type: str | None
    mem: int
    disk: int
    error_reason: str | None
    created_at: str | None
    updated_at: str | None
    last_used_at: str | None
    build_info: BuildInfoResult | None
    region_ids: list[str] | None
    initial_runner_id: str | None
    ref: str | None
    source_sandbox_id: str | None
    sandbox_class: str | None


@dataclass(frozen=True, kw_only=True)
class DockerRegistryResult:
    """Hold a registry as the API sends it; its password never comes back."""

    id: str
    name: str
    url: str
    username: str
    project: str | None
    registry_type: str
    created_at: str | None
    updated_at: str | None


@dataclass(frozen=True, kw_only=True)
class RegistryPushAccessResult:
    """Hold credentials for a push, which end after a while.

    What may be a secret and doesn't show in ``repr``: secret.
    """

    username: str
    secret: str = field(repr=False)
    registry_url: str
    registry_id: str
    project: str
    expires_at: str | None


@dataclass(frozen=True, kw_only=True)
class WarmPoolResult:
    """Hold a warm pool as the API sends it; GiB for memory and disk.

    What may be a secret and doesn't show in ``repr``: env.

    Attributes:
        pool: How many sandboxes are to be ready.
        current_size: How many are.
        error_reason: Why it can't be filled.
    """

    id: str
    organization_id: str
    snapshot: str
    target: str
    pool: int
    current_size: int
    cpu: int
    mem: int
    disk: int
    os_user: str
    env: dict[str, str] = field(repr=False)
    error_reason: str | None
    created_at: str | None
    updated_at: str | None
