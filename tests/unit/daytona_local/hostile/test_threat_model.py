"""The threat model in sdk/README.md says nothing that no test shows."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
README = ROOT / "sdk" / "README.md"
NAMED = re.compile(r"`(test_\w+)`")


def section() -> str:
    """Return what the README says about security."""
    return README.read_text().partition("\n## Security\n")[2].partition("\n## ")[0]


def rows() -> list[list[str]]:
    """Return the cells of the table of defences."""
    table = section().partition("which test shows it\n")[2].partition("\n### ")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in lines[1:]]


def existing() -> set[str]:
    """Return the names of all tests that there are."""
    trees = (ast.parse(file.read_text()) for file in (ROOT / "tests").rglob("test_*.py"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, kinds)}


def test_every_test_that_is_named_exists() -> None:
    named = NAMED.findall(section())
    assert len(named) > 80
    assert [] == sorted({*named} - existing())


def test_every_defence_names_a_test_and_how_it_works() -> None:
    for against, by, tests in rows():
        if not against.startswith("**"):
            assert by, against
            assert NAMED.findall(tests), against


@pytest.mark.parametrize("who", ["in a sandbox", "page", "user of this machine", "archive", "network", "key"])
def test_every_attacker_has_defences(who: str) -> None:
    assert [] != [
        against for against, by, _ in rows() if against.startswith("**") and not by and who in against
    ]
