"""The wire models of runners: the machines that sandboxes run on."""

from __future__ import annotations

from pydantic import Field

from daytona_httpx.models.base import WireModel


class Runner(WireModel):
    """Hold a runner as the API sends it; GiB for memory and disk.

    Example:
        >>> answer = {"id": "r", "name": "one", "region": "us", "state": "ready", "cpu": 8}
        >>> Runner.model_validate(answer).state
        'ready'
    """

    id: str
    name: str
    region: str = ""
    state: str = ""
    unschedulable: bool = False
    tags: list[str] = Field(default_factory=list)
    sandbox_class: str | None = None
    domain: str | None = None
    api_url: str | None = None
    proxy_url: str | None = None
    cpu: int | float = 0
    memory: int | float = 0
    disk: int | float = 0
    gpu: int | float | None = None
    gpu_type: str | None = None
    current_cpu_usage_percentage: int | float | None = None
    current_memory_usage_percentage: int | float | None = None
    current_disk_usage_percentage: int | float | None = None
    current_allocated_cpu: int | float | None = None
    current_allocated_memory_gib: float | None = Field(default=None, alias="currentAllocatedMemoryGiB")
    current_allocated_disk_gib: float | None = Field(default=None, alias="currentAllocatedDiskGiB")
    current_snapshot_count: int | None = None
    current_started_sandboxes: int | None = None
    availability_score: int | float | None = None
    last_checked: str | None = None
    api_version: str | None = None
    app_version: str | None = None
    created_at: str | None = None
    updated_at: str | None = None


class RunnerFull(Runner):
    """Hold a runner with its key, as only Daytona's own services see it."""

    api_key: str = Field(default="", repr=False)
    region_type: str | None = None


class CreateRunnerResponse(WireModel):
    """Hold a new runner's id and key; the key is never shown again.

    Example:
        >>> CreateRunnerResponse(id="r", api_key="s3cret")
        CreateRunnerResponse(id='r')
    """

    id: str
    api_key: str = Field(repr=False)


class RunnerSnapshotDto(WireModel):
    """Hold a runner that has a snapshot."""

    runner_snapshot_id: str
    runner_id: str
    runner_domain: str | None = None
