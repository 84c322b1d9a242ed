"""What hangs together in a stack, as its state tells it."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi_daytona.cli.graph.style import WORDS
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.core.resources import RESOURCES, definition_of
from pulumi_daytona.core.stack_graph import _DETAILS, Box, Card, Part, stack_graph, stack_of

from tests.unit.pulumi_daytona.graph.given import SEALED, STACK, component, resource, shop, state, urn


def read(*resources: Any) -> Box:
    return stack_graph(STACK, state(*resources)).stack


def cards(*resources: Any) -> list[Card]:
    return list(read(*resources).cards)


def test_a_real_stack_has_its_sandboxes_with_what_is_theirs_and_components_as_boxes() -> None:
    graph = stack_graph("organization/shop/dev", shop())
    boxes = {
        item.name: [card.name for card in item.cards] for item in graph.stack.items if isinstance(item, Box)
    }
    assert {"dev": ["dev", "dev"], "evals": ["evals-0", "evals-1", "evals-2"]} == boxes
    [box] = [card for card in graph.stack.cards if card.name == "box"]
    assert [
        ("GitRepository", "shop", "/home/daytona/shop"),
        ("SandboxFolder", "site", "/srv/site"),
        ("SandboxFile", "note", "/tmp/note <b>"),
        ("SandboxCommand", "install", ""),
        ("SandboxSession", "web", "port 8000"),
        ("PreviewUrl", "page", "port 8000"),
        ("SshAccess", "ssh", "2026-11-30 06:02"),
    ] == [(part.kind, part.name, part.detail) for part in box.parts]
    names = {card.urn: card.name for card in graph.stack.cards}
    assert {"base", "data", "vault"} == {names[one] for one, other in graph.uses if names[other] == "box"}


def test_every_kind_has_a_word_and_what_takes_a_sandbox_is_on_its_card() -> None:
    assert {*RESOURCES} == WORDS.keys()
    inside = {kind for kind in RESOURCES if "sandbox_id" in definition_of(kind).inputs.model_fields}
    assert inside == _DETAILS.keys()


def test_the_order_is_the_names_and_not_the_engine_s() -> None:
    made = [resource("Sandbox", f"box-{number}") for number in (10, 2, 1)]
    assert ["box-1", "box-2", "box-10"] == [card.name for card in cards(*made)]


def test_a_sandbox_of_another_stack_is_shown_with_what_this_one_puts_into_it() -> None:
    note = resource("SandboxFile", "note", outputs={"sandboxId": "elsewhere", "path": "/tmp/a"})
    part = Part(note["urn"], "SandboxFile", "note", "/tmp/a")
    assert [
        Card("elsewhere", "Sandbox", "elsewhere", "not in this stack", parts=(part,), is_foreign=True)
    ] == cards(note)


def test_a_sandbox_id_that_is_a_secret_is_found_by_the_dependency() -> None:
    box = resource("Sandbox", "box")
    needs = {"sandboxId": [box["urn"]]}
    note = resource("SandboxFile", "note", outputs={"sandboxId": SEALED}, propertyDependencies=needs)
    [card] = cards(box, note)
    assert ["note"] == [part.name for part in card.parts]


def test_a_parent_that_is_no_component_makes_no_box_and_an_empty_component_isn_t_drawn() -> None:
    team = component("team")
    box = resource("Sandbox", "box", parent=team["urn"])
    pool = resource("Volume", "data", parent=box["urn"])
    [found] = read(component("empty"), team, box, pool).items
    assert isinstance(found, Box)
    assert ("Team", ["box", "data"]) == (found.kind, [item.name for item in found.items])


def test_what_is_sealed_or_about_to_be_deleted_is_not_told() -> None:
    old = resource("Sandbox", "box", delete=True, outputs={"name": "old"})
    new = resource("Sandbox", "box", outputs={"name": SEALED, "state": "started", "cpu": 2.0})
    assert [("started", ("2 CPU",))] == [(card.state, card.facts) for card in cards(old, new)]


def test_parents_in_a_circle_come_to_an_end() -> None:
    one, two = resource("Volume", "one", parent=urn("Volume", "two")), resource("Volume", "two")
    assert 2 == len(cards(one, {**two, "parent": one["urn"]}))


@pytest.mark.parametrize(
    "broken",
    [
        {"outputs": 7},
        {"dependencies": 7},
        {"dependencies": [{}]},
        {"parent": {}},
        {"outputs": {"sandboxId": 7}, "propertyDependencies": [1]},
    ],
)
def test_a_resource_that_no_engine_writes_is_one_line(broken: dict[str, Any]) -> None:
    with pytest.raises(ProviderError, match="not as the engine writes it; export it again"):
        read(resource("SandboxFile", "note", **broken))


@pytest.mark.parametrize(
    "exported", [None, [], {}, {"deployment": {}}, {"deployment": {"resources": [1]}}, state()]
)
def test_what_tells_no_stack_has_none(exported: Any) -> None:
    assert stack_of(exported) is None


def test_the_first_resource_tells_the_stack() -> None:
    assert "organization/shop/dev" == stack_of(shop())
