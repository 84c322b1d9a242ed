"""The organizations: this server's own, which everything belongs to, and others, which are records only."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from daytona_local.clock import Clock
from daytona_local.collection import Collection
from daytona_local.errors import ForbiddenError
from daytona_local.records import Record
from daytona_local.settings import ORGANIZATION_ID, TARGET
from daytona_local.store import Store
from daytona_local.users import USER_ID

MANY = 1_000_000
"""A limit that nobody meets, for what is not limited unless someone asks for it."""


class Organization(Record):
    """Hold an organization; GiB for memory and disk, minutes for the timeouts."""

    kind: ClassVar[str] = "organization"

    name: str
    created_by: str = USER_ID
    default_region_id: str = TARGET
    default_queue_timeout: int | None = None
    suspended: bool = False
    suspended_at: float | None = None
    suspension_reason: str | None = None
    suspended_until: float | None = None
    suspension_cleanup_grace_period_hours: int | float = 0
    max_cpu_per_sandbox: int | float = 4
    max_memory_per_sandbox: int | float = 8
    max_disk_per_sandbox: int | float = 10
    snapshot_quota: int | float = MANY
    max_snapshot_size: int | float = MANY
    volume_quota: int | float = MANY
    secret_quota: int | float = MANY
    max_secrets_per_sandbox: int | float = MANY
    max_concurrent_snapshot_processing: int | float = 0
    snapshot_deactivation_timeout_minutes: int | float = 20160
    experimental_config: dict[str, Any] = Field(default_factory=dict)
    otel_endpoint: str | None = None
    otel_headers: dict[str, str] | None = None


class Organizations(Collection[Organization]):
    """Keep the organizations; the own one is always there."""

    record = Organization
    missing = "Organization with ID {} not found"

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(store, clock)
        if self._table.get(ORGANIZATION_ID) is None:
            self._add_own()

    @property
    def own(self) -> Organization:
        """Return this server's own."""
        return self.get(ORGANIZATION_ID)

    def all(self, organization_id: str = "") -> list[Organization]:
        """Return every organization, the oldest first."""
        return [*self._table]

    def create(self, name: str, region_id: str) -> Organization:
        """Make one that nothing belongs to."""
        made = Organization(name=name, default_region_id=region_id)
        made.organization_id = made.id
        return self.add(made)

    def delete(self, organization: Organization) -> None:
        """Delete one.

        Raises:
            ForbiddenError: It is the own one.
        """
        if organization.id == ORGANIZATION_ID:
            raise ForbiddenError("The organization of this server cannot be deleted")
        self.remove(organization)

    def is_suspended(self, organization: Organization) -> bool:
        """Tell whether it may make nothing now."""
        until = organization.suspended_until
        return organization.suspended and (until is None or until > self._clock.now())

    def suspend(
        self, organization: Organization, reason: str | None, until: float | None, grace_hours: float
    ) -> None:
        """Let it make nothing for a while."""
        self.change(
            organization,
            suspended=True,
            suspended_at=self._clock.now(),
            suspension_reason=reason,
            suspended_until=until,
            suspension_cleanup_grace_period_hours=grace_hours,
        )

    def unsuspend(self, organization: Organization) -> None:
        """End a suspension."""
        self.change(
            organization, suspended=False, suspended_at=None, suspension_reason=None, suspended_until=None
        )

    def refuse_suspended(self) -> None:
        """Refuse what a suspended organization may not do.

        Raises:
            ForbiddenError: The own one is suspended.
        """
        if self.is_suspended(self.own):
            raise ForbiddenError(
                f"Organization is suspended: {self.own.suspension_reason or ''}".rstrip(": ")
            )

    def clear(self) -> None:
        """Begin anew: forget the others, and what was set for the own one."""
        super().clear()
        self._add_own()

    def _add_own(self) -> None:
        self.add(Organization(id=ORGANIZATION_ID, name="daytona-local"))
