"""A stack as a picture: well-formed, escaped, without secrets or scripts, and nothing on top of another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from pulumi_daytona.cli.graph.layout import Placed, layout
from pulumi_daytona.cli.graph.style import fitted, fitting, width_of
from pulumi_daytona.cli.graph.summary import as_json
from pulumi_daytona.cli.graph.svg import svg
from pulumi_daytona.core.stack_graph import StackGraph, stack_graph

from tests.unit.pulumi_daytona.graph.given import FOLDER, SEALED, STACK, component, resource, shop, state, urn

SVG = "{http://www.w3.org/2000/svg}"


def graph(*resources: Any) -> StackGraph:
    return stack_graph(STACK, state(*resources))


def real() -> StackGraph:
    return stack_graph("organization/shop/dev", shop())


def texts(picture: str) -> list[str]:
    return [
        each.text or "" for each in fromstring(picture).iter() if each.tag in (f"{SVG}text", f"{SVG}title")
    ]


def boxes(placed: Placed) -> Iterator[Placed]:
    yield placed
    for one in placed.inside:
        yield from boxes(one)


def pool(count: int) -> list[Any]:
    base = resource("Snapshot", "base")
    return [base, *(resource("Sandbox", f"box-{index}", (base["urn"],)) for index in range(count))]


def test_the_picture_of_a_real_stack_is_the_one_that_was_looked_at() -> None:
    # Made by: pulumi-daytona graph --state shop.json --out shop.svg; look at it before you keep another one.
    assert (FOLDER / "shop.svg").read_text() == svg(real())


def test_a_picture_says_in_words_what_it_shows() -> None:
    root = fromstring(svg(real()))
    said = {root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")}
    assert ("img", {"title", "description"}) == (
        root.get("role"),
        {*str(root.get("aria-labelledby")).split()},
    )
    assert {"title", "description"} <= {each.get("id") for each in root}
    assert any(
        "5 x sandbox" not in str(text) and "sandbox box uses snapshot base" in str(text) for text in said
    )


def test_names_are_text_and_never_markup() -> None:
    name = '</text><script>alert("1")</script>&amp;\x1b[31m\ud800'
    picture = svg(graph(resource("Sandbox", name, outputs={"state": "<b>", "name": "a & b"})))
    assert not [each for each in fromstring(picture).iter() if each.tag == f"{SVG}script"]
    shown = name.replace("\x1b", "?").replace("\ud800", "?")
    assert f"sandbox {shown}: <b>, a & b" in texts(picture)


def test_neither_a_secret_nor_a_value_of_the_environment_is_in_it() -> None:
    hidden = {
        "env": {"TOKEN": "hush"},
        "value": SEALED,
        "create": "curl -H hush",
        "url": "https://u:hush@host/a",
    }
    box = resource("Sandbox", "box", outputs={"sandboxId": "x", **hidden})
    inside = [
        resource(kind, kind, outputs={"sandboxId": "id-of-box", "token": "hush", **hidden})
        for kind in ("SandboxCommand", "GitRepository", "PreviewUrl", "SshAccess")
    ]
    found = graph(box, *inside, resource("Secret", "vault", outputs=hidden))
    for text in (svg(found), str(as_json(found))):
        assert ("hush" in text, "ciphertext" in text, "v1:abc" in text) == (False, False, False)


def test_nothing_lies_on_anything_else_and_all_of_it_is_inside() -> None:
    team = component("team")
    members = [{**one, "parent": team["urn"]} for one in pool(40)]
    for drawn in (real(), graph(*pool(1)), graph(*pool(200)), graph(team, *members)):
        for outer in boxes(layout(drawn)):
            for one in outer.inside:
                assert 0 <= one.x <= one.x + one.width <= outer.width
                assert 0 <= one.y <= one.y + one.height <= outer.height
            for one, other in combinations(outer.inside, 2):
                apart = one.x + one.width <= other.x or other.x + other.width <= one.x
                assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y


def test_what_is_used_stands_left_of_what_uses_it() -> None:
    placed = layout(real())
    places = {one.item.urn: one for one in placed.inside}
    assert placed.arrows
    for one, other in placed.arrows:
        assert places[one].x + places[one].width < places[other].x


def test_a_large_pool_is_no_tower() -> None:
    placed = layout(graph(*pool(200)))
    assert 0.3 < placed.width / placed.height < 3


def test_components_that_use_each_other_s_contents_are_drawn_all_the_same() -> None:
    one, two = component("one"), component("two")
    first = resource("Volume", "first", (urn("Volume", "second"),), parent=one["urn"])
    second = resource("Volume", "second", parent=two["urn"])
    third = resource("Volume", "third", (first["urn"],), parent=two["urn"])
    assert 2 == svg(graph(one, two, first, second, third)).count('class="arrow"')


@pytest.mark.parametrize("text", ["", "short", "x" * 400, "日本語" * 40, "a b " * 90])
def test_a_text_is_cut_to_its_room(text: str) -> None:
    cut = fitted(text, 200, 11)
    assert cut == text or cut.endswith("…")
    assert width_of(cut, 11) <= 200


def test_facts_are_left_out_whole() -> None:
    assert "started · 1 CPU" == fitting(["started", "1 CPU", "y" * 40], 150, 11)


def test_the_names_of_kinds_are_the_only_classes_of_marks() -> None:
    marks: list[Element] = [
        each for each in fromstring(svg(real())).iter() if "mark" in (each.get("class") or "")
    ]
    assert {"mark Sandbox", "mark Secret", "mark Snapshot", "mark Volume"} == {
        each.get("class") for each in marks
    }
