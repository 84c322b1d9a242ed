"""Warm pools: sandboxes that are started before anyone asks for them, and handed over at once.

A warm sandbox is one like any other, with the id of its pool in its record; it counts for the quota. A
create takes one when it wants what is ready: the same snapshot and region, the default user, and nothing that
can't be given to a sandbox that runs already (variables, volumes, secrets, a network that is limited).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import ClassVar

from daytona_local.clock import Clock
from daytona_local.collection import Collection
from daytona_local.errors import ConflictError, RefusedError
from daytona_local.jobs import Jobs
from daytona_local.lifecycle import FAILED, UNDER_WAY, Lifecycle
from daytona_local.records import Record, Sandbox
from daytona_local.settings import TARGET
from daytona_local.store import Store
from daytona_local.tables import Table

logger = logging.getLogger(__name__)

MOST = 100
"""How many sandboxes a pool of this machine may have."""

GIVEN = (
    "name", "labels", "public", "auto_stop_minutes", "auto_pause_minutes", "auto_archive_minutes",
    "auto_delete_minutes", "destroy_at", "queue_timeout",
)  # fmt: skip
OWN = (
    "id", "organization_id", "created_at", "updated_at", "warm_pool_id", "parent_id", "state",
    "desired_state", "error_reason", "recoverable", "backup_state", "backup_created_at", "pending",
    "last_activity_at", "stopped_at", "history", "auth_token", "signing_key",
)  # fmt: skip
SAME = tuple(name for name in Sandbox.model_fields if name not in (*GIVEN, *OWN))


class WarmPool(Record):
    """Hold a pool: how many sandboxes of a snapshot are to be ready."""

    kind: ClassVar[str] = "warm_pool"

    snapshot: str
    pool: int
    target: str = TARGET
    user: str
    cpu: int
    memory: int
    disk: int
    error_reason: str | None = None

    @property
    def key(self) -> str | None:
        """Return what it is the pool of."""
        return f"{self.target}/{self.snapshot}"


class WarmPools(Collection[WarmPool]):
    """Keep the pools filled, and hand their sandboxes over.

    Args:
        store: Where the pools are kept.
        clock: Tells the time.
        sandboxes: The records of sandboxes.
        lifecycle: Makes and deletes them.

    Attributes:
        template: Returns the record of a new sandbox of a snapshot in a region, as a create that says nothing
            else would make it.
    """

    record = WarmPool
    missing = "Warm pool with ID {} not found"
    taken = "Warm pool for {} already exists"

    def __init__(self, store: Store, clock: Clock, sandboxes: Table[Sandbox], lifecycle: Lifecycle) -> None:
        super().__init__(store, clock)
        self._sandboxes = sandboxes
        self._lifecycle = lifecycle
        self.template: Callable[[str, str], Sandbox] = _no_template
        self._jobs = Jobs()
        lifecycle.transitions.on_change.append(self._note)

    def create(self, snapshot: str, size: int, target: str) -> WarmPool:
        """Make a pool; its sandboxes are made in the background.

        Args:
            snapshot: The snapshot's id or name.
            size: How many are to be ready.
            target: The region, the organization's default where it is empty.

        Raises:
            RefusedError: No sandbox of this snapshot can be made there.
            ConflictError: There is one of this snapshot in the region.
        """
        like = self.template(snapshot, target)
        made = WarmPool(
            snapshot=like.snapshot or "",
            pool=size,
            target=like.target,
            user=like.user,
            cpu=like.cpu,
            memory=like.memory,
            disk=like.disk,
        )
        self.add(made, f"snapshot {made.snapshot} in region {made.target}")
        self.balance(made.id)
        return made

    def resize(self, pool: WarmPool, size: int) -> None:
        """Set how many are to be ready."""
        self.change(pool, pool=size)
        self._renew(pool)

    def delete(self, pool: WarmPool) -> None:
        """Delete a pool and what is in it."""
        self.remove(pool)
        self.balance(pool.id)

    def ready(self, pool_id: str) -> list[Sandbox]:
        """Return the sandboxes of a pool that can be taken."""
        return [sandbox for sandbox in self._members(pool_id) if sandbox.state == "started"]

    def take(self, wanted: Sandbox) -> Sandbox | None:
        """Return a sandbox that is what is wanted and runs already, None where there is none.

        Args:
            wanted: The record of a sandbox that was to be made.

        Raises:
            ConflictError: The name is taken.
            ForbiddenError: The organization is suspended.
        """
        pool = self._table.named(f"{wanted.target}/{wanted.snapshot}")
        found = next((one for one in self.ready(pool.id) if _suits(one, wanted)), None) if pool else None
        if pool is None or found is None:
            return None
        self._lifecycle.admit(found, {})
        changes = {name: getattr(wanted, name) for name in GIVEN}
        if wanted.name == wanted.id:
            changes["name"] = found.id
        elif self._sandboxes.named(wanted.name) is not None:
            raise ConflictError(f"Sandbox with name {wanted.name} already exists")
        now = self._clock.now()
        steps = self._lifecycle.transitions
        steps.change(found, **changes, warm_pool_id=None, created_at=now, last_activity_at=now)
        self._renew(pool)
        return found

    def resume(self) -> None:
        """Fill the pools of a server that has just started, and remove what is left of others."""
        for pool in self._table:
            self._renew(pool)
        for pool_id in {sandbox.warm_pool_id for sandbox in self._sandboxes} - {None}:
            self.balance(str(pool_id))

    async def close(self) -> None:
        """Break off what is done about pools; the next server goes on with it."""
        await self._jobs.close()

    def balance(self, pool_id: str) -> None:
        """Make what a pool lacks, and delete what it has too many."""
        pool, members = self._table.get(pool_id), self._members(pool_id)
        for sandbox in (one for one in members if not _is_of_use(one)):
            self._lifecycle.delete(sandbox)
        left = [sandbox for sandbox in members if _is_of_use(sandbox)]
        size = pool.pool if pool is not None else 0
        for sandbox in left[size:]:
            if sandbox.state not in UNDER_WAY:  # else it is looked at again when it has settled
                self._lifecycle.delete(sandbox)
        if pool is not None and pool.error_reason is None:
            self._fill(pool, size - len(left))

    def _renew(self, pool: WarmPool) -> None:
        """Fill a pool, even if that failed before."""
        if pool.error_reason is not None:
            self.change(pool, error_reason=None)
        self.balance(pool.id)

    def _fill(self, pool: WarmPool, missing: int) -> None:
        for _ in range(missing):
            try:
                sandbox = self.template(pool.snapshot, pool.target)
                sandbox.warm_pool_id = pool.id
                sandbox.auto_stop_minutes = 0  # who waits to be taken is not idle
                self._lifecycle.create(sandbox)
            except RefusedError as refused:
                self.change(pool, error_reason=refused.message)
                return

    def _members(self, pool_id: str) -> list[Sandbox]:
        return [
            sandbox
            for sandbox in self._sandboxes
            if sandbox.warm_pool_id == pool_id and not sandbox.is_hidden and sandbox.state != "destroying"
        ]

    def _note(self, sandbox: Sandbox, before: str) -> None:
        """Look at a pool again when one of its sandboxes has come to rest."""
        pool_id = sandbox.warm_pool_id
        if pool_id is None or before == sandbox.state or sandbox.state in UNDER_WAY:
            return
        pool = self._table.get(pool_id)
        if pool is not None and sandbox.state in FAILED and not sandbox.is_hidden:
            logger.warning("the warm pool of %s: %s", pool.snapshot, sandbox.error_reason)
            self.change(pool, error_reason=sandbox.error_reason)
        # Not from within the change itself, which others have still to be told of.
        self._jobs.begin(pool_id, lambda: self._balance(pool_id))

    async def _balance(self, pool_id: str) -> None:
        self.balance(pool_id)


def _no_template(snapshot: str, target: str) -> Sandbox:
    raise RuntimeError(f"nobody said how a sandbox of {snapshot} in {target} is made")


def _is_of_use(sandbox: Sandbox) -> bool:
    """Tell whether a sandbox of a pool is ready, or will be."""
    return sandbox.state == "started" or sandbox.state in UNDER_WAY


def _suits(ready: Sandbox, wanted: Sandbox) -> bool:
    return all(getattr(ready, name) == getattr(wanted, name) for name in SAME)
