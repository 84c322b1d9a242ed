"""Draw a stack as SVG: readable in light and dark, and by screen readers; no script in it."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pulumi_daytona.cli.graph.layout import HEAD, MARGIN, ROW, Placed, layout
from pulumi_daytona.cli.graph.style import STYLE, WORDS, fitted, fitting, state_class, width_of
from pulumi_daytona.cli.graph.summary import summary
from pulumi_daytona.cli.output import clean
from pulumi_daytona.core.stack_graph import Box, Card, Part, StackGraph

_KIND_COLUMN: Final = 78.0
_INSET: Final = 14.0
_SMALL: Final = 11.0
_LARGE: Final = 14.0


def svg(graph: StackGraph) -> str:
    """Return the picture of a stack as the text of an SVG file."""
    placed = layout(graph)
    size = {"width": _number(placed.width), "height": _number(placed.height)}
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {size['width']} {size['height']}",
            **size,
            "role": "img",
            "aria-labelledby": "title description",
        },
    )
    _text_of(root, "title", f"Stack {graph.stack.name}", id="title")
    _text_of(root, "desc", summary(graph), id="description")
    SubElement(root, "style").text = STYLE
    SubElement(root, "rect", {"class": "paper", **size})
    _text(root, fitted(f"Stack {graph.stack.name}", placed.width - 2 * MARGIN, _LARGE), MARGIN, 22, "name")
    _inside(root, placed)
    indent(root)
    return tostring(root, encoding="unicode") + "\n"


def _inside(parent: Element, box: Placed) -> None:
    """Draw what is in a box; arrows first, so that they run behind the cards."""
    places = {placed.item.urn: placed for placed in box.inside}
    for one, other in box.arrows:
        _arrow(parent, places[one], places[other])
    for placed in box.inside:
        group = SubElement(parent, "g", {"transform": f"translate({_number(placed.x)} {_number(placed.y)})"})
        if isinstance(placed.item, Box):
            _box(group, placed, placed.item)
        else:
            _card(group, placed, placed.item)


def _arrow(parent: Element, one: Placed, other: Placed) -> None:
    """Draw a curve with a point from the one that is used to the one that uses it."""
    x, y, to_x, to_y = one.x + one.width, one.y + one.height / 2, other.x - 7, other.y + other.height / 2
    bend = max(28.0, abs(to_x - x) / 2)
    points = [(x + bend, y), (to_x - bend, to_y), (to_x, to_y)]
    curve = " ".join(f"{_number(a)},{_number(b)}" for a, b in points)
    SubElement(parent, "path", {"class": "arrow", "d": f"M{_number(x)},{_number(y)} C{curve}"})
    tip = f"M{_number(to_x + 6)},{_number(to_y)} l-8,-4.5 v9 z"
    SubElement(parent, "path", {"class": "tip", "d": tip})


def _box(group: Element, placed: Placed, box: Box) -> None:
    _frame(group, placed, "box", f"{box.kind} {box.name}")
    room = placed.width - 2 * MARGIN
    kind = fitted(box.kind, room * 0.4, _SMALL)
    _text(group, fitted(box.name, room * 0.6, _LARGE), MARGIN, 22, "name")
    _text(group, kind, placed.width - MARGIN, 22, "quiet end")
    _inside(group, placed)


def _card(group: Element, placed: Placed, card: Card) -> None:
    kinds = f"card {'foreign' if card.is_foreign else ''}".strip()
    told = ", ".join(filter(None, (card.state, *card.facts)))
    _frame(group, placed, kinds, f"{WORDS[card.kind]} {card.name}: {told}")
    mark = {"class": f"mark {card.kind}", "x": "-2", "y": "10", "width": "4", "rx": "2"}
    SubElement(group, "rect", {**mark, "height": _number(placed.height - 20)})
    _head(group, placed.width, card)
    if card.parts:
        line = f"M{_number(_INSET)},{_number(HEAD - 6)} H{_number(placed.width - _INSET)}"
        SubElement(group, "path", {"class": "line", "d": line})
    for index, part in enumerate(card.parts):
        _part(group, placed.width, HEAD + index * ROW + 10, part)


def _head(group: Element, width: float, card: Card) -> None:
    room = width - 2 * _INSET
    word = WORDS[card.kind]
    _text(group, fitted(card.name, room - width_of(f"{word} ", _SMALL), _LARGE), _INSET, 22, "name")
    _text(group, word, width - _INSET, 22, "quiet end")
    indented = 14 if card.state else 0
    if card.state:
        SubElement(group, "circle", {"class": state_class(card.state), "cx": "18", "cy": "39", "r": "4"})
    told = fitting(filter(None, (card.state, *card.facts)), room - indented, _SMALL)
    _text(group, told, _INSET + indented, 43, "quiet")


def _part(group: Element, width: float, y: float, part: Part) -> None:
    row = SubElement(group, "g")
    _text_of(row, "title", f"{WORDS[part.kind]} {part.name} {part.detail}".strip())
    room = width - 2 * _INSET - _KIND_COLUMN
    detail = fitted(part.detail, room * 0.6, _SMALL)
    _text(row, WORDS[part.kind], _INSET, y, "quiet")
    _text(
        row,
        fitted(part.name, room - width_of(f"{detail} ", _SMALL), _SMALL),
        _INSET + _KIND_COLUMN,
        y,
        "part",
    )
    if detail:
        _text(row, detail, width - _INSET, y, "quiet end")


def _frame(group: Element, placed: Placed, kinds: str, title: str) -> None:
    _text_of(group, "title", title)
    size = {"width": _number(placed.width), "height": _number(placed.height)}
    SubElement(group, "rect", {"class": kinds, "rx": "8", **size})


def _text(parent: Element, text: str, x: float, y: float, kinds: str) -> None:
    _text_of(parent, "text", text, x=_number(x), y=_number(y), **{"class": kinds})


def _text_of(parent: Element, tag: str, text: str, **attributes: str) -> None:
    SubElement(parent, tag, attributes).text = clean(text)


def _number(value: float) -> str:
    return f"{round(value, 1):g}"
