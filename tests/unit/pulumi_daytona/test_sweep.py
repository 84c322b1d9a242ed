"""A sweep: what is left over is found and removed, and nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from daytona_httpx import (
    CreateSandboxFromSnapshotParams,
    CreateSnapshotParams,
    Daytona,
    DaytonaError,
    Sandbox,
    Snapshot,
)
from daytona_local import LocalDaytona
from daytona_local.settings import DEFAULT_SNAPSHOT
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.ownership import CREATING, OWNER, names_for
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.settings import Settings
from pulumi_daytona.core.sweep import Outcome, Scope, Thing, existing, plan, remove, remove_all
from pulumi_daytona.core.sweep_named import types_of
from pulumi_daytona.core.sweep_states import Owner, StackState

STACK = "acme/shop/dev"
BOX = Owner(STACK, "pulumi-python:dynamic/daytona:Sandbox", "box")
DATA = Owner(STACK, types_of("Volume")[0], "data")
SNAP = Owner(STACK, types_of("Snapshot")[0], "snap")
NAME = next(names_for(BOX.mark))
LOST = Thing("Sandbox", "1", NAME, "started", BOX, 10_000, "in no state")
DRIVE = Thing("Volume", "2", next(names_for(DATA.mark)), "ready", None, 10_000, "in no state")
BASE = Thing("Snapshot", "3", next(names_for(SNAP.mark, "0123abcd")), "active", None, 10_000, "in no state")
OF_PLUGIN = Owner("/shop/dev", "my:Component$daytona:index:Sandbox", "box")
"""The engine tells plugins no organization."""


def empty(*ids: str, stack: str = STACK) -> StackState:
    return StackState(stack, frozenset(ids), frozenset())


def taken(*things: Thing, scope: Scope) -> list[str]:
    return [thing.id for thing in plan(things, scope).leftovers]


def objection(thing: Thing, scope: Scope) -> str:
    found = plan([thing], scope)
    assert () == found.leftovers
    return "; ".join(why for _, why in found.kept)


def test_what_is_in_no_state_is_left_over() -> None:
    assert ["1"] == taken(LOST, scope=Scope([empty()]))
    assert ["1"] == taken(replace(LOST, name=f"{NAME}-2"), scope=Scope([empty()]))


def test_what_is_in_any_state_stays() -> None:
    scope = Scope([empty(), empty("1", stack="acme/shop/renamed")], frozenset({STACK}))
    assert [] == taken(LOST, scope=scope)
    assert () == plan([LOST], scope).kept


def test_another_stack_s_stays_and_is_not_even_told_of() -> None:
    other = "acme/shop/prod"
    found = plan([LOST], Scope([empty(), empty(stack=other)], frozenset({other})))
    assert ((), ()) == (found.leftovers, found.kept)


def test_what_a_stack_has_that_was_not_read_stays_and_is_told_of() -> None:
    assert "not among those" in objection(LOST, Scope([empty(stack="acme/shop/prod")]))


def test_what_the_native_plugin_has_left_over_belongs_to_the_only_stack_that_can_be_meant() -> None:
    left = replace(LOST, owner=OF_PLUGIN, name=next(names_for(OF_PLUGIN.mark)))
    [found] = plan([left], Scope([empty(), empty(stack="acme/shop/prod")], frozenset({STACK}))).leftovers
    assert (STACK, OF_PLUGIN.mark) == (found.owner and found.owner.stack, found.owner and found.owner.mark)
    two = Scope([empty(), empty(stack="other/shop/dev")])
    assert "not among those" in objection(left, two)
    assert [] == taken(left, scope=Scope([empty(stack="acme/shop/prod")], frozenset({"acme/shop/prod"})))


@pytest.mark.parametrize("age_s", [None, -5, 0, 7199])
def test_what_may_still_be_under_way_stays(age_s: float | None) -> None:
    assert "too young" in objection(replace(LOST, age_s=age_s), Scope([empty()]))


@pytest.mark.parametrize("age_s", [None, -5, 0, 7200])
def test_no_age_takes_everything(age_s: float | None) -> None:
    assert ["1"] == taken(replace(LOST, age_s=age_s), scope=Scope([empty()], older_than_s=0))


def test_a_sandbox_with_a_name_of_its_own_may_be_a_copy_and_stays_unless_told() -> None:
    named = replace(LOST, name="ci-42")
    assert "--named" in objection(named, Scope([empty()]))
    assert ["1"] == taken(named, scope=Scope([empty()], named=True))


def test_a_volume_stays_unless_told() -> None:
    assert "--volumes" in objection(DRIVE, Scope([empty()]))
    assert ["2"] == taken(DRIVE, scope=Scope([empty()], volumes=True))


def test_a_snapshot_needs_no_option_since_it_holds_no_data() -> None:
    assert ["3"] == taken(BASE, scope=Scope([empty()]))


def test_a_snapshot_stays_that_is_in_a_state_or_too_young_or_another_stack_s() -> None:
    assert [] == taken(BASE, scope=Scope([empty(), empty("3", stack="acme/shop/renamed")], older_than_s=0))
    assert "too young" in objection(replace(BASE, age_s=7199), Scope([empty()]))
    other = Scope([empty(stack="acme/shop/prod")], older_than_s=0)
    assert ((), ()) == (plan([BASE], other).leftovers, plan([BASE], other).kept)


@pytest.mark.parametrize("thing", [DRIVE, BASE], ids=lambda thing: thing.kind)
def test_one_that_nobody_can_be_told_of_stays(thing: Thing) -> None:
    found = plan([replace(thing, name="data")], Scope([empty()], volumes=True, older_than_s=0))
    assert ((), ()) == (found.leftovers, found.kept)


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona(control=True) as running:
        yield running


@pytest.fixture
def client(server: LocalDaytona) -> Iterator[Daytona]:
    with Daytona(api_url=server.api_url, api_key=server.api_key) as made:
        yield made
        _control(server, "DELETE", "/faults")
        _control(server, "POST", "/reset")


@pytest.fixture
def session(server: LocalDaytona, client: Daytona) -> Iterator[Session]:
    made = Session(Settings(api_key=server.api_key, api_url=server.api_url))
    yield made
    made.close()


def _control(server: LocalDaytona, method: str, path: str, body: object = None) -> None:
    headers = {"Authorization": f"Bearer {server.api_key}"}
    httpx.request(method, f"{server.url}/_local{path}", headers=headers, json=body).raise_for_status()


def made_by(client: Daytona, owner: Owner, name: str = NAME, **labels: str) -> Sandbox:
    params = CreateSandboxFromSnapshotParams(name=name, labels={OWNER: owner.mark, **labels})
    return client.create(params)


def snapshot(client: Daytona, name: str = BASE.name) -> Snapshot:
    return client.snapshot.create(CreateSnapshotParams(name=name, image=DEFAULT_SNAPSHOT))


def listed(session: Session) -> dict[str, Thing]:
    return {thing.name: thing for thing in session.run(existing(session, datetime.now(UTC)))}


def test_what_exists_is_read_with_its_owner_age_and_reason(session: Session, client: Daytona) -> None:
    made_by(client, BOX)
    made_by(client, BOX, "marked", **{CREATING: "a.b"})
    client.create(CreateSandboxFromSnapshotParams(name="stranger"))
    client.create(CreateSandboxFromSnapshotParams(name="odd", labels={OWNER: "me"}))
    client.volume.create("drive")
    snapshot(client, "base")
    things = listed(session)
    assert {NAME, "marked", "drive", "base"} == set(things)
    assert (BOX, "in no state") == (things[NAME].owner, things[NAME].reason)
    assert "its creation was cut short" == things["marked"].reason
    assert (None, None) == (things["drive"].owner, things["base"].owner)
    assert 0 <= (things[NAME].age_s or -1) < 300


def test_an_age_is_told_by_the_time_that_is_given(session: Session, client: Daytona) -> None:
    made_by(client, BOX)
    later = datetime.now(UTC) + timedelta(hours=3)
    (thing,) = session.run(existing(session, later))
    assert 10_800 <= (thing.age_s or 0) < 11_100


def test_a_failed_one_says_why(session: Session, client: Daytona, server: LocalDaytona) -> None:
    _control(server, "POST", "/faults", {"step": "boot", "name": NAME, "reason": "no luck"})
    with pytest.raises(DaytonaError):
        made_by(client, BOX)
    assert "error: no luck" == listed(session)[NAME].reason
    assert [(Outcome.REMOVED, "")] == session.run(remove_all(session, list(listed(session).values())))
    assert {} == listed(session)


def test_leftovers_are_gone_when_they_are_said_to_be(session: Session, client: Daytona) -> None:
    drive = client.volume.create(DRIVE.name)
    while client.volume.get(drive.name).state != "ready":
        continue
    mount = {"volume_id": drive.id, "mount_path": "/data"}
    labels = {OWNER: BOX.mark}
    base, named = snapshot(client), snapshot(client, "by-hand")
    params = CreateSandboxFromSnapshotParams(name=NAME, labels=labels, volumes=[mount], snapshot=base.name)
    user = client.create(params)
    stranger = client.create(CreateSandboxFromSnapshotParams(name="stranger"))
    scope = Scope([empty()], older_than_s=0, volumes=True)
    leftovers = plan(listed(session).values(), scope).leftovers
    assert {user.id, drive.id, base.id} == {thing.id for thing in leftovers}
    assert {Outcome.REMOVED} == {outcome for outcome, _ in session.run(remove_all(session, leftovers))}
    assert ([stranger.id], []) == ([one.id for one in client.list()], client.volume.list())
    assert {DEFAULT_SNAPSHOT, named.name} == {one.name for one in client.snapshot.list().items}


def test_one_that_is_gone_already_counts_as_removed(session: Session, client: Daytona) -> None:
    made = made_by(client, BOX)
    thing = listed(session)[NAME]
    made.delete(wait=True)
    assert (Outcome.REMOVED, "") == session.run(remove(session, thing))


def test_one_that_has_another_owner_by_now_stays(session: Session, client: Daytona) -> None:
    made = made_by(client, BOX)
    thing = listed(session)[NAME]
    made.set_labels({OWNER: replace(BOX, name="another").mark})
    assert (Outcome.CHANGED, "") == session.run(remove(session, thing))
    assert [made.id] == [one.id for one in client.list()]


def test_a_refusal_is_told_in_one_line_and_the_others_go(
    session: Session, client: Daytona, server: LocalDaytona
) -> None:
    kept, gone = made_by(client, BOX), made_by(client, BOX, f"{NAME}-2")
    fault = {"method": "DELETE", "path": f"/api/sandbox/{kept.id}", "status": 403, "message": "not today"}
    _control(server, "POST", "/faults", fault)
    things = listed(session)
    outcomes = session.run(remove_all(session, [things[kept.name], things[gone.name]]))
    assert [Outcome.FAILED, Outcome.REMOVED] == [outcome for outcome, _ in outcomes]
    assert "not today" in outcomes[0][1]
    assert [kept.id] == [one.id for one in client.list()]


def test_a_snapshot_that_the_api_keeps_stays_with_the_reason(
    session: Session, client: Daytona, server: LocalDaytona
) -> None:
    kept = snapshot(client)
    fault = {
        "method": "DELETE",
        "path": f"/api/snapshots/{kept.id}",
        "status": 409,
        "message": "it is in use",
    }
    _control(server, "POST", "/faults", fault)
    [(outcome, detail)] = session.run(remove_all(session, [listed(session)[kept.name]]))
    assert Outcome.FAILED == outcome
    assert f'delete snapshot "{kept.name}": it is in use' in detail
    assert kept.id == client.snapshot.get(kept.name).id


def test_a_key_that_may_not_read_volumes_can_sweep_sandboxes(server: LocalDaytona, client: Daytona) -> None:
    made_by(client, BOX)
    client.volume.create("drive")
    key = client.api_keys.create("small", ["write:sandboxes", "delete:sandboxes"])
    session = Session(Settings(api_key=key.value, api_url=server.api_url))
    try:
        assert {NAME} == set(listed(session))
        with pytest.raises(ProviderError, match="list volumes"):
            session.run(existing(session, datetime.now(UTC), volumes=True))
    finally:
        session.close()
