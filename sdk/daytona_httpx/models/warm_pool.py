"""The wire model of warm pools."""

from __future__ import annotations

from pydantic import Field

from daytona_httpx.models.base import WireModel


class WarmPool(WireModel):
    """Hold a warm pool as the API sends it; GiB for memory and disk.

    Attributes:
        pool: How many sandboxes are to be ready.
        current_size: How many are.
        error_reason: Why it can't be filled.

    Example:
        >>> pool = daytona.warm_pool.create("daytona-local:default", 1)
        >>> pool.pool
        1
        >>> daytona.warm_pool.delete(pool.id)
    """

    id: str
    organization_id: str = ""
    snapshot: str
    target: str = ""
    pool: int
    current_size: int = 0
    cpu: int = 0
    mem: int = 0
    disk: int = 0
    os_user: str = ""
    env: dict[str, str] = Field(default_factory=dict, repr=False)
    error_reason: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
