"""The wire models of sandboxes."""

from __future__ import annotations

from typing import Any

from pydantic import Field, field_validator

from daytona_httpx.models.base import OpenEnum, WireModel


class SandboxState(OpenEnum):
    """Name the states of a sandbox.

    Example:
        >>> sandbox.refresh_data()
        >>> sandbox.state is SandboxState.STARTED
        True
    """

    CREATING = "creating"
    RESTORING = "restoring"
    DESTROYED = "destroyed"
    DESTROYING = "destroying"
    STARTED = "started"
    STOPPED = "stopped"
    STARTING = "starting"
    STOPPING = "stopping"
    ERROR = "error"
    BUILD_FAILED = "build_failed"
    PENDING_BUILD = "pending_build"
    BUILDING_SNAPSHOT = "building_snapshot"
    UNKNOWN = "unknown"
    PULLING_SNAPSHOT = "pulling_snapshot"
    ARCHIVED = "archived"
    ARCHIVING = "archiving"
    RESIZING = "resizing"
    SNAPSHOTTING = "snapshotting"
    FORKING = "forking"
    PAUSING = "pausing"
    PAUSED = "paused"
    RESUMING = "resuming"


class SandboxVolume(WireModel):
    """Hold where a volume is mounted.

    Example:
        >>> volume = daytona.volume.get("for-docs")
        >>> mount = VolumeMount(volume_id=volume.id, mount_path="/home/daytona/shared")
        >>> sandbox = daytona.create(CreateSandboxFromSnapshotParams(volumes=[mount]))
        >>> [mounted.mount_path for mounted in sandbox.volumes]
        ['/home/daytona/shared']
        >>> sandbox.delete()
    """

    volume_id: str
    mount_path: str
    subpath: str | None = None


class BuildInfo(WireModel):
    """Hold what a sandbox or snapshot was built from.

    Example:
        >>> image = Image.base("python:3.12-slim").run_commands("echo built")
        >>> sandbox = daytona.create(CreateSandboxFromImageParams(image=image))
        >>> print(sandbox.build_info.dockerfile_content, end="")
        FROM python:3.12-slim
        RUN echo built
        >>> sandbox.delete()
    """

    dockerfile_content: str | None = None
    context_hashes: list[str] | None = None
    created_at: str | None = None
    updated_at: str | None = None
    snapshot_ref: str | None = None


class SandboxDto(WireModel):
    """Hold a sandbox as the API sends it; minutes for intervals, GiB for memory and disk.

    Example:
        >>> isinstance(sandbox, SandboxDto), sandbox.name
        (True, 'docs')
    """

    id: str
    organization_id: str
    name: str
    snapshot: str | None = None
    user: str | None = None
    env: dict[str, Any] | None = Field(default=None, repr=False)
    labels: dict[str, Any] = Field(default_factory=dict)
    public: bool = False
    target: str = ""
    cpu: int = 0
    gpu: int = 0
    gpu_type: str | None = None
    memory: int = 0
    disk: int = 0
    spot: bool | None = False
    kvm: bool | None = None
    state: SandboxState | None = None
    desired_state: str | None = None
    error_reason: str | None = None
    recoverable: bool | None = None
    backup_state: str | None = None
    backup_created_at: str | None = None
    auto_stop_interval: int | None = None
    auto_pause_interval: int | None = None
    auto_archive_interval: int | None = None
    auto_delete_interval: int | None = None
    auto_destroy_at: str | None = None
    queue_timeout: int | None = None
    queue_timed_out_at: str | None = None
    spot_evicted_at: str | None = None
    runner_domain: str | None = None
    runner_id: str | None = None
    volumes: list[SandboxVolume] | None = None
    build_info: BuildInfo | None = None
    created_at: str | None = None
    updated_at: str | None = None
    last_activity_at: str | None = None
    network_block_all: bool | None = None
    network_allow_list: str | None = None
    domain_allow_list: str | None = None
    outbound_proxy_url: str | None = Field(default=None, repr=False)
    otel_endpoint_override: str | None = None
    linked_sandbox_id: str | None = None
    warm_pool_id: str | None = None
    sandbox_class: str | None = None
    daemon_version: str | None = None
    toolbox_proxy_url: str = ""

    @field_validator("labels", mode="before")
    @classmethod
    def _labels_are_a_map(cls, value: object) -> object:
        """Read as none what is no map: the API keeps whatever a client once sent."""
        return value if isinstance(value, dict) else {}
