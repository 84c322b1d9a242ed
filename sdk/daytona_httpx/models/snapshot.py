"""The wire models of snapshots."""

from __future__ import annotations

from daytona_httpx.models.base import WireModel
from daytona_httpx.models.sandbox import BuildInfo


class Snapshot(WireModel):
    """Hold a snapshot as the API sends it; GiB for memory and disk.

    Example:
        >>> snapshot = daytona.snapshot.get("daytona-local:default")
        >>> snapshot.state, snapshot.general
        ('active', True)
    """

    id: str
    name: str
    state: str = ""
    general: bool = False
    organization_id: str | None = None
    image_name: str | None = None
    size: float | None = None
    entrypoint: list[str] | None = None
    cpu: int = 0
    gpu: int = 0
    gpu_type: str | None = None
    mem: int = 0
    disk: int = 0
    error_reason: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    last_used_at: str | None = None
    build_info: BuildInfo | None = None
    region_ids: list[str] | None = None
    initial_runner_id: str | None = None
    ref: str | None = None
    source_sandbox_id: str | None = None
    sandbox_class: str | None = None


class PaginatedSnapshots(WireModel):
    """Hold one page of snapshots.

    Example:
        >>> page = daytona.snapshot.list(page=1, limit=10)
        >>> page.page, page.total_pages
        (1, 1)
    """

    items: list[Snapshot]
    total: int
    page: int
    total_pages: int
