"""What counts for a quota, by the state of a sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from daytona_local.clock import ManualClock
from daytona_local.errors import InvalidError
from daytona_local.organizations import Organizations
from daytona_local.quotas import CONTAINER, Quotas
from daytona_local.records import Sandbox
from daytona_local.settings import ORGANIZATION_ID
from daytona_local.store import Store
from daytona_local.tables import Table


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "daytona.db")
    yield made
    made.close()


@pytest.fixture
def sandboxes(store: Store) -> Table[Sandbox]:
    return Table(Sandbox, store)


@pytest.fixture
def quotas(store: Store, sandboxes: Table[Sandbox]) -> Quotas:
    clock = ManualClock()
    return Quotas(store, clock, Organizations(store, clock), sandboxes)


@pytest.mark.parametrize(
    ("state", "used"),
    [
        ("creating", (2, 3)),
        ("started", (2, 3)),
        ("stopping", (2, 3)),
        ("stopped", (0, 3)),
        ("archiving", (0, 3)),
        ("archived", (0, 0)),
        ("error", (0, 0)),
        ("destroying", (0, 0)),
    ],
)
def test_what_counts(quotas: Quotas, sandboxes: Table[Sandbox], state: str, used: tuple[int, int]) -> None:
    sandboxes.save(Sandbox(name="a", state=state, cpu=2, disk=3))
    found = quotas.used("us", CONTAINER)
    assert used == (found["cpu"], found["disk"])


def test_a_start_needs_what_a_stopped_one_doesn_t_have_yet(quotas: Quotas, sandboxes: Table[Sandbox]) -> None:
    quotas.set(quotas.of(ORGANIZATION_ID, "us", CONTAINER), total_cpu_quota=1, total_disk_quota=0)
    stopped = Sandbox(name="a", state="stopped", cpu=1, disk=3)
    sandboxes.save(stopped)
    quotas.admit(stopped)
    stopped.state = "archived"
    with pytest.raises(InvalidError, match="Total disk limit exceeded"):
        quotas.admit(stopped)


def test_a_total_that_is_none_stays_and_another_limit_that_is_none_is_lifted(quotas: Quotas) -> None:
    quota = quotas.of(ORGANIZATION_ID, "us", CONTAINER)
    quotas.set(quota, total_cpu_quota=1, max_cpu_per_sandbox=1)
    quotas.set(quota, total_cpu_quota=None, max_cpu_per_sandbox=None)
    found = quotas.of(ORGANIZATION_ID, "us", CONTAINER)
    assert (1, None) == (found.total_cpu_quota, found.max_cpu_per_sandbox)
