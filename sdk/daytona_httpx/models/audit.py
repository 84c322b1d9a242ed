"""The wire models of the audit log."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from daytona_httpx.models.base import WireModel
from daytona_httpx.models.page import Page


class AuditLog(WireModel):
    """Hold who did what to what, and how it went.

    Example:
        >>> organization = daytona.organizations.list()[0]
        >>> entry = next(daytona.audit.list(organization.id))
        >>> entry.actor_id == daytona.users.get_me().id
        True
    """

    id: str
    action: str
    actor_id: str = ""
    actor_email: str = ""
    actor_api_key_prefix: str | None = None
    actor_api_key_suffix: str | None = None
    organization_id: str | None = None
    target_type: str | None = None
    target_id: str | None = None
    status_code: int | None = None
    error_message: str | None = None
    ip_address: str | None = None
    user_agent: str | None = None
    source: str | None = None
    metadata: dict[str, Any] | None = None
    created_at: str | None = None


class PaginatedAuditLogs(Page[AuditLog]):
    """Hold one page of the audit log."""


class AuditTargetScenario(WireModel):
    """Hold the actions that the log may have for a kind of target."""

    target_type: str
    actions: list[str]


class AuditScenarios(WireModel):
    """Hold what the audit log may have."""

    targets: list[AuditTargetScenario] = Field(default_factory=list)
