"""Every link of the documentation leads somewhere, without a network: to a file, and to a heading in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.docs.pages import PAGES, ROOT

LINK = re.compile(r"(?<!`)!?\[[^\]\n]*\]\(([^)\s#]*)(?:#([^)\s]*))?\)")
BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
ALL = [
    *PAGES,
    *(page for page in sorted((ROOT / "provider/docs").rglob("*.md")) if page not in PAGES),
    *(ROOT / name for name in ("CHANGELOG.md", "CONTRIBUTING.md")),
]


def anchor(heading: str) -> str:
    """Return the anchor of a heading, as GitHub and the site make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def test_the_anchor_of_a_heading_is_that_of_the_site() -> None:
    assert "what-is-sent-again" == anchor("What is sent again")
    assert "a-create-isnt-lost" == anchor("A `create` isn't lost")


@pytest.mark.parametrize("page", [pytest.param(page, id=str(page.relative_to(ROOT))) for page in ALL])
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for place, heading in LINK.findall(BLOCK.sub("", page.read_text(encoding="utf-8"))):
        if "://" in place or place.startswith("mailto:"):
            continue
        target = (page.parent / place).resolve() if place else page
        assert target.is_relative_to(ROOT), f"{place} leads out of the project"
        assert target.exists(), f"there is no {place}"
        if heading:
            text = BLOCK.sub("", target.read_text(encoding="utf-8"))
            assert heading in map(anchor, HEADING.findall(text)), f"{place} has no heading {heading}"


def test_every_guide_is_reached_from_the_readme() -> None:
    linked = {place for place, _ in LINK.findall((ROOT / "README.md").read_text())}
    guides = {str(path.relative_to(ROOT)) for path in (ROOT / "provider/docs/guides").glob("*.md")}
    assert guides <= linked
