"""The tables of sdk/README.md are true: what moves from the official package unchanged, and what doesn't."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from typing import Any

import pytest

from tests.official.comparison import Signature, differences
from tests.official.environment import HERE, NEW, python_of
from tests.official.tables import FIXED, NOT_HERE, SAME, Row, rows

pytestmark = pytest.mark.official

EXPORTS = rows("What the official package exports")
GIVEN = rows("What these give")


@cache
def surface(package: str) -> dict[str, Any]:
    """Return what a package offers, seen in its own environment."""
    python = python_of(NEW) if package == "daytona" else sys.executable
    command = [str(python), "-W", "ignore", str(HERE / "surface.py"), package]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return found


def differing(row: Row, group: str) -> set[str]:
    """Return the names of what differs in our class of that name."""
    official, ours = surface("daytona")[group], surface("daytona_httpx")[group]
    return differences(row.name, official[row.name], ours[row.name])


def is_true(row: Row, group: str) -> None:
    """Fail when a row says something else than the packages do."""
    if row.verdict == NOT_HERE:
        assert row.name not in surface("daytona_httpx")[group]
        assert row.reason
        return
    named = set(re.findall(r"`(\w+)`", row.reason))
    assert differing(row, group) - (named if row.verdict == FIXED else set()) == set()
    assert (row.verdict == FIXED) == bool(row.reason)


def test_the_table_has_every_official_export() -> None:
    exported = surface("daytona")["exports"]
    assert 99 == len(exported)
    assert EXPORTS.keys() == exported.keys()


def test_the_table_has_every_class_that_these_give() -> None:
    found = surface("daytona")
    assert GIVEN.keys() == set(found["reached"]) - found["exports"].keys()


def test_a_row_has_one_of_three_verdicts() -> None:
    assert {SAME, FIXED, NOT_HERE} >= {row.verdict for row in [*EXPORTS.values(), *GIVEN.values()]}


@pytest.mark.parametrize("name", EXPORTS)
def test_the_row_of_an_export_is_true(name: str) -> None:
    is_true(EXPORTS[name], "exports")


@pytest.mark.parametrize("name", GIVEN)
def test_the_row_of_a_class_that_these_give_is_true(name: str) -> None:
    is_true(GIVEN[name], "classes")


@pytest.mark.parametrize(
    ("theirs", "ours", "found"),
    [
        ([["a", "POSITIONAL_OR_KEYWORD", "required"]], [], {"a", "order"}),
        ([["a", "POSITIONAL_OR_KEYWORD", 1]], [["a", "POSITIONAL_OR_KEYWORD", 2]], {"a"}),
        ([["a", "POSITIONAL_OR_KEYWORD", 1]], [["a", "KEYWORD_ONLY", 1]], {"a", "order"}),
        ([], [["b", "KEYWORD_ONLY", "required"]], {"b"}),
        ([["a", "POSITIONAL_OR_KEYWORD", "required"]], [["a", "POSITIONAL_OR_KEYWORD", 1]], set()),
        ([], [["b", "POSITIONAL_OR_KEYWORD", None]], set()),
    ],
)
def test_what_callers_would_notice_is_seen(theirs: Signature, ours: Signature, found: set[str]) -> None:
    assert found == differences("Resources", {"parameters": theirs}, {"parameters": ours})


def test_a_method_that_is_missing_or_does_not_wait_is_seen() -> None:
    waiting, ready = [dict[str, Any](signatures=[[]], waits=waits) for waits in (True, False)]
    official = {"methods": {"a": waiting, "b": ready, "c": ready}}
    assert {"a", "b"} == differences("X", official, {"methods": {"a": ready, "c": ready}})
