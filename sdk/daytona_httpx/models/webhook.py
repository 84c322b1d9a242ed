"""The wire models of webhooks."""

from __future__ import annotations

from pydantic import Field

from daytona_httpx.models.base import WireModel


class WebhookAppPortalAccess(WireModel):
    """Hold a way into the page where an organization's webhooks are set."""

    url: str = Field(repr=False)
    token: str = Field(repr=False)


class WebhookInitializationStatus(WireModel):
    """Hold how far an organization's webhooks are set up."""

    organization_id: str
    svix_application_id: str | None = None
    last_error: str | None = None
    retry_count: int = 0
    created_at: str | None = None
    updated_at: str | None = None
