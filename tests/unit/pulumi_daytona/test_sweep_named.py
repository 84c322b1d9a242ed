"""Whose a volume or a snapshot is: told only by a name that could have come from nowhere else."""

from __future__ import annotations

import pytest
from pulumi_daytona.core.ownership import names_for
from pulumi_daytona.core.resources.sandbox_snapshot import SandboxSnapshotInputs
from pulumi_daytona.core.resources.snapshot.inputs import SnapshotInputs
from pulumi_daytona.core.sweep_named import owner_of_named, types_of
from pulumi_daytona.core.sweep_states import Owner, StackState

STACK = "acme/shop/dev"
OTHER = "acme/shop/prod"
CONTENT = {"Volume": "", "Snapshot": SnapshotInputs(image="alpine:3.20").digest()}
KINDS = pytest.mark.parametrize("kind", CONTENT)


def state(*owners: Owner, stack: str = STACK) -> StackState:
    return StackState(stack, frozenset(), frozenset(owners))


def first_name(owner: Owner) -> str:
    return next(names_for(owner.mark, CONTENT[owner.type.rpartition(":")[2]]))


@pytest.mark.parametrize(("kind", "type_"), [(kind, type_) for kind in CONTENT for type_ in types_of(kind)])
def test_one_of_an_empty_stack_is_told_by_its_name(kind: str, type_: str) -> None:
    owner = Owner(STACK, type_, "data")
    name = next(names_for(owner.mark, CONTENT[kind]))
    assert owner == owner_of_named(kind, name, [state(stack=OTHER), state()])


@KINDS
def test_a_second_name_is_the_same_owner_s(kind: str) -> None:
    owner = Owner(STACK, types_of(kind)[0], "data")
    assert owner == owner_of_named(kind, f"{first_name(owner)}-2", [state()])


@KINDS
def test_one_of_a_component_is_told_while_the_component_is_in_the_state(kind: str) -> None:
    component = Owner(STACK, "my:index:Cache", "cache")
    owner = Owner(STACK, f"my:index:Cache${types_of(kind)[0]}", "data")
    assert owner == owner_of_named(kind, first_name(owner), [state(component)])
    assert owner_of_named(kind, first_name(owner), [state()]) is None


@KINDS
def test_a_name_that_lost_its_special_letters_is_told_while_its_resource_is_in_the_state(kind: str) -> None:
    owner = Owner(STACK, types_of(kind)[0], "my_data")
    assert owner == owner_of_named(kind, first_name(owner), [state(owner)])


def test_a_sandbox_s_snapshot_is_told_as_every_snapshot_is() -> None:
    content = SandboxSnapshotInputs(sandbox_id="box", triggers=["one"]).digest()
    owner = Owner(STACK, "daytona:index:SandboxSnapshot", "data")
    assert owner == owner_of_named("Snapshot", next(names_for(owner.mark, content)), [state()])


@pytest.mark.parametrize("content", ["00000000", "0123abcd"])
def test_a_snapshot_is_its_owner_s_whatever_it_is_made_of(content: str) -> None:
    owner = Owner(STACK, types_of("Snapshot")[0], "data")
    assert owner == owner_of_named("Snapshot", next(names_for(owner.mark, content)), [state()])


@KINDS
@pytest.mark.parametrize("end", ["", "-abcdef0", "-abcdef0-2", "-abcdef0-0123abcd", "-abcdef0-0123abcd-2"])
def test_what_a_person_named_is_nobody_s(kind: str, end: str) -> None:
    assert owner_of_named(kind, f"data{end}", [state()]) is None
    assert owner_of_named(kind, end, [state()]) is None


def test_a_name_of_one_kind_is_none_of_the_other() -> None:
    """Else a person's snapshot, named after a volume, would be taken for its owner's."""
    for kind, other in ("Volume", "Snapshot"), ("Snapshot", "Volume"):
        name = first_name(Owner(STACK, types_of(kind)[0], "data"))
        assert owner_of_named(other, name, [state()]) is None


@KINDS
def test_the_same_name_in_another_stack_is_another_s(kind: str) -> None:
    owner = Owner(OTHER, types_of(kind)[0], "data")
    assert owner_of_named(kind, first_name(owner), [state()]) is None
