# Generated from the core's look-ups by `make generate`; do not edit.
"""What the look-ups of ``system`` return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class OidcConfigResult:
    """Hold where users sign in."""

    issuer: str
    client_id: str
    audience: str
    provider: str | None


@dataclass(frozen=True, kw_only=True)
class RateLimitEntryResult:
    """Hold a rate limit: how many requests in which time."""

    ttl: int | None
    limit: int | None


@dataclass(frozen=True, kw_only=True)
class RateLimitConfigResult:
    """Hold the rate limits that hold where an organization has none of its own."""

    failed_auth: RateLimitEntryResult | None
    authenticated: RateLimitEntryResult | None
    sandbox_create: RateLimitEntryResult | None
    sandbox_lifecycle: RateLimitEntryResult | None
    sandbox_list: RateLimitEntryResult | None


@dataclass(frozen=True, kw_only=True)
class ApiConfigResult:
    """Hold how a Daytona is set up; minutes for the interval."""

    version: str
    build_sha: str | None
    environment: str
    oidc: OidcConfigResult | None
    default_snapshot: str
    proxy_template_url: str
    proxy_toolbox_url: str
    dashboard_url: str
    analytics_api_url: str | None
    billing_api_url: str | None
    max_auto_archive_interval: int | None
    maintenance_mode: bool
    linked_accounts_enabled: bool
    forced_feature_flags: list[str] | None
    announcements: dict[str, Any]
    ssh_gateway_command: str | None
    ssh_gateway_public_key: str | None
    rate_limit: RateLimitConfigResult | None


@dataclass(frozen=True, kw_only=True)
class ApiHealthResult:
    """Hold how the API is, and each part that it needs."""

    status: str
    info: dict[str, Any] | None
    error: dict[str, Any] | None
    details: dict[str, Any] | None
