"""The wire model of volumes."""

from __future__ import annotations

from daytona_httpx.models.base import WireModel


class Volume(WireModel):
    """Hold a volume as the API sends it.

    Example:
        >>> daytona.volume.get("for-docs", create=True).name
        'for-docs'
    """

    id: str
    name: str
    organization_id: str = ""
    state: str = ""
    created_at: str | None = None
    updated_at: str | None = None
    last_used_at: str | None = None
    error_reason: str | None = None
