"""The wire models of the API itself: its configuration and its health."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from daytona_httpx.models.base import WireModel


class OidcConfig(WireModel):
    """Hold where users sign in."""

    issuer: str
    client_id: str
    audience: str = ""
    provider: str | None = None


class RateLimitEntry(WireModel):
    """Hold a rate limit: how many requests in which time."""

    ttl: int | None = None
    limit: int | None = None


class RateLimitConfig(WireModel):
    """Hold the rate limits that hold where an organization has none of its own."""

    failed_auth: RateLimitEntry | None = None
    authenticated: RateLimitEntry | None = None
    sandbox_create: RateLimitEntry | None = None
    sandbox_lifecycle: RateLimitEntry | None = None
    sandbox_list: RateLimitEntry | None = None


class DaytonaConfiguration(WireModel):
    """Hold how a Daytona is set up; minutes for the interval.

    Example:
        >>> daytona.system.get_config().default_snapshot
        'daytona-local:default'
    """

    version: str
    build_sha: str | None = None
    environment: str = ""
    oidc: OidcConfig | None = None
    default_snapshot: str = ""
    proxy_template_url: str = ""
    proxy_toolbox_url: str = ""
    dashboard_url: str = ""
    analytics_api_url: str | None = None
    billing_api_url: str | None = None
    max_auto_archive_interval: int | None = None
    maintenance_mode: bool = Field(default=False, alias="maintananceMode")
    linked_accounts_enabled: bool = False
    forced_feature_flags: list[str] | None = None
    announcements: dict[str, Any] = Field(default_factory=dict)
    ssh_gateway_command: str | None = None
    ssh_gateway_public_key: str | None = None
    rate_limit: RateLimitConfig | None = None


class HealthCheck(WireModel):
    """Hold how the API is, and each part that it needs."""

    status: str
    info: dict[str, Any] | None = None
    error: dict[str, Any] | None = None
    details: dict[str, Any] | None = None
