"""Find a place for everything: columns from what is used to what uses it, and a box around a component's."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pulumi_daytona.core.stack_graph import Box, Card, StackGraph

SANDBOX_WIDTH: Final = 300.0
CARD_WIDTH: Final = 244.0
HEAD: Final = 58.0
ROW: Final = 20.0
FOOT: Final = 8.0
TITLE: Final = 34.0
MARGIN: Final = 20.0
"""Pixels: the cards' sizes, the height of a box's title, and what a box leaves free inside."""

_GAP: Final = 18.0
_BETWEEN_COLUMNS: Final = 64.0
_LEAST_COLUMN: Final = 900.0

Arrow = tuple[str, str]


@dataclass
class Placed:
    """Hold an item with its place, from the corner of what it is in; pixels."""

    item: Card | Box
    width: float
    height: float
    inside: Sequence[Placed] = ()
    arrows: Sequence[Arrow] = ()
    x: float = 0.0
    y: float = 0.0


def layout(graph: StackGraph) -> Placed:
    """Return the stack with everything in it at its place."""
    return _box(graph.stack, graph.uses)


def _box(box: Box, uses: Sequence[Arrow]) -> Placed:
    inside = [_box(item, uses) if isinstance(item, Box) else _card(item) for item in box.items]
    arrows = _between(box.items, uses)
    width, height = _arrange(_columns(inside, arrows))
    return Placed(box, width + 2 * MARGIN, height + TITLE + MARGIN, inside, arrows)


def _card(card: Card) -> Placed:
    rows = len(card.parts) * ROW + FOOT if card.parts else 0
    return Placed(card, SANDBOX_WIDTH if card.kind == "Sandbox" else CARD_WIDTH, HEAD + rows)


def _between(items: Iterable[Card | Box], uses: Sequence[Arrow]) -> list[Arrow]:
    """Return which of the items uses which; what is in a box is used, or uses, as the box."""
    places = {
        card.urn: item.urn for item in items for card in (item.cards if isinstance(item, Box) else (item,))
    }
    pairs = ((places[one], places[other]) for one, other in uses if {one, other} <= places.keys())
    return list(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))


def _columns(inside: Sequence[Placed], arrows: Sequence[Arrow]) -> list[list[Placed]]:
    """Sort items into columns: each after all that it uses, beside or near them."""
    ranks = _ranks(inside, arrows)
    columns: dict[int, list[Placed]] = {}
    for placed in inside:
        columns.setdefault(ranks[placed.item.urn], []).append(placed)
    ordered = [columns[rank] for rank in sorted(columns)]
    for before, column in pairwise(ordered):
        heights = {placed.item.urn: index for index, placed in enumerate(before)}
        column.sort(key=lambda placed: _mean_height(placed, heights, arrows))
    return [part for column in ordered for part in _broken(column)]


def _ranks(inside: Sequence[Placed], arrows: Sequence[Arrow]) -> dict[str, int]:
    """Return the column of each item; sandboxes and boxes stand after the others, when anything is used."""
    ranks = {placed.item.urn: int(bool(arrows) and _is_user(placed.item)) for placed in inside}
    for _ in inside:  # so many steps are enough; components that use each other's contents would need no end
        late = {other: ranks[one] + 1 for one, other in arrows if ranks[other] <= ranks[one]}
        if not late:
            break
        ranks.update(late)
    return ranks


def _is_user(item: Card | Box) -> bool:
    return isinstance(item, Box) or item.kind == "Sandbox"


def _mean_height(placed: Placed, heights: dict[str, int], arrows: Sequence[Arrow]) -> float:
    found = [heights[one] for one, other in arrows if other == placed.item.urn and one in heights]
    return sum(found) / len(found) if found else math.inf


def _broken(column: Sequence[Placed]) -> list[list[Placed]]:
    """Break a column that is much higher than the picture would be wide into several, about as high each."""
    area = sum((placed.width + _GAP) * (placed.height + _GAP) for placed in column)
    height = _height(column)
    limit = height / math.ceil(height / max(_LEAST_COLUMN, math.sqrt(area)))
    parts: list[list[Placed]] = [[]]
    y = 0.0
    for placed in column:
        if y >= limit:
            parts.append([])
            y = 0.0
        parts[-1].append(placed)
        y += placed.height + _GAP
    return parts


def _height(column: Sequence[Placed]) -> float:
    return sum(placed.height + _GAP for placed in column) - _GAP


def _arrange(columns: Sequence[Sequence[Placed]]) -> tuple[float, float]:
    """Set the places, each column in the middle of the height, and return what they take up."""
    height = max(map(_height, columns), default=0.0)
    x = MARGIN
    for column in columns:
        y = TITLE + (height - _height(column)) / 2
        for placed in column:
            placed.x, placed.y = x, y
            y += placed.height + _GAP
        x += max(placed.width for placed in column) + _BETWEEN_COLUMNS
    return max(0.0, x - MARGIN - _BETWEEN_COLUMNS), height
