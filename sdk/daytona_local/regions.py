"""The regions: ``us``, where every sandbox of this server runs, and an organization's own, records only."""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import ClassVar

from pydantic import Field

from daytona_local.clock import Clock
from daytona_local.collection import Collection
from daytona_local.errors import ForbiddenError, InvalidError
from daytona_local.records import Record
from daytona_local.settings import TARGET, new_key
from daytona_local.store import Store

SHARED = "shared"
CUSTOM = "custom"
SNAPSHOT_MANAGER_USER = "daytona"
NAME = re.compile(r"[A-Za-z0-9_.-]{2,255}")


class Region(Record):
    """Hold a region; of the keys of its services only hashes."""

    kind: ClassVar[str] = "region"

    name: str
    region_type: str = CUSTOM
    proxy_url: str | None = None
    ssh_gateway_url: str | None = None
    snapshot_manager_url: str | None = None
    otel_endpoint: str | None = None
    digests: dict[str, str] = Field(default_factory=dict)

    @property
    def key(self) -> str | None:
        """Return the name, which is unique in an organization."""
        return f"{self.organization_id}/{self.name}"


class Regions(Collection[Region]):
    """Keep the regions; ``us`` is always there."""

    record = Region
    missing = "Region not found"
    taken = "Region with name {} already exists"

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(store, clock)
        if self._table.get(TARGET) is None:
            self._add_shared()

    def available(self) -> list[Region]:
        """Return every region, the shared one first."""
        return [*self._table]

    def shared(self) -> list[Region]:
        """Return those that are not an organization's own."""
        return [region for region in self._table if region.region_type == SHARED]

    def own(self, region_id: str) -> Region:
        """Return a region that may be changed.

        Raises:
            NotFoundError: There is none.
            ForbiddenError: It is shared.
        """
        region = self.get(region_id)
        if region.region_type == SHARED:
            raise ForbiddenError(f"Region {region_id} is shared; only an organization's own can be changed")
        return region

    def create(self, region: Region) -> Region:
        """Keep a new region.

        Raises:
            InvalidError: Its name can't be.
            ConflictError: There is one of this name.
        """
        if not NAME.fullmatch(region.name):
            raise InvalidError(
                "Region name must contain only letters, numbers, underscores, periods, and hyphens"
            )
        return self.add(region, region.name)

    def new_service_key(self, region: Region, service: str) -> str:
        """Give a service of a region a new key, of which only a hash is kept; the old one ends.

        Args:
            region: The region.
            service: ``proxy``, ``ssh_gateway`` or ``snapshot_manager``.

        Raises:
            InvalidError: The region has no such service.
        """
        if not getattr(region, f"{service}_url"):
            said = {"proxy": "a proxy", "ssh_gateway": "an SSH gateway"}.get(service, "a snapshot manager")
            raise InvalidError(f"Region does not have {said} URL configured")
        value = secrets.token_urlsafe(16) if service == "snapshot_manager" else new_key()
        digest = hashlib.sha256(value.encode()).hexdigest()
        self.change(region, digests={**region.digests, service: digest})
        return value

    def clear(self) -> None:
        """Forget all but the shared one."""
        super().clear()
        self._add_shared()

    def _add_shared(self) -> None:
        self.add(Region(id=TARGET, name=TARGET, organization_id="", region_type=SHARED))
