"""What no stack owns: found with the inputs that would make it, and without the value of a secret."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from daytona_httpx import (
    CreateSandboxFromImageParams,
    CreateSandboxFromSnapshotParams,
    CreateSnapshotParams,
    Daytona,
    DaytonaError,
    Image,
    Resources,
)
from daytona_local import LocalDaytona
from pulumi_daytona.core.check import check
from pulumi_daytona.core.importing import Findings, distinct, import_file, unowned
from pulumi_daytona.core.importing_inputs import Placeholder
from pulumi_daytona.core.importing_program import Program
from pulumi_daytona.core.ownership import OWNER
from pulumi_daytona.core.resources import definition_of
from pulumi_daytona.core.session import Session
from pulumi_daytona.core.settings import Settings


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    with LocalDaytona(control=True) as running:
        yield running


@pytest.fixture
def client(server: LocalDaytona) -> Iterator[Daytona]:
    with Daytona(api_url=server.api_url, api_key=server.api_key) as made:
        yield made
    control(server, "/reset")


def control(server: LocalDaytona, path: str, body: object = None) -> None:
    headers = {"Authorization": f"Bearer {server.api_key}"}
    httpx.post(f"{server.url}/_local{path}", headers=headers, json=body).raise_for_status()


def find(server: LocalDaytona, *criteria: Any, api_key: str = "") -> Findings:
    session = Session(Settings(api_key=api_key or server.api_key, api_url=server.api_url))
    try:
        return session.run(unowned(session, *criteria))
    finally:
        session.close()


def inputs_of_one(server: LocalDaytona) -> dict[str, Any]:
    (one,) = find(server).unowned
    return dict(one.inputs)


def test_a_sandbox_that_says_nothing_needs_a_name_only(server: LocalDaytona, client: Daytona) -> None:
    client.create(CreateSandboxFromSnapshotParams(name="plain"))
    assert {"name": "plain"} == inputs_of_one(server)


def test_every_input_that_differs_is_there_and_no_other(server: LocalDaytona, client: Daytona) -> None:
    wanted: dict[str, Any] = {
        "labels": {"team": "a"},
        "language": "typescript",
        "public": True,
        "auto_stop_interval": 0,
        "auto_archive_interval": 60,
        "auto_delete_interval": 120,
        "network_allow_list": "10.0.0.0/8",
        "queue_timeout": 5,
    }
    client.create(CreateSandboxFromSnapshotParams(name="full", os_user="root", **wanted))
    assert {"name": "full", "user": "root", **wanted} == inputs_of_one(server)


def test_values_of_the_environment_are_never_there(server: LocalDaytona, client: Daytona) -> None:
    client.create(CreateSandboxFromSnapshotParams(name="box", env_vars={"TOKEN": "hush", "OTHER": "hush"}))
    found = find(server)
    assert {"TOKEN": Placeholder("TOKEN"), "OTHER": Placeholder("OTHER")} == found.unowned[0].inputs["env"]
    assert "hush" not in repr(found) + Program(found.unowned).text()


def test_a_proxy_may_have_a_password_in_it_and_is_not_told(server: LocalDaytona, client: Daytona) -> None:
    proxy = "http://me:hush@127.0.0.1:1"
    client.create(CreateSandboxFromSnapshotParams(name="box", outbound_proxy_url=proxy))
    assert Placeholder("outbound-proxy-url") == inputs_of_one(server)["outbound_proxy_url"]


def test_an_ephemeral_one_is_said_to_be_so(server: LocalDaytona, client: Daytona) -> None:
    client.create(CreateSandboxFromSnapshotParams(name="box", ephemeral=True))
    assert {"name": "box", "ephemeral": True} == inputs_of_one(server)


def test_one_that_was_built_has_its_dockerfile_and_sizes(server: LocalDaytona, client: Daytona) -> None:
    image = Image.base("daytona-local:default").env({"A": "b"})
    sizes = Resources(cpu=2, memory=3, disk=4)
    client.create(CreateSandboxFromImageParams(name="built", image=image, resources=sizes))
    found = inputs_of_one(server)
    assert (image.dockerfile(), {"cpu": 2, "memory": 3, "disk": 4}) == (
        found["dockerfile"],
        found["resources"],
    )
    assert "snapshot" not in found


def test_a_sandbox_that_will_be_destroyed_says_so_in_a_remark(server: LocalDaytona, client: Daytona) -> None:
    client.create(CreateSandboxFromSnapshotParams(name="brief", ttl_minutes=60))
    (one,) = find(server).unowned
    assert ["ttl_minutes"] == [word for remark in one.remarks for word in remark.split() if "ttl" in word]


def test_what_a_stack_owns_or_has_failed_is_not_there(server: LocalDaytona, client: Daytona) -> None:
    client.create(CreateSandboxFromSnapshotParams(name="owned", labels={OWNER: "anyone"}))
    control(server, "/faults", {"step": "boot", "name": "bad"})
    with pytest.raises(DaytonaError):
        client.create(CreateSandboxFromSnapshotParams(name="bad"))
    client.volume.create("data-abcdef0")
    found = find(server)
    assert () == found.unowned
    assert {"bad", "data-abcdef0"} == {name for _, name, _ in found.left_out}


def test_a_snapshot_is_found_by_what_it_is_made_of(server: LocalDaytona, client: Daytona) -> None:
    image = Image.base("daytona-local:default").env({"A": "b"})
    built = client.snapshot.create(CreateSnapshotParams(name="built:1", image=image))
    client.snapshot.create(CreateSnapshotParams(name="copied:1", image="daytona-local:default"))
    found = {one.name: (one.kind, dict(one.inputs)) for one in find(server).unowned}
    assert {
        "built:1": ("Snapshot", {"name": "built:1", "dockerfile": image.dockerfile(), "adopt": True}),
        "copied:1": ("Snapshot", {"name": "copied:1", "image": "daytona-local:default", "adopt": True}),
    } == found
    assert [built.id] == [one.id for one in find(server, None, "built").unowned]
    assert () == find(server, {"team": "a"}).unowned


def test_a_snapshot_that_a_program_can_t_say_or_a_stack_has_made_is_left_out(
    server: LocalDaytona, client: Daytona
) -> None:
    client.create(CreateSandboxFromSnapshotParams(name="box")).create_snapshot("of-box")
    given = "base-abcdef0-01234567"
    client.snapshot.create(CreateSnapshotParams(name=given, image="daytona-local:default"))
    found = find(server)
    assert ["Sandbox"] == [one.kind for one in found.unowned]
    assert {
        ("Snapshot", "of-box", "it was made from a sandbox, which a program can't say"),
        ("Snapshot", given, "its name is one that a stack gives"),
    } == set(found.left_out)


def test_labels_and_the_beginning_of_the_name_narrow(server: LocalDaytona, client: Daytona) -> None:
    for name, team in (("ci-1", "a"), ("ci-2", "b"), ("dev", "a")):
        client.create(CreateSandboxFromSnapshotParams(name=name, labels={"team": team}))
    client.volume.create("ci-cache")
    names = [
        sorted(one.name for one in find(server, *criteria).unowned)
        for criteria in (({"team": "a"},), (None, "ci-"), ({"team": "a"}, "ci-"))
    ]
    assert [["ci-1", "dev"], ["ci-1", "ci-2", "ci-cache"], ["ci-1"]] == names


def test_a_key_that_may_not_read_volumes_is_told_so(server: LocalDaytona, client: Daytona) -> None:
    client.create(CreateSandboxFromSnapshotParams(name="box"))
    key = client.api_keys.create("small", [])
    found = find(server, api_key=key.value)
    assert ["box"] == [one.name for one in found.unowned]
    assert [("Volume", "any", "this key may not read volumes")] == list(found.left_out)
    # It may not see the default region either, so the region is written out.
    assert "us" == found.unowned[0].inputs["target"]


def test_what_was_found_is_what_the_provider_accepts(server: LocalDaytona, client: Daytona) -> None:
    volume = client.volume.create("drive")
    while client.volume.get("drive").state != "ready":
        continue
    client.create(
        CreateSandboxFromSnapshotParams(
            name="box",
            labels={"a": "b"},
            volumes=[{"volume_id": volume.id, "mount_path": "/d", "subpath": "s"}],
        )
    )
    for one in find(server).unowned:
        definition = definition_of(one.kind)
        checked = check(definition, one.inputs)
        assert () == checked.failures
        assert dict(one.inputs) == checked.inputs


def test_the_import_file_names_type_name_and_id(server: LocalDaytona, client: Daytona) -> None:
    made = client.create(CreateSandboxFromSnapshotParams(name="box"))
    drive = client.volume.create("drive")
    assert {
        "resources": [
            {"type": "daytona:index:Volume", "name": "drive", "id": drive.id},
            {"type": "daytona:index:Sandbox", "name": "box", "id": made.id},
        ]
    } == import_file(find(server).unowned)


def test_names_are_made_plain_and_stay_apart() -> None:
    assert ["a-b", "a-b-2", "unnamed", "unnamed-2"] == distinct(["a b", "a:b", "::", "ü"])
