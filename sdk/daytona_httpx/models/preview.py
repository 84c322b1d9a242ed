"""The wire model of what a preview proxy asks."""

from __future__ import annotations

from daytona_httpx.models.base import WireModel


class PreviewWarning(WireModel):
    """Hold whether a warning is shown before a preview."""

    enabled: bool
