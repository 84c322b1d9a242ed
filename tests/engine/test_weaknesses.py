"""What a peer of ours, the Terraform provider for Daytona, gets wrong is right here, with the real engine.

| weakness of the peer (0.10.0) | shown by |
|---|---|
| 1 nothing waits for `started` | here: `up` returns when all are usable |
| 1 `error` is reported as a success | here: an error is an error; test_faults: in error, `build_failed` |
| 2 a state asked for at creation is a 409, and a tainted resource | here: `up` returns when all are usable |
| 3 of several changes in one apply only the first is sent | test_drift: all that was changed; here: removed |
| 4 removed labels are an error | here: inputs that are removed |
| 5 what the server fills in (snapshot) is an inconsistent result | here: `up` returns when all are usable |
| 6 a removed interval plans no change | here: inputs that are removed |
| 7 a program with `env` replaces what was imported | test_plugin: what exists is imported |
| 8 a wrong URL plans to create everything anew | test_sandbox: a wrong URL is an error |
| 9 a stopped or archived sandbox is not seen | test_sandbox: refresh sees, test_drift: all that was changed |
| 9 one in `error` is not seen | here: an error is an error |
| 9 one on its way out is not seen | test_faults: what is on its way out is gone |
| 10 a 429 is not paced, and some are never created | here: `up` returns when all are usable |
| 10 a quota's refusal is one among many lines | test_faults: a quota that is used up |
| 11 destroy returns while it goes on | test_sandbox: a sandbox's whole life |
| 11 a volume is deleted while it is in use | test_faults: a volume in use, a volume and its sandbox |
| 11 a snapshot is deleted while it is in use | test_resources: edited files make a new snapshot |
| 11 a 409 of a destroy is not repeated | test_faults: a life in which one request of every verb fails |
| 12 every plan asks for every sandbox | test_sandbox: a sandbox's whole life |
| 12 N waits are N requests | the client's test_watcher |
| 13 no limits of time | test_faults: an answer after the time is over |
| 13 no recovery | here: an error is an error |
| 13 no adoption by name | test_sandbox_adopt, test_snapshot, test_record_kinds |
| 13 no activation of snapshots | test_resources: edited files, test_drift: all that was changed |
| 13 no SSH access | test_resources: the whole life of records |
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from daytona_httpx import Daytona, DaytonaError
from daytona_local import LocalDaytona
from daytona_local.settings import DEFAULT_SNAPSHOT

from tests.engine.conftest import MakeProject
from tests.engine.control import Control
from tests.engine.project import FAILS, Project

pytestmark = pytest.mark.engine

MANY = """
from pulumi import Config
from pulumi_daytona import Sandbox

for number in range(4):
    Sandbox(f"box-{number}")
Sandbox("by-id", snapshot=Config().require("snapshot"))
Sandbox("stopped", state="stopped")
Sandbox("archived", state="archived")
"""

ONE = """
from pulumi_daytona import Sandbox, Secret

