"""The dynamic front end: what the engine's state holds of it, and how values cross the edge."""

from __future__ import annotations

import base64

import pytest
from pulumi.dynamic.dynamic import serialize_provider
from pulumi.runtime import rpc
from pulumi_daytona import dynamic, hosted
from pulumi_daytona.core.resources import RESOURCES
from pulumi_daytona.core.unknown import UNKNOWN
from pulumi_daytona.dynamic import DaytonaProvider, provider_class

GOLDEN = {
    "Sandbox": "gASVMQAAAAAAAACMFnB1bHVtaV9kYXl0b25hLmR5bmFtaWOUjA9TYW5kYm94UHJvdmlkZXKUk5QpgZQu",
    "Volume": "gASVMAAAAAAAAACMFnB1bHVtaV9kYXl0b25hLmR5bmFtaWOUjA5Wb2x1bWVQcm92aWRlcpSTlCmBlC4=",
}


def reference(kind: str) -> bytes:
    """Write the pickle of a provider by hand: a module, a class, no arguments, no fields."""
    name = f"{kind}Provider".encode()
    body = b"\x8c\x16pulumi_daytona.dynamic\x94\x8c" + bytes([len(name)]) + name + b"\x94\x93\x94)\x81\x94."
    return b"\x80\x04\x95" + len(body).to_bytes(8, "little") + body


def sandbox() -> DaytonaProvider:
    return provider_class("Sandbox")()


@pytest.mark.parametrize("kind", RESOURCES)
def test_the_state_holds_a_reference_to_the_provider_that_never_changes(kind: str) -> None:
    assert reference(kind) == base64.b64decode(serialize_provider(provider_class(kind)()))


@pytest.mark.parametrize("kind", GOLDEN)
def test_the_state_of_earlier_releases_still_has_its_provider(kind: str) -> None:
    assert GOLDEN[kind] == serialize_provider(provider_class(kind)())


@pytest.mark.parametrize("kind", RESOURCES)
def test_a_reference_is_followed_to_the_provider_of_its_kind(kind: str) -> None:
    assert kind == getattr(dynamic, f"{kind}Provider").kind


@pytest.mark.parametrize("name", ["NothingProvider", "Sandbox", "Provider"])
def test_nothing_else_is_a_provider(name: str) -> None:
    with pytest.raises(AttributeError, match=name):
        getattr(dynamic, name)


def test_a_provider_s_state_is_no_secret_and_holds_none() -> None:
    assert (False, {}) == (DaytonaProvider.serialize_as_secret_always, vars(sandbox()))


def test_unknowns_cross_the_edge_and_come_back() -> None:
    checked = sandbox().check({}, {"__provider": "p", "labels": {"a": rpc.UNKNOWN}, "name": rpc.UNKNOWN})
    assert [] == checked.failures
    assert {"labels": {"a": rpc.UNKNOWN}, "name": rpc.UNKNOWN} == checked.inputs


def test_unknowns_become_the_core_s_own() -> None:
    decoded = hosted.from_engine({"__provider": "p", "a": [rpc.UNKNOWN, 2.0]})
    assert {"a": [UNKNOWN, 2]} == decoded


def test_a_check_failure_names_the_property() -> None:
    checked = sandbox().check({}, {"auto_stop_interval": -1})
    assert ["auto_stop_interval"] == [failure.property for failure in checked.failures]


def test_a_diff_tells_what_replaces_and_that_the_fixed_name_must_be_free_first() -> None:
    olds = {"name": "a", "user": "x", "declared": ["name", "user"]}
    difference = sandbox().diff("id", olds, {"name": "a", "user": "y"})
    assert (True, ["user"], True) == (
        difference.changes,
        difference.replaces,
        difference.delete_before_replace,
    )
