"""Diff: in place or replace, and nothing for what means the same."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_daytona.core.definition import Live
from pulumi_daytona.core.diff import Difference, diff
from pulumi_daytona.core.resources.sandbox import SANDBOX
from pulumi_daytona.core.traits import Change
from pulumi_daytona.core.unknown import UNKNOWN

LIVE: dict[str, Any] = {
    "name": "box-1234567",
    "snapshot": "daytonaio/sandbox:1",
    "user": "daytona",
    "env": {},
    "labels": {},
    "public": False,
    "target": "us",
    "state": "started",
    "auto_stop_interval": 15,
    "auto_archive_interval": 10080,
    "auto_delete_interval": -1,
    "network_block_all": False,
    "cpu": 1,
    "memory": 1,
    "disk": 3,
}


def difference(declared: dict[str, Any], news: dict[str, Any], **live: Any) -> Difference:
    shaped = {"resources": {"cpu": 1, "memory": 1, "disk": 3}}
    return diff(SANDBOX, SANDBOX.state(declared, Live("id", {**LIVE, **declared, **live}, shaped)), news)


def changes(declared: dict[str, Any], news: dict[str, Any], **live: Any) -> dict[str, Change]:
    return dict(difference(declared, news, **live).changes)


def test_defaults_that_the_server_filled_in_are_no_change() -> None:
    assert {} == changes({}, {})


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("labels", {"a": "1"}, {"a": "2"}),
        ("public", False, True),
        ("auto_stop_interval", 15, 30),
        ("auto_archive_interval", 60, 0),
        ("auto_delete_interval", -1, 0),
        ("ttl_minutes", 60, 120),
        ("network_block_all", False, True),
        ("network_allow_list", "10.0.0.0/8", "10.0.0.0/16"),
        ("secrets", {"A": "a"}, {"A": "b"}),
        ("state", "started", "stopped"),
        ("owner", "o/urn:a", "o/urn:b"),
    ],
)
def test_settings_change_in_place(name: str, old: Any, new: Any) -> None:
    assert {name: Change.UPDATE} == changes({name: old}, {name: new})


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("name", "a", "b"),
        ("snapshot", "a", "b"),
        ("image", "a", "b"),
        ("dockerfile", "FROM a", "FROM b"),
        ("language", "python", "typescript"),
        ("user", "a", "b"),
        ("env", {"A": "1"}, {"A": "2"}),
        ("target", "us", "eu"),
        ("volumes", [], [{"volume_id": "v", "mount_path": "/d"}]),
        ("linked_sandbox", "a", "b"),
        ("kvm", False, True),
    ],
)
def test_what_a_live_sandbox_cannot_change_replaces(name: str, old: Any, new: Any) -> None:
    assert {name: Change.REPLACE} == changes({name: old}, {name: new})


@pytest.mark.parametrize("name", ["wait", "create_timeout", "update_timeout", "delete_timeout"])
def test_what_only_the_provider_reads_is_no_change(name: str) -> None:
    assert {} == changes({}, {name: 5})


@pytest.mark.parametrize(
    ("old", "new"),
    [({"cpu": 1}, {"cpu": 2}), ({"disk": 3}, {"disk": 5}), ({"memory": 1}, {"memory": 4, "cpu": 1})],
)
def test_sizes_change_in_place(old: dict[str, int], new: dict[str, int]) -> None:
    declared = {"image": "x", "resources": old}
    assert {"resources": Change.UPDATE} == changes(declared, {"image": "x", "resources": new})


@pytest.mark.parametrize("new", [{"disk": 2}, {"gpu": 1}, {"gpu_type": ["H100"]}])
def test_a_smaller_disk_and_other_gpus_replace(new: dict[str, Any]) -> None:
    declared = {"image": "x", "resources": {"disk": 3}}
    assert {"resources": Change.REPLACE} == changes(declared, {"image": "x", "resources": new})


def test_the_order_of_lists_and_maps_is_no_change() -> None:
    mounts = [{"volume_id": "a", "mount_path": "/a"}, {"volume_id": "b", "mount_path": "/b"}]
    old = {"labels": {"a": "1", "b": "2"}, "network_allow_list": "10.0.0.0/8,11.0.0.0/8", "volumes": mounts}
    new = {
        "labels": {"b": "2", "a": "1"},
        "network_allow_list": "11.0.0.0/8,10.0.0.0/8",
        "volumes": mounts[::-1],
    }
    assert {} == changes(old, new)


@pytest.mark.parametrize(
    ("name", "old", "default"),
    [
        ("labels", {"a": "1"}, {}),
        ("auto_stop_interval", 30, 15),
        ("auto_archive_interval", 60, 10080),
        ("public", True, False),
        ("network_block_all", True, False),
        ("ttl_minutes", 10, 0),
    ],
)
def test_an_input_that_is_removed_goes_back_to_the_default(name: str, old: Any, default: Any) -> None:
    assert {name: Change.UPDATE} == changes({name: old}, {})
    assert {} == changes({name: default}, {})


@pytest.mark.parametrize("name", ["name", "target", "user", "state"])
def test_removing_what_has_no_default_keeps_the_sandbox_as_it_is(name: str) -> None:
    assert {} == changes({name: "started"}, {})


def test_the_same_interval_in_another_spelling_is_no_change() -> None:
    assert {} == changes({"auto_archive_interval": 43200}, {"auto_archive_interval": 0})
    assert {} == changes({"auto_delete_interval": -5}, {"auto_delete_interval": -1})


def test_a_sandbox_that_stopped_by_itself_is_no_change_unless_a_state_is_asked_for() -> None:
    assert {} == changes({}, {}, state="stopped")
    state = SANDBOX.state({"state": "started"}, Live("id", {**LIVE, "state": "stopped"}))
    assert {"state": Change.UPDATE} == dict(diff(SANDBOX, state, {"state": "started"}).changes)


def test_a_failed_sandbox_is_recovered_or_replaced() -> None:
    assert {"state": Change.UPDATE} == changes({}, {}, state="error", recoverable=True)
    assert {"state": Change.REPLACE} == changes({}, {}, state="error", recoverable=False)
    assert {"state": Change.REPLACE} == changes({}, {}, state="build_failed")


def test_an_unknown_value_may_change_and_may_replace() -> None:
    assert {"labels": Change.UPDATE} == changes({"labels": {"a": "1"}}, {"labels": {"a": UNKNOWN}})
    assert {"snapshot": Change.REPLACE} == changes({"snapshot": "a"}, {"snapshot": UNKNOWN})


def test_only_a_fixed_name_deletes_before_it_replaces() -> None:
    fixed = difference({"name": "a", "env": {}}, {"name": "a", "env": {"A": "1"}})
    assert (["env"], True) == (fixed.replaces, fixed.delete_before_replace)
    derived = difference({"env": {}}, {"env": {"A": "1"}})
    assert (["env"], False) == (derived.replaces, derived.delete_before_replace)
    renamed = difference({"name": "a"}, {"name": "b"})
    assert (["name"], False) == (renamed.replaces, renamed.delete_before_replace)


def test_a_snapshot_stays_as_the_program_spelled_it() -> None:
    state = SANDBOX.state({"snapshot": "5f0c-id"}, Live("id", LIVE))
    assert "5f0c-id" == state["snapshot"]
    assert {} == dict(diff(SANDBOX, state, {"snapshot": "5f0c-id"}).changes)
