"""Drift, with the real engine: what was changed outside is shown, and put right with the calls it needs.

Vault secrets of a sandbox, passwords and whatever else the API never tells can't be seen to have changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from daytona_httpx import Daytona, DaytonaConfig
from daytona_local import LocalDaytona
from daytona_local.settings import DEFAULT_SNAPSHOT

from tests.engine import drifting
from tests.engine.conftest import MakeProject
from tests.engine.control import Control
from tests.engine.project import Outcome, Project

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona(control=True) as running:
        yield running


@pytest.fixture
def client(server: LocalDaytona) -> Iterator[Daytona]:
    with Daytona(DaytonaConfig(api_url=server.api_url, api_key=server.api_key)) as made:
        yield made


@pytest.fixture
def control(server: LocalDaytona) -> Iterator[Control]:
    made = Control(server)
    yield made
    made.close()


@pytest.fixture
def stack(project: MakeProject, server: LocalDaytona, client: Daytona) -> Project:
    environment = {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
    made = project(drifting.PROGRAM, environment=environment)
    made.set_config("organization", client.organizations.list()[0].id)
    made.set_config("snapshot", DEFAULT_SNAPSHOT)
    return made


def shown(planned: Outcome) -> dict[str, list[str]]:
    """Return the inputs that an update would change, by logical name."""
    steps = [event["resourcePreEvent"]["metadata"] for event in planned.events if "resourcePreEvent" in event]
    updates = [step for step in steps if step["op"] == "update"]
    return {step["urn"].rpartition("::")[2]: _changed(step["old"], step["new"]) for step in updates}


def _changed(old: dict[str, dict[str, object]], new: dict[str, dict[str, object]]) -> list[str]:
    names = old["inputs"].keys() | new["inputs"].keys()
    return sorted(name for name in names if old["inputs"].get(name) != new["inputs"].get(name))


def last_operations(outcome: Outcome, names: Iterable[str]) -> dict[str, str]:
    return {name: outcome.operations(name)[-1] for name in names}


def test_all_that_was_changed_outside_is_shown_and_put_right_with_the_calls_it_needs(
    stack: Project, client: Daytona, control: Control
) -> None:
    stack.up()
    ids = {name: resource["id"] for name, resource in stack.resources().items()}
    for name, drift in drifting.DRIFTS.items():
        drift.change(client, ids[name], client.organizations.list()[0].id)

    found = stack.refresh()
    assert {name: ["update"] for name in ids} == {name: found.findings(name) for name in ids}
    assert {name: sorted(drift.shown) for name, drift in drifting.DRIFTS.items()} == shown(stack.preview())

    control.clear()
    assert {"update": len(ids), "same": 1} == stack.up().changes
    assert sorted(call for drift in drifting.DRIFTS.values() for call in drift.calls) == sorted(
        control.changes()
    )
    control.clear()
    assert dict.fromkeys(ids, "same") == last_operations(stack.up("--refresh"), ids)
    assert [] == control.changes()

    client.get(ids["set"]).delete(wait=True)
    client.snapshot.delete(client.snapshot.get(ids["snapshot"]))
    client.secret.delete(ids["secret"])
    again = dict.fromkeys(ids, "same") | dict.fromkeys(["set", "snapshot", "secret"], "create")
    assert again == last_operations(stack.up("--refresh"), ids)
    stack.destroy()
