"""The runners: this server itself, and others, which are records of machines that never come."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import ClassVar

from pydantic import Field

from daytona_local.clock import Clock
from daytona_local.collection import Collection
from daytona_local.errors import ForbiddenError, InvalidError
from daytona_local.records import Record
from daytona_local.settings import TARGET, new_key
from daytona_local.store import Store

RUNNER_ID = "00000000-0000-4000-8000-0000000000f1"
READY = "ready"
INITIALIZING = "initializing"
NONE_AVAILABLE = "No available runners"


class Runner(Record):
    """Hold a runner; GiB for memory and disk; of its key only a hash."""

    kind: ClassVar[str] = "runner"

    name: str
    region_id: str = TARGET
    sandbox_class: str = "container"
    tags: list[str] = Field(default_factory=list)
    state: str = INITIALIZING
    unschedulable: bool = False
    draining: bool = False
    api_version: str = "2"
    domain: str | None = None
    api_url: str | None = None
    proxy_url: str | None = None
    cpu: int | float = 0
    memory_gib: int | float = 0
    disk_gib: int | float = 0
    digest: str = ""

    @property
    def key(self) -> str | None:
        """Return the name, which is unique in a region."""
        return f"{self.region_id}/{self.name}"


class Runners(Collection[Runner]):
    """Keep the runners; this server is always one.

    Args:
        store: Where they are kept.
        clock: Tells the time.
        data_dir: Where the sandboxes' files are.
    """

    record = Runner
    missing = "Runner with ID {} not found"
    taken = "Runner with name {} already exists"

    def __init__(self, store: Store, clock: Clock, data_dir: Path) -> None:
        super().__init__(store, clock)
        self._data_dir = data_dir
        self._measure()

    @property
    def this(self) -> Runner:
        """Return this server."""
        return self.get(RUNNER_ID)

    def in_region(self, region_id: str | None) -> list[Runner]:
        """Return the runners of a region, or all."""
        return [runner for runner in self.all() if region_id in (None, "", runner.region_id)]

    def create(self, runner: Runner, key: str | None = None) -> str:
        """Keep a new runner, and return its key, which is not kept.

        Args:
            runner: The runner.
            key: Its key; a new one by default.

        Raises:
            ConflictError: There is one of this name in the region.
        """
        value = key or new_key()
        runner.digest = hashlib.sha256(value.encode()).hexdigest()
        self.add(runner, runner.name)
        return value

    def delete(self, runner: Runner) -> None:
        """Delete a runner.

        Raises:
            ForbiddenError: It is this server.
        """
        if runner.id == RUNNER_ID:
            raise ForbiddenError("The runner is this server itself and cannot be deleted")
        self.remove(runner)

    def refuse_full(self, region_id: str) -> None:
        """Refuse a new sandbox where none can be made.

        Raises:
            InvalidError: No runner of the region takes one.
        """
        if not any(
            runner.state == READY and not runner.unschedulable and not runner.draining
            for runner in self.in_region(region_id)
        ):
            raise InvalidError(NONE_AVAILABLE)

    def clear(self) -> None:
        """Forget all but this server."""
        super().clear()
        self._measure()

    def _measure(self) -> None:
        """Keep what this machine has; it may be another one than last time."""
        known = self._table.get(RUNNER_ID)
        runner = known or self.add(Runner(id=RUNNER_ID, name="daytona-local", state=READY))
        gib, disk = 1024**3, os.statvfs(self._data_dir)
        self.change(
            runner,
            cpu=os.cpu_count() or 1,
            memory_gib=os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // gib,
            disk_gib=disk.f_blocks * disk.f_frsize // gib,
        )
