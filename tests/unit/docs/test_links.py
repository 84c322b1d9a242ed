"""Every link of the documentation leads somewhere, and so does the site's navigation; without a network."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from daytona_httpx._sync.groups import Groups

from tests.unit.docs.links import LINK, anchor, broken
from tests.unit.docs.pages import GUIDES, PAGES, ROOT

sys.path.insert(0, str(ROOT / "provider"))
import build_docs

SITE: dict[str, Any] = yaml.safe_load((ROOT / "provider/mkdocs.yml").read_text())
ALL = [
    *PAGES,
    *(page for page in sorted((ROOT / "provider/docs").rglob("*.md")) if page not in PAGES),
    *(ROOT / name for name in ("CHANGELOG.md", "CONTRIBUTING.md")),
]


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what the site is built of."""
    folder = tmp_path_factory.mktemp("site").resolve()
    build_docs.lay_out(folder)
    return folder


def navigation(entries: Any) -> Iterator[str]:
    """Yield the pages of a navigation, in order."""
    for entry in entries:
        for value in [entry] if isinstance(entry, str) else entry.values():
            yield from [value] if isinstance(value, str) else navigation(value)


def test_the_anchor_of_a_heading_is_that_of_the_site() -> None:
    assert "what-is-sent-again" == anchor("What is sent again")
    assert "a-create-isnt-lost" == anchor("A `create` isn't lost")


@pytest.mark.parametrize("page", [pytest.param(page, id=str(page.relative_to(ROOT))) for page in ALL])
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    assert [] == [*broken(page, ROOT)]


def test_every_guide_is_reached_from_the_readme() -> None:
    linked = {place for place, _ in LINK.findall((ROOT / "README.md").read_text())}
    assert {str(guide.relative_to(ROOT)) for guide in GUIDES} <= linked


def test_every_link_works_on_the_site_too(laid_out: Path) -> None:
    pages = [page for page in laid_out.rglob("*.md") if page.name != "_index.md"]
    assert {} == {page: found for page in pages if (found := [*broken(page, laid_out)])}


def test_every_page_is_in_the_navigation_once_or_left_out_on_purpose(laid_out: Path) -> None:
    shown = [*navigation(SITE["nav"])]
    assert len(shown) == len({*shown})
    assert [] == [name for name in shown if not (laid_out / name).is_file()]
    unseen = re.findall(r"^/(\S+)", SITE["not_in_nav"] + SITE["exclude_docs"], re.MULTILINE)
    patterns = [f"{pattern}*" if pattern.endswith("/") else pattern for pattern in unseen]
    pages = {str(page.relative_to(laid_out)) for page in laid_out.rglob("*.md")}
    left = [page for page in pages - {*shown} if not any(fnmatch(page, pattern) for pattern in patterns)]
    assert [] == left


def test_the_api_s_pages_show_what_there_is_and_every_service() -> None:
    for _, modules in build_docs.API.values():
        for name in modules:
            __import__(name)
    assert {name for name in vars(Groups) if not name.startswith("_")} <= {*build_docs.SERVICES.split()}
