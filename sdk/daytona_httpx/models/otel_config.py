"""The wire model of where an organization's telemetry goes."""

from __future__ import annotations

from pydantic import Field

from daytona_httpx.models.base import WireModel


class OtelConfig(WireModel):
    """Hold where OpenTelemetry data is sent, and with which headers; those may be keys.

    Example:
        >>> OtelConfig(endpoint="https://otel.example.com", headers={"authorization": "s3cret"})
        OtelConfig(endpoint='https://otel.example.com', organization_id=None)
    """

    endpoint: str
    headers: dict[str, str] | None = Field(default=None, repr=False)
    organization_id: str | None = None
