"""Import and `.get`: by id or by name, with the fewest inputs that make the next preview empty."""

from __future__ import annotations

from typing import Any

import grpc
import pytest
from daytona_httpx import (
    AsyncDaytona,
    CreateSandboxFromSnapshotParams,
    CreateSecretParams,
)
from daytona_local.settings import DEFAULT_SNAPSHOT
from pulumi_daytona.plugin.codec import decode
from pulumi_daytona.plugin.protocol import provider_pb2
from pulumi_daytona.plugin.values import Secret

from tests.engine.control import Control
from tests.rpc.engine import Engine, failing

NOTHING = "00000000-0000-4000-8000-000000000000"


async def imported(engine: Engine, kind: str, id_: str) -> tuple[str, dict[str, Any]]:
    """Import something as an engine does, and return its id and inputs; the next diff finds no change."""
    read = await engine.read(kind, id_, known=False)
    engine.inputs, engine.outputs = decode(read.inputs), decode(read.properties)
    difference = await engine.diff(kind, read.id, engine.inputs)
    assert provider_pb2.DiffResponse.DIFF_NONE == difference.changes, difference
    return read.id, engine.inputs


async def test_a_sandbox_is_imported_by_id_and_by_name(engine: Engine, client: AsyncDaytona) -> None:
    params = CreateSandboxFromSnapshotParams(
        name="theirs", labels={"team": "a"}, env_vars={"KEY": "hush"}, auto_stop_interval=60
    )
    made = await client.create(params)
    expected = {
        "name": "theirs",
        "labels": {"team": "a"},
        "env": Secret({"KEY": "hush"}),
        "autoStopInterval": 60,
    }
    for id_ in (made.id, "theirs"):
        assert (made.id, expected) == await imported(engine, "Sandbox", id_)
    await engine.update("Sandbox", made.id, {**expected, "labels": {"team": "b"}})
    assert "b" == (await client.get(made.id)).labels["team"]


async def test_an_owner_that_it_has_already_stays(engine: Engine, client: AsyncDaytona) -> None:
    owner = {"pulumi-daytona/owner": "acme/urn:pulumi:dev::other::a:b::it"}
    made = await client.create(CreateSandboxFromSnapshotParams(name="moved", labels={**owner, "a": "1"}))
    _, inputs = await imported(engine, "Sandbox", made.id)
    assert {"a": "1"} == inputs["labels"]
    await engine.update("Sandbox", made.id, {**inputs, "labels": {"a": "2"}})
    labels = (await client.get(made.id)).labels
    assert owner | {"a": "2"} == {key: labels[key] for key in (*owner, "a")}


async def test_records_are_imported_by_id_and_by_name(engine: Engine, client: AsyncDaytona) -> None:
    volume = await client.volume.create("data")
    secret = await client.secret.create(CreateSecretParams(name="TOKEN", value="hush", hosts=["example.com"]))
    snapshot = await client.snapshot.get(DEFAULT_SNAPSHOT)
    for id_ in (volume.id, "data"):
        assert (volume.id, {"name": "data"}) == await imported(engine, "Volume", id_)
    for id_ in (secret.id, "TOKEN"):
        read = await engine.read("Secret", id_, known=False)
        assert (secret.id, {"name": "TOKEN", "hosts": ["example.com"]}) == (read.id, decode(read.inputs))
    read = await engine.read("Snapshot", DEFAULT_SNAPSHOT, known=False)
    assert (snapshot.id, DEFAULT_SNAPSHOT) == (read.id, decode(read.inputs)["name"])
    box = await client.create()
    await box.create_snapshot("taken")
    taken = await client.snapshot.get("taken")
    for id_ in (taken.id, "taken"):
        expected = {"sandboxId": box.id, "name": "taken"}
        assert (taken.id, expected) == await imported(engine, "SandboxSnapshot", id_)
    await client.snapshot.delete(taken)
    await client.secret.delete(secret.id)
    await client.volume.delete(volume)


@pytest.mark.parametrize(
    ("kind", "id_"),
    [
        ("Sandbox", NOTHING),
        ("Sandbox", "nobody"),
        ("Volume", NOTHING),
        ("Volume", "nobody"),
        ("Snapshot", "nobody"),
        ("Secret", "nobody"),
        ("DockerRegistry", NOTHING),
        ("WarmPool", "nobody"),
        ("SandboxFile", f"{NOTHING}:/a"),
        ("PreviewUrl", f"{NOTHING}:80"),
    ],
)
async def test_what_is_not_there_has_nothing_at_all(engine: Engine, kind: str, id_: str) -> None:
    read = await engine.read(kind, id_, known=False)
    assert ("", False, False) == (read.id, read.HasField("properties"), read.HasField("inputs"))


@pytest.mark.parametrize(
    ("kind", "id_", "words"),
    [
        ("SshAccess", "a", "its token is told only once"),
        ("SandboxCommand", "a:b", "it runs then"),
        ("PreviewUrl", "a:b", "the sandbox's id:port"),
        ("SandboxFile", "a", "the sandbox's id:path"),
        ("OrganizationMember", "a", "organization_id/user_id"),
        ("AdminOrganizationRegionQuota", "a/b", "organization_id/region_id/sandbox_class"),
    ],
)
async def test_what_can_t_be_imported_says_how_instead(
    engine: Engine, kind: str, id_: str, words: str
) -> None:
    with failing() as failed:
        await engine.read(kind, id_, known=False)
    assert grpc.StatusCode.INVALID_ARGUMENT == failed[0].code
    assert words in failed[0].text


async def test_a_failure_is_no_absence(engine: Engine, control: Control) -> None:
    control.fault(method="GET", path="/api/sandbox/*", status=500, count=0)
    with failing() as failed:
        await engine.read("Sandbox", NOTHING, known=False)
    assert 'read sandbox "' in failed[0].text
