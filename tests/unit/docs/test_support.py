"""The tables of what is supported are current; what they say of us is backed by definitions and tests."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from functools import cache
from typing import Any

import pytest
from daytona_local.api.scopes import PERMISSION_OF
from daytona_local.api_keys import PERMISSIONS
from pulumi_daytona.core.resources import RESOURCES

from tests.unit.docs.pages import ROOT
from tests.unit.docs.permissions import rows

sys.path.insert(0, str(ROOT / "provider"))
import generate_support

FACTS: dict[str, Any] = generate_support.facts()
ROWS: list[dict[str, Any]] = [*FACTS["resource"], *FACTS["behaviour"]]
by_what = pytest.mark.parametrize("row", [pytest.param(row, id=row["what"]) for row in ROWS])


@cache
def names_in(file: str) -> set[str]:
    """Return the names of the tests in a file."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in tree.body if isinstance(node, kinds) and node.name.startswith("test_")}


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        (generate_support.README, generate_support.overview),
        (generate_support.GUIDE, generate_support.resources),
    ],
    ids=["README", "from-terraform"],
)
def test_a_table_is_fresh(page: Any, lines: Any) -> None:
    assert page.read_text(encoding="utf-8") == generate_support.with_table(page, lines()), (
        "run `make generate`"
    )


@by_what
def test_what_is_said_of_us_is_backed_by_tests_that_there_are(row: dict[str, Any]) -> None:
    assert row["tests"]
    for named in row["tests"]:
        file, _, name = named.partition("::")
        assert name in names_in(file), named


def test_every_resource_has_its_row_and_there_is_no_other() -> None:
    assert Counter(RESOURCES) == Counter(name for row in FACTS["resource"] for name in row["here"])


def test_every_resource_of_the_terraform_provider_is_one_of_its_row() -> None:
    pairs = [(theirs, ours) for row in FACTS["resource"] for theirs, ours in row["terraform"].items()]
    assert FACTS["terraform"]["resources"] == len({theirs for theirs, _ in pairs}) == len(pairs)
    for row in FACTS["resource"]:
        assert {*row["terraform"].values()} <= {*row["here"]}


def test_what_is_said_of_others_says_where_it_comes_from() -> None:
    for other in ("terraform", "sdk"):
        assert FACTS[other]["from"]
        for row in FACTS["behaviour"]:
            assert row[other] == "-" or row[f"{other}_from"], row["what"]
    assert all(row["terraform_from"] for row in FACTS["resource"] if "terraform_note" in row)


def test_the_official_client_s_version_is_the_one_that_is_tested() -> None:
    wanted = (ROOT / "tests/official/requirements.txt").read_text().strip()
    assert f"daytona=={FACTS['sdk']['version']}" == wanted


def test_the_permissions_of_the_guide_are_the_api_s() -> None:
    assert {name for names, _ in rows() for name in names} <= {*RESOURCES}
    told = {permission for _, permissions in rows() for permission in permissions}
    assert told <= {*PERMISSIONS}
    assert told == {*PERMISSION_OF.values()} - {"read:audit_logs"}
