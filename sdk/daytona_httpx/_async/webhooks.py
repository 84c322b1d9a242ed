"""Webhooks: what an organization is told when its sandboxes change."""

from __future__ import annotations

from daytona_httpx._async.group import AsyncGroup
from daytona_httpx.models.webhook import WebhookAppPortalAccess, WebhookInitializationStatus


class AsyncWebhooks(AsyncGroup):
    """Set up an organization's webhooks; where they go is set on a page of their own."""

    async def get_app_portal_access(self, organization_id: str) -> WebhookAppPortalAccess:
        """Return a way into the page where webhooks are set (get app portal access)."""
        path = ("webhooks", "organizations", organization_id, "app-portal-access")
        return await self._one(WebhookAppPortalAccess, "get webhook portal access", "POST", path)

    async def get_initialization_status(self, organization_id: str) -> WebhookInitializationStatus:
        """Return how far webhooks are set up (get initialization status).

        Raises:
            DaytonaNotFoundError: They never were.
        """
        path = ("webhooks", "organizations", organization_id, "initialization-status")
        return await self._one(WebhookInitializationStatus, "get webhook status", "GET", path)

    async def initialize(self, organization_id: str) -> WebhookInitializationStatus:
        """Set webhooks up (initialize webhooks)."""
        path = ("webhooks", "organizations", organization_id, "initialize")
        return await self._one(WebhookInitializationStatus, "initialize webhooks", "POST", path)

    async def refresh_endpoints(self, organization_id: str) -> None:
        """Let Daytona read anew where webhooks go (refresh endpoints)."""
        path = ("webhooks", "organizations", organization_id, "refresh-endpoints")
        await self._nothing("refresh webhook endpoints", "POST", path)
