"""Rewriting a state: names, types, parents and providers become the plugin's, and secrets stay sealed."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.plugin.migration import Migration, migration

from tests.unit.pulumi_daytona.plugin.exported import (
    HERE,
    MARK,
    NEW,
    OURS,
    STACK,
    dynamic,
    host,
    migrated,
    sealed,
    state,
)


def resources(exported: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = migrated(exported).state["deployment"]["resources"]
    return {one["urn"].rpartition("::")[2]: one for one in found}


def test_names_are_the_wire_s_and_keys_of_a_user_s_maps_stay() -> None:
    inputs = {"auto_stop_interval": 5, "labels": {"my_team": "a"}, "volumes": [{"volume_id": "v"}]}
    box = resources(state(dynamic("Sandbox", "box", inputs=inputs, outputs={"created_at": "then"})))["box"]
    expected = {"autoStopInterval": 5, "labels": {"my_team": "a"}, "volumes": [{"volumeId": "v"}]}
    assert ("daytona:index:Sandbox", expected) == (box["type"], box["inputs"])
    assert {**expected, "createdAt": "then", "__version": 1} == box["outputs"]
    assert ("id-of-box", f"{HERE}::daytona:index:Sandbox::box") == (box["id"], box["urn"])


def test_secrets_stay_sealed_unless_a_name_in_one_changes() -> None:
    inputs = {
        "env": sealed({"MY_TOKEN": "x"}),
        "labels": {"a": sealed("b")},
        "volumes": sealed([{"volume_id": "v", "mount_path": "/data"}]),
    }
    box = resources(state(dynamic("Sandbox", "box", inputs=inputs)))["box"]
    for kept in (box["inputs"], box["outputs"]):
        assert (inputs["env"], inputs["labels"]) == (kept["env"], kept["labels"])
        plain = json.loads(kept["volumes"].pop("plaintext"))
        assert ([{"volumeId": "v", "mountPath": "/data"}], MARK) == (plain, kept["volumes"])


@pytest.mark.parametrize(
    ("source", "sha256"),
    [
        ({"text": "hi"}, "12"),
        ({"text": sealed("hi")}, sealed("12")),
    ],
)
def test_what_shows_an_input_is_a_secret_only_where_that_is(source: Any, sha256: Any) -> None:
    file = dynamic(
        "SandboxFile",
        "note",
        inputs={"source": source, "path": "/note", "sandbox_id": "s"},
        outputs={"sha256": sealed("12")},
        additionalSecretOutputs=["sha256"],
    )
    note = resources(state(file))["note"]
    assert (sha256, []) == (note["outputs"]["sha256"], note["additionalSecretOutputs"])


def test_whatever_names_a_moved_resource_names_it_as_it_is_then() -> None:
    box = dynamic("Sandbox", "box", parents="my:own:Thing$", parent=f"{HERE}::my:own:Thing::thing")
    note = dynamic(
        "SandboxFile",
        "note",
        parents=f"my:own:Thing${OURS}Sandbox$",
        parent=box["urn"],
        dependencies=[box["urn"]],
        propertyDependencies={"sandbox_id": [box["urn"]], "owner": [], "__provider": []},
        deletedWith=box["urn"],
        ignoreChanges=["sandbox_id", "source.sha256"],
    )
    thing = {"urn": f"{HERE}::my:own:Thing::thing", "custom": False, "type": "my:own:Thing"}
    found = resources(state({**thing, "outputs": {"of": box["urn"]}}, box, note))
    new = f"{HERE}::my:own:Thing$daytona:index:Sandbox::box"
    moved = found["note"]
    assert (new, new, [new], new) == (
        found["box"]["urn"],
        moved["parent"],
        moved["dependencies"],
        moved["deletedWith"],
    )
    assert {"sandboxId": [new]} == moved["propertyDependencies"]
    assert ["sandboxId", "source.sha256"] == moved["ignoreChanges"]
    assert {"of": new} == found["thing"]["outputs"]
    assert f"{HERE}::my:own:Thing$daytona:index:Sandbox$daytona:index:SandboxFile::note" == moved["urn"]


def test_the_plugin_s_default_provider_takes_the_place_of_the_host() -> None:
    exported = state(dynamic("Volume", "data"))
    config = {"daytona:apiKey": sealed("k"), "daytona:apiUrl": "u", "shop:other": "x"}
    exported["deployment"]["resources"][0] = host(**config)
    made, data = migrated(exported).state["deployment"]["resources"]
    assert (NEW, f"{NEW}::{made['id']}") == (made["urn"], data["provider"])
    assert {"apiKey": sealed("k"), "apiUrl": "u", "version": "1.2.3"} == made["inputs"] == made["outputs"]


def test_what_is_there_of_the_plugin_and_of_others_stays() -> None:
    theirs = {**dynamic("Volume", "theirs"), "type": "pulumi-python:dynamic/shop:Own"}
    theirs["urn"] = f"{HERE}::pulumi-python:dynamic/shop:Own::theirs"
    there = {"urn": NEW, "custom": True, "id": "7d", "type": "pulumi:providers:daytona", "inputs": {"a": 1}}
    native = {"urn": f"{HERE}::daytona:index:Volume::new", "custom": True, "type": "daytona:index:Volume"}
    native["provider"] = f"{NEW}::7d"
    found = migrated(state(dynamic("Volume", "data"), theirs, there, native)).state["deployment"]["resources"]
    assert ["default", "default_1_2_3", "data", "theirs", "new"] == [
        one["urn"].rpartition("::")[2] for one in found
    ]
    assert (f"{NEW}::7d", there, theirs, native) == (found[2]["provider"], found[1], found[3], found[4])


def test_a_state_without_dynamic_resources_is_left_as_it_is() -> None:
    exported = state()
    assert Migration((), exported) == migrated(exported)


PENDING = {"type": "creating", "resource": {"urn": f"{HERE}::{OURS}Volume::lost"}}


@pytest.mark.parametrize(
    ("exported", "reason"),
    [
        (state(dynamic("Volume", "data"), pending_operations=[PENDING]), "(creating) on lost was cut short"),
        (state(dynamic("Cluster", "big")), "big is a Cluster, which the plugin doesn't know"),
        ({**state(dynamic("Volume", "data")), "version": 5}, "its version is 5"),
        ({"version": 3}, "not what `pulumi stack export` writes"),
    ],
)
def test_what_can_t_be_moved_is_refused_in_one_line(exported: dict[str, Any], reason: str) -> None:
    with pytest.raises(ProviderError) as refused:
        migrated(exported)
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_state_that_changes_between_two_looks_is_refused() -> None:
    exported = state(dynamic("Volume", "data"))
    later = copy.deepcopy(exported)
    later["deployment"]["manifest"]["time"] = "later"
    with pytest.raises(ProviderError, match="it has changed meanwhile"):
        migration(STACK, exported, later, "1.2.3")
