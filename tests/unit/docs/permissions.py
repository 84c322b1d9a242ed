"""What the guide to production says of the permissions that resources need."""

from __future__ import annotations

from collections.abc import Iterator

from tests.unit.docs.pages import ROOT

GUIDE = ROOT / "provider/docs/guides/production.md"


def rows() -> Iterator[tuple[set[str], set[str]]]:
    """Yield the rows of its table: resources, and the permissions that they need."""
    table = GUIDE.read_text(encoding="utf-8").split("| permissions |\n|---|---|\n")[1]
    for line in table.split("\n\n")[0].splitlines():
        left, right = line.strip("| ").split(" | ")
        yield {*left.split("`")[1::2]}, {*right.split("`")[1::2]}


def needed(*kinds: str) -> set[str]:
    """Return the permissions that some kinds of resources need, in all."""
    return {permission for names, told in rows() if names & {*kinds} for permission in told}