secret = Secret("secret", value="v")
Sandbox("box")
"""

FULL = ONE.replace(
    '"box"',
    """
    "box", labels={"team": "a"}, public=True, auto_stop_interval=30, auto_archive_interval=60,
    auto_delete_interval=120, ttl_minutes=600, network_block_all=True, secrets={"TOKEN": secret.name},
    """,
)

SETTINGS = (
    "public", "auto_stop_interval", "auto_archive_interval", "auto_delete_interval", "auto_destroy_at",
    "network_block_all", "network_allow_list", "domain_allow_list",
)  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona(control=True) as running:
        yield running


@pytest.fixture
def control(server: LocalDaytona) -> Iterator[Control]:
    made = Control(server)
    made.clear()
    yield made
    made.clear()
    made.close()


@pytest.fixture
def stack(project: MakeProject, server: LocalDaytona, client: Daytona) -> Project:
    environment = {"DAYTONA_API_URL": server.api_url, "DAYTONA_API_KEY": server.api_key}
    made = project(ONE, environment=environment)
    made.set_config("snapshot", client.snapshot.get(DEFAULT_SNAPSHOT).id)
    return made


def test_up_returns_when_all_are_usable_even_where_the_api_takes_only_so_many_at_once(
    stack: Project, client: Daytona, control: Control
) -> None:
    stack.write(MANY)
    refusal = {"status": 429, "headers": {"Retry-After-sandbox-create": "0.5"}}
    control.fault(method="POST", path="/api/sandbox", skip=2, count=8, **refusal)
    stack.up()
    states = Counter(str(sandbox.state) for sandbox in client.list())
    assert {"started": 5, "stopped": 1, "archived": 1} == states
    assert control.is_met()

    control.clear()
    again = stack.up("--refresh")
    assert {"same"} == {again.operations(name)[-1] for name in stack.resources()}
    assert [] == control.changes()
    stack.destroy()
    assert [] == list(client.list())


def test_an_error_is_an_error_and_is_put_right(stack: Project, client: Daytona, control: Control) -> None:
    control.fault(step="boot", reason="the disk is full")
    failed = stack.up(status=FAILS)
    said = [line for line in failed.messages() if line.startswith('create sandbox "box-')]
    assert ["Sandbox failed to start: the disk is full (HTTP 400)"] == [
        line.partition('": ')[2] for line in said
    ], failed.messages()
    assert "Traceback" not in failed.output
    assert ["secret"] == list(stack.resources())
    assert [] == list(client.list())

    stack.up()
    first = stack.resources()["box"]["id"]
    fall_into_error(client, control, recoverable=True)
    assert "update" == stack.up("--refresh").operations("box")[-1]
    assert [(first, "started")] == [(sandbox.id, sandbox.state) for sandbox in client.list()]

    fall_into_error(client, control, recoverable=False)
    assert "replace" in stack.up("--refresh").operations("box")
    second = stack.resources()["box"]["id"]
    assert [(second, "started")] == [(sandbox.id, sandbox.state) for sandbox in client.list()]
    assert first != second

    control.fault(method="GET", path=f"/api/sandbox/{second}", status=500, message="out of order")
    unread = " ".join(stack.refresh(status=FAILS).messages())
    assert "out of order (HTTP 500); run it again; if that stays, ask who runs the server" in unread
    assert second == stack.resources()["box"]["id"]
    stack.destroy()


def fall_into_error(client: Daytona, control: Control, *, recoverable: bool) -> None:
    box = next(iter(client.list()))
    box.stop()
    control.fault(step="boot", recoverable=recoverable)
    with pytest.raises(DaytonaError):
        box.start()


def test_inputs_that_are_removed_go_back_to_what_a_plain_sandbox_has(
    stack: Project, client: Daytona, control: Control
) -> None:
    plain = client.create()
    stack.write(FULL)
    stack.up()
    box = client.get(stack.resources()["box"]["id"])
    assert [] == [name for name in SETTINGS[:6] if getattr(box, name) == getattr(plain, name)]

    stack.write(ONE)
    control.clear()
    assert ["update"] == stack.up().operations("box")
    assert [
        "POST /sandbox/*/autoarchive/10080",
        "POST /sandbox/*/autodelete/-1",
        "POST /sandbox/*/autostop/15",
        "POST /sandbox/*/network-settings",
        "POST /sandbox/*/public/false",
        "POST /sandbox/*/ttl/0",
        "PUT /sandbox/*/labels",
        "PUT /sandbox/*/secrets",
    ] == sorted(control.changes())
    box.refresh_data()
    assert {name: getattr(plain, name) for name in SETTINGS} == {
        name: getattr(box, name) for name in SETTINGS
    }
    assert "team" not in box.labels
    assert "same" == stack.up("--refresh").operations("box")[-1]
    stack.destroy()
