"""Tokens for SSH: one per sandbox, valid for as long as was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from daytona_local.clock import ManualClock
from daytona_local.records import Sandbox
from daytona_local.ssh_access import LATEST, SshAccess, SshAccesses
from daytona_local.store import Store
from daytona_local.tables import Table


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "daytona.db")
    yield opened
    opened.close()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def accesses(store: Store, clock: ManualClock) -> SshAccesses:
    return SshAccesses(Table(SshAccess, store), clock)


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(name="box")


def test_a_token_is_valid_until_its_time_is_over(
    accesses: SshAccesses, sandbox: Sandbox, clock: ManualClock
) -> None:
    made = accesses.create(sandbox, 0.5)
    clock.advance(29)
    assert made == accesses.valid(made.token)
    clock.advance(1)
    assert accesses.valid(made.token) is None


def test_a_new_token_revokes_the_older_one_of_its_sandbox_only(
    accesses: SshAccesses, sandbox: Sandbox
) -> None:
    other, old = accesses.create(Sandbox(name="other"), 60), accesses.create(sandbox, 60)
    new = accesses.create(sandbox, 60)
    assert [other, None, new] == [accesses.valid(made.token) for made in (other, old, new)]


def test_one_token_is_revoked_by_its_name(accesses: SshAccesses, sandbox: Sandbox) -> None:
    made = accesses.create(sandbox, 60)
    accesses.revoke(sandbox, "another")
    accesses.revoke(Sandbox(name="other"), made.token)
    assert made == accesses.valid(made.token)
    for _ in range(2):
        accesses.revoke(sandbox, made.token)
        assert accesses.valid(made.token) is None


def test_all_are_revoked_without_a_name(accesses: SshAccesses, sandbox: Sandbox) -> None:
    made, other = accesses.create(sandbox, 60), accesses.create(Sandbox(name="other"), 60)
    accesses.revoke(sandbox)
    assert [None, other] == [accesses.valid(one.token) for one in (made, other)]


@pytest.mark.parametrize(
    ("minutes", "expected"), [(0, 0.0), (-1, -60.0), (1e300, LATEST), (-1e300, -ManualClock().now())]
)
def test_any_number_of_minutes_will_do(
    accesses: SshAccesses, sandbox: Sandbox, minutes: float, expected: float
) -> None:
    made = accesses.create(sandbox, minutes)
    assert min(made.created_at + expected, LATEST) == made.expires_at


def test_a_token_survives_the_server(
    store: Store, accesses: SshAccesses, sandbox: Sandbox, clock: ManualClock
) -> None:
    made = accesses.create(sandbox, 60)
    assert made == SshAccesses(Table(SshAccess, store), clock).valid(made.token)


def test_what_is_over_is_not_kept_for_ever(store: Store, accesses: SshAccesses, clock: ManualClock) -> None:
    for _ in range(3):
        accesses.create(Sandbox(name="box"), 1)
        clock.advance(60)
    assert 1 == len(list(store.load("ssh_access")))


def test_a_token_is_not_shown(accesses: SshAccesses, sandbox: Sandbox) -> None:
    made = accesses.create(sandbox, 60)
    assert made.token not in repr(made)


def test_a_token_outside_ascii_is_just_unknown(accesses: SshAccesses, sandbox: Sandbox) -> None:
    accesses.create(sandbox, 60)
    assert accesses.valid("\xe9") is None
