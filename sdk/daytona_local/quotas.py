"""The quotas: how much an organization's sandboxes may have in a region, each and all together.

Nothing is limited unless someone asks for it: a total that was not set is more than anyone needs. What this
server has no use for, the limits of GPUs and of lifespans, is kept and shown, and limits nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from daytona_local.clock import Clock
from daytona_local.collection import Collection
from daytona_local.errors import InvalidError
from daytona_local.organizations import MANY, Organizations
from daytona_local.records import Record, Sandbox
from daytona_local.settings import ORGANIZATION_ID, TARGET
from daytona_local.store import Store
from daytona_local.tables import Table

KINDS = ("cpu", "memory", "disk", "gpu")
CONTAINER = "container"
NO_DISK = frozenset({"archived", "error", "build_failed", "destroyed", "destroying"})
NO_COMPUTE = NO_DISK | {"stopped", "archiving"}
_NAMES = {"cpu": "CPU", "memory": "memory", "disk": "disk", "gpu": "GPU"}
_UNITS = {"cpu": "", "memory": "GiB", "disk": "GiB", "gpu": ""}
_LIMIT_UNITS = {"cpu": "", "memory": "GB", "disk": "GB", "gpu": ""}


class RegionQuota(Record):
    """Hold the limits of an organization in a region, for one class of sandboxes."""

    kind: ClassVar[str] = "region_quota"

    region_id: str = TARGET
    sandbox_class: str = CONTAINER
    total_cpu_quota: int | float = MANY
    total_memory_quota: int | float = MANY
    total_disk_quota: int | float = MANY
    total_gpu_quota: int | float = MANY
    allowed_gpu_types: list[str] | None = None
    max_cpu_per_sandbox: int | float | None = None
    max_memory_per_sandbox: int | float | None = None
    max_disk_per_sandbox: int | float | None = None
    max_disk_per_non_ephemeral_sandbox: int | float | None = None
    max_cpu_per_gpu: int | float | None = None
    max_memory_per_gpu: int | float | None = None
    max_disk_per_gpu: int | float | None = None
    max_sandbox_lifespan: int | float | None = None

    @property
    def key(self) -> str | None:
        """Return what it is the quota of."""
        return f"{self.organization_id}/{self.region_id}/{self.sandbox_class}"


class Quotas(Collection[RegionQuota]):
    """Keep the quotas, and refuse what would exceed them.

    Args:
        store: Where they are kept.
        clock: Tells the time.
        organizations: Whose they are.
        sandboxes: What counts.
    """

    record = RegionQuota
    missing = "Region quota not found"
    taken = "Region quota already exists"

    def __init__(
        self, store: Store, clock: Clock, organizations: Organizations, sandboxes: Table[Sandbox]
    ) -> None:
        super().__init__(store, clock)
        self._organizations = organizations
        self._sandboxes = sandboxes

    def of(self, organization_id: str, region_id: str, sandbox_class: str) -> RegionQuota:
        """Return a quota; one that limits nothing where none was set."""
        fresh = RegionQuota(organization_id=organization_id, region_id=region_id, sandbox_class=sandbox_class)
        return self._table.named(fresh.key or "") or fresh

    def must(self, organization_id: str, region_id: str, sandbox_class: str) -> RegionQuota:
        """Return a quota that was set.

        Raises:
            NotFoundError: There is none.
        """
        quota = self.of(organization_id, region_id, sandbox_class)
        return self.get(quota.id)

    def set(self, quota: RegionQuota, **limits: Any) -> None:
        """Change limits, and keep that.

        Args:
            quota: Whose.
            limits: The new ones; a total that is None stays, another one that is None is lifted.
        """
        kept = {
            name: value
            for name, value in limits.items()
            if value is not None or not name.startswith("total_")
        }
        self.change(quota, **kept)

    def used(self, region_id: str, sandbox_class: str, without: str = "") -> dict[str, int]:
        """Return what the sandboxes in a region have together.

        Args:
            region_id: The region.
            sandbox_class: Which of them.
            without: The id of one that isn't counted.
        """
        return _sums(
            sandbox
            for sandbox in self._sandboxes
            if (sandbox.target, sandbox.sandbox_class) == (region_id, sandbox_class) and sandbox.id != without
        )

    def used_everywhere(self) -> dict[str, int]:
        """Return what all sandboxes have together."""
        return _sums(self._sandboxes)

    def check_size(self, kind: str, size: float, region_id: str = TARGET) -> None:
        """Refuse a size that no sandbox may have.

        Raises:
            InvalidError: It is too large.
        """
        if kind == "gpu":
            return
        most = self._most(kind, region_id)
        if size > most:
            raise _too_large(kind, size, most)

    def admit(self, sandbox: Sandbox, sizes: Mapping[str, int] | None = None) -> None:
        """Refuse what would exceed the quota: a new sandbox, a start, or other sizes.

        Args:
            sandbox: The sandbox; its record is as it was before.
            sizes: The new sizes, where they are what changes.

        Raises:
            ForbiddenError: The organization is suspended.
            InvalidError: A limit would be exceeded.
        """
        self._organizations.refuse_suspended()
        wanted = sizes if sizes is not None else self._not_counted_yet(sandbox)
        for kind, size in wanted.items():
            self.check_size(kind, size, sandbox.target)
        quota = self.of(ORGANIZATION_ID, sandbox.target, sandbox.sandbox_class)
        if self._table.get(quota.id) is None:
            return  # none was set, so nothing need be counted
        most = quota.max_disk_per_non_ephemeral_sandbox
        if most is not None and not sandbox.ephemeral and wanted.get("disk", 0) > most:
            raise _too_large("disk", wanted["disk"], most)
        used = self.used(sandbox.target, sandbox.sandbox_class, without=sandbox.id)
        for kind, size in wanted.items():
            total = getattr(quota, f"total_{kind}_quota")
            if sizes is not None and not _counts(sandbox, kind):
                continue  # it isn't counted before it is started
            if used[kind] + size > total:
                raise InvalidError(
                    f"Total {_NAMES[kind]} limit exceeded. Maximum allowed: {total}{_UNITS[kind]}.\n"
                    "To increase concurrency limits, raise this server's quota: "
                    f"PATCH /api/organizations/{ORGANIZATION_ID}/quota/{sandbox.target}"
                )

    def admit_one(self, there_are: int, thing: str) -> None:
        """Refuse one more of something that the organization's quota counts.

        Args:
            there_are: How many there are.
            thing: ``snapshot``, ``volume`` or ``secret``.

        Raises:
            ForbiddenError: The organization is suspended.
            InvalidError: There may not be more of it.
        """
        self._organizations.refuse_suspended()
        quota = getattr(self._organizations.own, f"{thing}_quota")
        if there_are + 1 > quota:
            raise InvalidError(f"{thing.capitalize()} quota exceeded. Maximum allowed: {quota}")

    def _most(self, kind: str, region_id: str) -> float:
        quota = self.of(ORGANIZATION_ID, region_id, CONTAINER)
        own = getattr(quota, f"max_{kind}_per_sandbox")
        most: float = own if own is not None else getattr(self._organizations.own, f"max_{kind}_per_sandbox")
        return most

    def _not_counted_yet(self, sandbox: Sandbox) -> dict[str, int]:
        known = self._sandboxes.get(sandbox.id) is not None
        return {kind: _size(sandbox, kind) for kind in KINDS if not (known and _counts(sandbox, kind))}


def _too_large(kind: str, size: float, most: float) -> InvalidError:
    unit, name = _LIMIT_UNITS[kind], _NAMES[kind]
    return InvalidError(
        f"{name[0].upper()}{name[1:]} request {size}{unit} exceeds maximum allowed per sandbox "
        f"({most}{unit}).\nNeed higher resource limits? Raise this server's: "
        f"PATCH /api/organizations/{ORGANIZATION_ID}/quota"
    )


def _sums(sandboxes: Iterable[Sandbox]) -> dict[str, int]:
    counted = [*sandboxes]
    return {
        kind: sum(_size(sandbox, kind) for sandbox in counted if _counts(sandbox, kind)) for kind in KINDS
    }


def _counts(sandbox: Sandbox, kind: str) -> bool:
    return sandbox.state not in (NO_DISK if kind == "disk" else NO_COMPUTE)


def _size(sandbox: Sandbox, kind: str) -> int:
    size: int = getattr(sandbox, kind)
    return size
