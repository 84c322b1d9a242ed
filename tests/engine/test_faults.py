"""Whatever the server does, each verb of Sandbox, Snapshot and Volume is a success, or one clear line.

Nothing is left over either way. The verbs run in this process; what a user sees of a failure with the real
engine is in test_weaknesses.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from daytona_httpx import Daytona, DaytonaConfig, retry
from daytona_local import LocalDaytona
from daytona_local.settings import DEFAULT_SNAPSHOT, TARGET
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.settings import Settings

from tests.engine.control import Control
from tests.engine.verbs import (
    FAULTS,
    INPUTS,
    PASSES,
    Meddling,
    Resource,
    order_removal,
    remove_all,
    there,
    until,
)

pytestmark = pytest.mark.engine

BROKEN = f"FROM {DEFAULT_SNAPSHOT}\nRUN false\n"


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona(control=True, transition_s=0.01) as running:
        yield running


@pytest.fixture(scope="module")
def control(server: LocalDaytona) -> Iterator[Control]:
    made = Control(server)
    yield made
    made.close()


@pytest.fixture(scope="module")
def client(server: LocalDaytona) -> Iterator[Daytona]:
    with Daytona(DaytonaConfig(api_url=server.api_url, api_key=server.api_key)) as made:
        yield made


@pytest.fixture
def meddling() -> Meddling:
    return Meddling()


@pytest.fixture
def session(
    server: LocalDaytona,
    client: Daytona,
    control: Control,
    meddling: Meddling,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Session]:
    monkeypatch.setattr(retry, "_paces", {})
    control.clear()
    made = Session(Settings(api_key=server.api_key, api_url=server.api_url), transport=meddling)
    yield made
    made.close()
    control.clear()
    remove_all(client)


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", INPUTS)
def test_a_life_in_which_one_request_of_every_verb_fails(
    session: Session, client: Daytona, control: Control, kind: str, fault: str, number: int
) -> None:
    resource = Resource(session, kind)
    for verb in ("create", "read", "update", "delete"):
        control.fault(skip=number, **FAULTS[fault])
        failure = resource.failure(verb)
        control.clear()
        assert not failure or fault not in PASSES, failure
        if failure:
            assert verb != "create" or [] == there(client)
            assert "" == resource.failure(verb)
        assert ([] if verb == "delete" else [resource.id]) == there(client)


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("verb", ["create", "update", "delete"])
@pytest.mark.parametrize("kind", INPUTS)
def test_what_is_removed_by_another_meanwhile(
    session: Session, client: Daytona, meddling: Meddling, kind: str, verb: str, number: int
) -> None:
    resource = Resource(session, kind)
    if verb != "create":
        resource.create()
    meddling.before(number, lambda: remove_all(client))
    failure = resource.failure(verb)
    assert verb != "delete" or "" == failure
    assert not failure or [] == there(client)


@pytest.mark.parametrize(("verb", "step"), [("create", "boot"), ("update", "stop")])
def test_a_sandbox_that_goes_to_error_is_one_clear_line(
    session: Session, client: Daytona, control: Control, verb: str, step: str
) -> None:
    resource = Resource(session, "Sandbox")
    if verb == "update":
        resource.create()
        resource.given["state"] = "stopped"
    control.fault(step=step, reason="the disk is full")
    assert "the disk is full" in resource.failure(verb)
    assert ([resource.id] if resource.id else []) == there(client)


@pytest.mark.parametrize(
    ("kind", "given", "reason"),
    [
        ("Sandbox", {"dockerfile": BROKEN}, "RUN: it exited with 1"),
        ("Snapshot", {"image": None, "dockerfile": BROKEN}, "RUN: it exited with 1"),
        ("Snapshot", {"image": "nobody/has-it:1"}, "nobody/has-it:1"),
    ],
)
def test_what_can_not_be_built_is_one_clear_line_and_nothing_is_left(
    session: Session, client: Daytona, kind: str, given: dict[str, Any], reason: str
) -> None:
    resource = Resource(session, kind, **given)
    failure = resource.failure("create")
    assert reason in failure
    assert [] == there(client)


@pytest.mark.parametrize("kind", INPUTS)
def test_an_answer_after_the_time_is_over(
    session: Session, client: Daytona, control: Control, kind: str
) -> None:
    resource = Resource(session, kind, create_timeout=0.3)
    control.fault(method="POST", delay_s=1)
    failure = resource.failure("create")
    assert "not done within 0.3 s; raise create_timeout" in failure
    until(lambda: bool(control.changes()))  # it is carried out all the same, when nobody waits any more
    Resource(session, kind).create()
    assert 1 == len(there(client))


@pytest.mark.parametrize("kind", INPUTS)
def test_a_wait_that_takes_too_long_leaves_nothing(
    session: Session, client: Daytona, control: Control, kind: str
) -> None:
    resource = Resource(session, kind, create_timeout=1)
    control.fault(skip=1 if kind == "Sandbox" else 2, delay_s=2)  # the first request after the order
    assert "not done within 1 s; raise create_timeout" in resource.failure("create")
    assert [] == there(client)


@pytest.mark.parametrize("kind", INPUTS)
def test_a_server_that_is_down_is_named_with_its_reason(
    session: Session, client: Daytona, control: Control, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    resource = Resource(session, kind, create_timeout=1)
    control.fault(count=0, status=503, message="closed for repairs")
    assert "not done within 1 s" in resource.failure("create")
    control.clear()
    resource.create()
    control.fault(count=0, status=429, message="slow down", headers={"Retry-After": "100"})
    assert "slow down (HTTP 429); run again later" in resource.failure("read")
    monkeypatch.setattr(retry, "_paces", {})
    control.clear()
    resource.read()


def test_a_quota_that_is_used_up_is_one_clear_line(session: Session, client: Daytona) -> None:
    first = Resource(session, "Sandbox")
    second = Resource(session, "Sandbox", owner="organization/urn:pulumi:dev::test::daytona:Sandbox::second")
    first.create()
    allow_cores(client, 1)
    failure = second.failure("create")
    allow_cores(client, 1_000_000)
    assert "Total CPU limit exceeded. Maximum allowed: 1." in failure
    assert [first.id] == there(client)


def allow_cores(client: Daytona, cores: int) -> None:
    """Set the quota of all cores together."""
    here = client.organizations.list()[0].id
    others = dict.fromkeys(("total_memory_quota", "total_disk_quota", "total_gpu_quota"))
    client.organizations.update_region_quota(here, TARGET, total_cpu_quota=cores, **others)


@pytest.mark.parametrize("kind", INPUTS)
def test_what_is_on_its_way_out_is_gone(session: Session, client: Daytona, kind: str) -> None:
    resource = Resource(session, kind)
    resource.create()
    order_removal(client)
    assert session.run(resource.definition.verbs.read(session, resource.id, resource.state)) is None
    resource.create()
    assert [resource.id] == there(client)


def test_a_volume_in_use_says_who_uses_it(session: Session, client: Daytona) -> None:
    volume, box = volume_and_user(session, delete_timeout=0.3)
    failure = volume.failure("delete")
    assert f"in use by one or more sandboxes: {box.state['name']}" in failure
    assert "raise delete_timeout" in failure
    box.delete()
    volume.delete()
    assert [] == there(client)


def test_a_volume_and_its_sandbox_go_at_the_same_time_in_the_right_order(
    session: Session, client: Daytona, control: Control
) -> None:
    volume, box = volume_and_user(session)
    verbs = volume.definition.verbs
    going = session.submit(verbs.delete(session, volume.id, volume.state))
    until(lambda: any(asked.startswith("DELETE /volumes") for asked in control.requests()))
    box.delete()
    going.result()
    assert [] == there(client)


def volume_and_user(session: Session, **inputs: Any) -> tuple[Resource, Resource]:
    """Return a volume, and a sandbox that it is mounted in."""
    volume = Resource(session, "Volume", **inputs)
    volume.create()
    box = Resource(session, "Sandbox", volumes=[{"volume_id": volume.id, "mount_path": "/data"}])
    box.create()
    return volume, box
