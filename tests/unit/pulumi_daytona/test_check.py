"""Check: what is known is validated and brought into its normal form, before any request."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_daytona.core.check import check
from pulumi_daytona.core.resources.sandbox import SANDBOX
from pulumi_daytona.core.unknown import UNKNOWN


def failures(**inputs: Any) -> dict[str, str]:
    return {failure.property: failure.reason for failure in check(SANDBOX, inputs).failures}


def checked(**inputs: Any) -> dict[str, Any]:
    result = check(SANDBOX, inputs)
    assert () == result.failures
    return result.inputs


def test_an_empty_sandbox_is_fine() -> None:
    assert {} == checked()


def test_values_that_are_none_are_left_out() -> None:
    assert {"public": True} == checked(public=True, labels=None)


def test_whole_numbers_arrive_as_floats_and_become_integers() -> None:
    assert {"auto_stop_interval": 30} == checked(auto_stop_interval=30.0)


def test_a_misspelled_input_is_named_with_the_nearest_real_one() -> None:
    assert "did you mean auto_stop_interval?" in failures(auto_stop_intervall=1)["auto_stop_intervall"]


@pytest.mark.parametrize(
    "name", ["auto_stop_interval", "auto_pause_interval", "auto_archive_interval", "ttl_minutes"]
)
def test_a_negative_interval_is_refused_on_its_property(name: str) -> None:
    assert {name: "input should be greater than or equal to 0"} == failures(**{name: -1})


def test_auto_delete_may_be_negative_which_turns_it_off() -> None:
    assert {"auto_delete_interval": -1} == checked(auto_delete_interval=-1)


@pytest.mark.parametrize(
    ("inputs", "property_", "words"),
    [
        ({"snapshot": "a", "image": "b"}, "image", "only one of"),
        ({"image": "a", "dockerfile": "FROM b"}, "dockerfile", "only one of"),
        ({"resources": {"cpu": 2}}, "resources", "only with image or dockerfile"),
        ({"image": "a", "resources": {"cpu": 0}}, "resources.cpu", "greater than or equal to 1"),
        ({"image": "a", "resources": {"cpus": 1}}, "resources.cpus", "no input of this name"),
        ({"auto_stop_interval": 5, "auto_pause_interval": 5}, "auto_pause_interval", "at most one"),
        ({"ephemeral": True, "auto_pause_interval": 5}, "auto_pause_interval", "can't pause"),
        ({"ephemeral": True, "auto_delete_interval": 5}, "auto_delete_interval", "leave one of them out"),
        ({"ephemeral": True, "state": "stopped"}, "state", "deleted when it stops"),
        ({"auto_delete_interval": 0, "state": "archived"}, "state", "deleted when it stops"),
        ({"state": "paused"}, "state", "'started', 'stopped' or 'archived'"),
        ({"state": "stopped", "wait": False}, "wait", "reached only by waiting"),
        ({"linked_sandbox": "x"}, "linked_sandbox", "needs ephemeral"),
        (
            {"network_block_all": True, "network_allow_list": "10.0.0.0/8"},
            "network_allow_list",
            "contradicts",
        ),
        ({"network_allow_list": ["10.0.0.1"]}, "network_allow_list", "needs IPv4 networks"),
        ({"network_allow_list": ["::1/128"]}, "network_allow_list", "needs IPv4 networks"),
        ({"network_allow_list": [f"10.0.{n}.0/24" for n in range(11)]}, "network_allow_list", "at most 10"),
        ({"domain_allow_list": "http://x y"}, "domain_allow_list", "needs domain names"),
        ({"volumes": [{"volume_id": "v", "mount_path": "data"}]}, "volumes[0].mount_path", "absolute path"),
        (
            {"volumes": [{"volume_id": v, "mount_path": "/d"} for v in "ab"]},
            "volumes",
            "2 volumes are mounted at /d",
        ),
        (
            {"volumes": [{"volume_id": path, "mount_path": path} for path in ("/d", "//d/./")]},
            "volumes",
            "2 volumes are mounted at /d",
        ),
        (
            {"volumes": [{"volume_id": "v"}]},
            "volumes[0].mount_path",
            "is missing; give it: The absolute path in the sandbox.",
        ),
        ({"labels": {"": "x"}}, "labels", "must not be empty"),
        ({"labels": {"pulumi-daytona/owner": "me"}}, "labels.pulumi-daytona/owner", "the provider's own"),
        ({"labels": {"build": 5}}, "labels.build", "valid string"),
        ({"name": "<b>x</b>"}, "name", "HTML"),
        ({"name": ""}, "name", "must not be empty"),
        ({"spot": True}, "spot", "set resources.gpu"),
        ({"create_timeout": -1}, "create_timeout", "greater than or equal to 0"),
        ({"create_timeout": float("inf")}, "create_timeout", "finite"),
        ({"language": "ruby"}, "language", "'python', 'typescript' or 'javascript'"),
        ({"snapshot": ""}, "snapshot", "must not be empty"),
    ],
)
def test_what_contradicts_is_refused_on_its_property(
    inputs: dict[str, Any], property_: str, words: str
) -> None:
    assert words in failures(**inputs)[property_]


def test_every_failure_is_reported_at_once() -> None:
    assert {"auto_stop_interval", "public"} == set(failures(auto_stop_interval=-1, public="perhaps"))


def test_lists_of_networks_become_the_text_of_the_api() -> None:
    listed = checked(network_allow_list=["10.0.0.0/8", " 192.168.0.0/16 "])
    assert {"network_allow_list": "10.0.0.0/8,192.168.0.0/16"} == listed


@pytest.mark.parametrize(
    "inputs",
    [
        {"name": UNKNOWN},
        {"labels": {"a": UNKNOWN, "b": "known"}},
        {"labels": UNKNOWN},
        {"volumes": [{"volume_id": UNKNOWN, "mount_path": "/data"}]},
        {"volumes": [UNKNOWN]},
        {"image": UNKNOWN, "resources": {"cpu": UNKNOWN}},
        {"resources": UNKNOWN, "image": "x", "spot": True},
        {"auto_stop_interval": UNKNOWN, "auto_pause_interval": 5},
        {"ephemeral": UNKNOWN, "linked_sandbox": "x"},
        {"state": UNKNOWN, "ephemeral": True},
    ],
)
def test_unknown_values_pass_and_stay_unknown(inputs: dict[str, Any]) -> None:
    assert inputs == checked(**inputs)


def test_a_list_with_an_unknown_network_is_unknown() -> None:
    assert {"network_allow_list": UNKNOWN} == checked(network_allow_list=["10.0.0.0/8", UNKNOWN])


def test_what_is_known_beside_an_unknown_is_still_validated() -> None:
    assert {"labels.b"} == set(failures(labels={"a": UNKNOWN, "b": 5}))
