"""A look-over: what is well, what may go wrong, and what does; no credential is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from daytona_httpx import Daytona
from daytona_local import LocalDaytona
from pulumi_daytona.core import doctor
from pulumi_daytona.core.doctor_finding import Finding, Status
from pulumi_daytona.core.doctor_probe import Answer, probe
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.settings import Settings

ORGANIZATION = "00000000-0000-4000-8000-00000000da71"
EVERYTHING = [*doctor.SANDBOX_PERMISSIONS, *doctor.VOLUME_PERMISSIONS]


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona(control=True) as running:
        yield running


@pytest.fixture
def client(server: LocalDaytona) -> Iterator[Daytona]:
    headers = {"Authorization": f"Bearer {server.api_key}"}
    with Daytona(api_url=server.api_url, api_key=server.api_key) as made:
        yield made
    httpx.post(f"{server.url}/_local/reset", headers=headers).raise_for_status()


def look(server: LocalDaytona, **settings: str | None) -> dict[str, Finding]:
    """Look over an account; the last finding of each kind."""
    session = Session(Settings(**{"api_key": server.api_key, "api_url": server.api_url, **settings}))
    try:
        answer = session.run(probe(server.api_url))

        async def collect() -> list[Finding]:
            return [finding async for finding in doctor.account(session, answer)]

        return {finding.check: finding for finding in session.run(collect())}
    finally:
        session.close()


def key_of(client: Daytona, *permissions: str, expires_at: datetime | None = None) -> str:
    made = client.api_keys.create(f"key {len(client.api_keys.list())}", permissions, expires_at)
    return made.value


def test_a_key_that_may_everything_finds_all_well(server: LocalDaytona) -> None:
    found = look(server)
    assert {"key", "quota", "default snapshot", "region"} == set(found)
    assert {Status.OK} == {finding.status for finding in found.values()}
    assert all(not finding.advice for finding in found.values())
    assert server.api_key not in repr(found)


def test_a_key_that_is_wrong_is_an_error_and_is_tried_once(server: LocalDaytona, client: Daytona) -> None:
    headers = {"Authorization": f"Bearer {server.api_key}"}
    httpx.delete(f"{server.url}/_local/journal", headers=headers)
    found = look(server, api_key="dtn_wrong")
    journal = httpx.get(f"{server.url}/_local/journal", headers=headers).json()
    assert ["key"] == list(found)
    assert Status.ERROR == found["key"].status
    assert "dtn_wrong" not in repr(found)
    assert 1 == len([entry for entry in journal if entry["status"] == 401])


@pytest.mark.parametrize(
    ("permissions", "status", "words"),
    [
        ([], Status.ERROR, "may not write:sandboxes, delete:sandboxes"),
        (["write:sandboxes", *doctor.VOLUME_PERMISSIONS], Status.ERROR, "may not delete:sandboxes"),
        ([*doctor.SANDBOX_PERMISSIONS, "read:volumes"], Status.WARNING, "may not write:volumes, delete"),
        (EVERYTHING, Status.OK, "may change sandboxes and volumes"),
    ],
)
def test_a_key_is_told_what_it_may_not(
    server: LocalDaytona, client: Daytona, permissions: list[str], status: Status, words: str
) -> None:
    found = look(server, api_key=key_of(client, *permissions))
    assert status == found["key"].status
    assert words in found["key"].detail


@pytest.mark.parametrize(("days", "status"), [(1, Status.WARNING), (30, Status.OK)])
def test_a_key_that_ends_soon_is_a_warning(
    server: LocalDaytona, client: Daytona, days: int, status: Status
) -> None:
    ends = datetime.now(UTC) + timedelta(days=days)
    found = look(server, api_key=key_of(client, *EVERYTHING, expires_at=ends))
    assert status == found["key"].status
    assert str(ends.year) in found["key"].detail


def test_an_ordinary_key_may_not_see_the_quota_and_that_is_well(
    server: LocalDaytona, client: Daytona
) -> None:
    found = look(server, api_key=key_of(client, *EVERYTHING))
    assert Status.OK == found["quota"].status
    assert "not shown" in found["quota"].detail
    assert "may not see" in found["region"].detail


def test_a_quota_that_is_used_up_is_a_warning(server: LocalDaytona, client: Daytona) -> None:
    client.organizations.update_quota(ORGANIZATION, volume_quota=1)
    client.volume.create("the only one")
    found = look(server)
    assert Status.WARNING == found["quota"].status
    assert "0 of 1 volumes" in found["quota"].detail


def test_a_region_that_isn_t_there_is_an_error_with_those_that_are(server: LocalDaytona) -> None:
    found = look(server, target="mars")["region"]
    assert Status.ERROR == found.status
    assert "available: us" in found.detail
    assert Status.OK == look(server, target="us")["region"].status


def test_a_part_that_fails_leaves_the_others_to_be_looked_at(server: LocalDaytona, client: Daytona) -> None:
    headers = {"Authorization": f"Bearer {server.api_key}"}
    fault = {"method": "GET", "path": "/api/snapshots/*", "status": 400, "message": "out of order"}
    httpx.post(f"{server.url}/_local/faults", headers=headers, json=fault).raise_for_status()
    found = look(server)
    assert Status.WARNING == found["default snapshot"].status
    assert "out of order" in found["default snapshot"].detail
    assert Status.OK == found["region"].status


@pytest.mark.parametrize(
    ("ahead_s", "status", "words"),
    [
        (0.2, Status.OK, "within 1 s"),
        (-29, Status.OK, "within 29 s"),
        (90, Status.WARNING, "90 s behind"),
        (-90, Status.WARNING, "90 s ahead of"),
        (None, Status.OK, "not compared"),
    ],
)
def test_clocks_that_differ_are_a_warning(ahead_s: float | None, status: Status, words: str) -> None:
    finding = doctor.clock(Answer("u", "1", 0.1, ahead_s, None))
    assert status == finding.status
    assert words in finding.detail


@pytest.mark.parametrize("text", [None, "", "soon", "2026-01-01T00:00:00"])
def test_a_time_that_tells_no_zone_is_no_time(text: str | None) -> None:
    assert doctor.moment(text) is None
