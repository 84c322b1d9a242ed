"""Regions: where sandboxes run."""

from __future__ import annotations

import builtins
from typing import Unpack

from daytona_httpx._async.group import AsyncGroup
from daytona_httpx.models.region import (
    CreateRegionResponse,
    RegenerateApiKeyResponse,
    Region,
    RegionUrls,
    SnapshotManagerCredentials,
)
from daytona_httpx.wire import fields


class AsyncRegions(AsyncGroup):
    """Find regions; make, change and delete an organization's own."""

    async def list(self) -> builtins.list[Region]:
        """Return the regions that the organization can use (list available regions)."""
        return await self._many(Region, "list regions", ("regions",))

    async def list_shared(self) -> builtins.list[Region]:
        """Return the regions that everyone can use (list shared regions)."""
        return await self._many(Region, "list shared regions", ("shared-regions",))

    async def get(self, region_id: str) -> Region:
        """Return a region (get region by id).

        Raises:
            DaytonaNotFoundError: There is none.
        """
        return await self._one(Region, "get region", "GET", ("regions", region_id))

    async def create(self, name: str, **urls: Unpack[RegionUrls]) -> CreateRegionResponse:
        """Make a region; the keys of its services are only in this answer (create region).

        Args:
            name: Its name.
            urls: Where its services are, as in ``RegionUrls``.
        """
        body = {"name": name, **fields(urls)}
        return await self._one(CreateRegionResponse, "create region", "POST", ("regions",), json=body)

    async def update(self, region_id: str, **urls: Unpack[RegionUrls]) -> None:
        """Change where a region's services are (update region).

        Args:
            region_id: The region's id.
            urls: The addresses, as in ``RegionUrls``; None clears one, what is left out stays.
        """
        await self._nothing("update region", "PATCH", ("regions", region_id), json=fields(urls))

    async def delete(self, region_id: str) -> None:
        """Delete a region of the organization's (delete region)."""
        await self._delete("delete region", ("regions", region_id))

    async def regenerate_proxy_api_key(self, region_id: str) -> RegenerateApiKeyResponse:
        """Give the region's proxy a new key; the old one ends (regenerate proxy api key)."""
        path = ("regions", region_id, "regenerate-proxy-api-key")
        return await self._one(RegenerateApiKeyResponse, "regenerate proxy API key", "POST", path)

    async def regenerate_ssh_gateway_api_key(self, region_id: str) -> RegenerateApiKeyResponse:
        """Give the region's SSH gateway a new key; the old one ends (regenerate ssh gateway api key)."""
        path = ("regions", region_id, "regenerate-ssh-gateway-api-key")
        return await self._one(RegenerateApiKeyResponse, "regenerate SSH gateway API key", "POST", path)

    async def regenerate_snapshot_manager_credentials(self, region_id: str) -> SnapshotManagerCredentials:
        """Give the region's snapshot manager a new password; the old one ends.

        (regenerate snapshot manager credentials)
        """
        doing = "regenerate snapshot manager credentials"
        path = ("regions", region_id, "regenerate-snapshot-manager-credentials")
        return await self._one(SnapshotManagerCredentials, doing, "POST", path)
