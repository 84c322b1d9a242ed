"""What a sweep compares: whose a mark is, and what a stack's state has; what isn't clear is refused."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.sweep_states import Owner, StackState, full_name, read_state

STACK = "acme/shop/dev"
KIND = "pulumi-python:dynamic/daytona:Sandbox"
URN = f"urn:pulumi:dev::shop::{KIND}::box"


def exported(*resources: Any, version: object = 3, **deployment: Any) -> dict[str, Any]:
    return {"version": version, "deployment": {"manifest": {}, "resources": list(resources), **deployment}}


@pytest.mark.parametrize("name", ["box", "a::b", "with / and spaces"])
def test_a_mark_is_read_and_written_again(name: str) -> None:
    mark = f"acme/urn:pulumi:dev::shop::my:Component${KIND}::{name}"
    owner = Owner.parse(mark)
    assert Owner(STACK, f"my:Component${KIND}", name) == owner
    assert mark == (owner and owner.mark)


@pytest.mark.parametrize(
    "text",
    [None, "", "me", URN, "acme/urn:pulumi:dev::shop::type", f"/{URN}", "acme/urn:pulumi:::p::t::n", 7],
)
def test_what_is_no_mark_has_no_owner(text: object) -> None:
    assert Owner.parse(text) is None


def test_a_state_has_the_ids_of_its_resources_and_who_they_are() -> None:
    state = read_state(STACK, exported({"urn": URN, "id": "1"}, {"urn": URN, "id": "2", "delete": True}))
    assert StackState(STACK, frozenset({"1", "2"}), frozenset({Owner(STACK, KIND, "box")})) == state


def test_what_was_begun_and_is_pending_is_known_too() -> None:
    pending = [{"type": "deleting", "resource": {"urn": URN, "id": "1"}}]
    assert {"1"} == read_state(STACK, exported(pending_operations=pending)).ids


@pytest.mark.parametrize("deployment", [{}, {"resources": None}, {"manifest": {}, "resources": []}])
def test_a_stack_without_resources_has_a_state(deployment: dict[str, Any]) -> None:
    assert frozenset() == read_state(STACK, {"version": 3, "deployment": deployment}).ids


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ([], "not what `pulumi stack export` writes"),
        ({}, "not what `pulumi stack export` writes"),
        ({"version": 3, "deployment": None}, "not what `pulumi stack export` writes"),
        (exported(version=9), "its version is 9"),
        (exported(version=None), "its version is None"),
        (exported("text"), "its resources can't be read"),
        ({"version": 3, "deployment": {"resources": {"a": 1}}}, "its resources can't be read"),
        (exported(pending_operations=["text"]), "its resources can't be read"),
        (exported({"id": "1"}), "not of that stack"),
        (exported({"urn": URN.replace("dev", "prod"), "id": "1"}), "not of that stack"),
        (exported({"urn": URN.replace("shop", "other"), "id": "1"}), "not of that stack"),
    ],
)
def test_a_state_that_isn_t_clear_is_refused_in_one_line(state: object, words: str) -> None:
    with pytest.raises(ProviderError) as error:
        read_state(STACK, state)
    assert f'read the state of stack "{STACK}"' in str(error.value)
    assert words in str(error.value)


@pytest.mark.parametrize("stack", ["", "dev", "shop/dev", "acme//dev", "a/b/c/d"])
def test_a_stack_is_named_in_full(stack: str) -> None:
    with pytest.raises(ProviderError, match="organization/project/stack"):
        full_name(stack)


def test_a_mark_of_the_native_plugin_has_no_organization() -> None:
    mark = "/urn:pulumi:dev::shop::my:Component$daytona:index:Sandbox::box"
    owner = Owner.parse(mark)
    assert Owner("/shop/dev", "my:Component$daytona:index:Sandbox", "box") == owner
    assert owner
    assert mark == owner.mark == owner.within([STACK, "acme/shop/prod"]).mark
    assert STACK == owner.within([STACK, "acme/shop/prod"]).stack
    assert "/shop/dev" == owner.within([STACK, "other/shop/dev"]).stack
