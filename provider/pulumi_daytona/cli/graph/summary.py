"""Say in words, and in JSON, what a drawn stack shows."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pulumi_daytona.cli.graph.style import WORDS
from pulumi_daytona.core.stack_graph import Box, Card, StackGraph


def summary(graph: StackGraph) -> str:
    """Return what is in a stack and what uses what, in a few sentences."""
    cards = list(graph.stack.cards)
    kinds = Counter(card.kind for card in cards) + Counter(part.kind for card in cards for part in card.parts)
    names = {card.urn: f"{WORDS[card.kind]} {card.name}" for card in cards}
    sentences = [", ".join(f"{count} x {WORDS[kind]}" for kind, count in sorted(kinds.items()))]
    sentences += [f"{names[other]} uses {names[one]}" for one, other in graph.uses]
    return ". ".join(sentences) + "."


def as_json(graph: StackGraph) -> dict[str, Any]:
    """Return what is in a stack, as JSON has it."""
    return {
        "stack": graph.stack.name,
        "items": [_item(item) for item in graph.stack.items],
        "uses": [{"used": one, "by": other} for one, other in graph.uses],
    }


def _item(item: Card | Box) -> dict[str, Any]:
    named = {"kind": item.kind, "name": item.name, "urn": item.urn}
    if isinstance(item, Box):
        return {**named, "items": [_item(one) for one in item.items]}
    return {
        **named,
        "state": item.state,
        "facts": list(item.facts),
        "in_this_stack": not item.is_foreign,
        "parts": [vars(part) for part in item.parts],
    }
