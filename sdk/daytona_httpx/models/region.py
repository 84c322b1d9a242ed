"""The wire models of regions."""

from __future__ import annotations

from typing import TypedDict

from pydantic import Field

from daytona_httpx.models.base import WireModel


class Region(WireModel):
    """Hold a region as the API sends it: ``shared``, ``dedicated`` or ``custom``.

    Example:
        >>> [region.id for region in daytona.regions.list_shared()]
        ['us']
    """

    id: str
    name: str
    organization_id: str | None = None
    region_type: str = ""
    proxy_url: str | None = None
    ssh_gateway_url: str | None = None
    snapshot_manager_url: str | None = None
    otel_endpoint: str | None = None
    created_at: str | None = None
    updated_at: str | None = None


class RegionUrls(TypedDict, total=False):
    """Name the addresses of a region's services; None clears one, left out it stays."""

    proxy_url: str | None
    ssh_gateway_url: str | None
    snapshot_manager_url: str | None
    otel_endpoint: str | None


class CreateRegionResponse(WireModel):
    """Hold a new region's id and the keys of its services, which are never shown again.

    Example:
        >>> made = daytona.regions.create("ours")
        >>> daytona.regions.get(made.id).name
        'ours'
        >>> daytona.regions.delete(made.id)
    """

    id: str
    proxy_api_key: str | None = Field(default=None, repr=False)
    ssh_gateway_api_key: str | None = Field(default=None, repr=False)
    snapshot_manager_username: str | None = None
    snapshot_manager_password: str | None = Field(default=None, repr=False)


class RegenerateApiKeyResponse(WireModel):
    """Hold the new key of a region's service."""

    api_key: str = Field(repr=False)


class SnapshotManagerCredentials(WireModel):
    """Hold the new credentials of a region's snapshot manager."""

    username: str
    password: str = Field(repr=False)
