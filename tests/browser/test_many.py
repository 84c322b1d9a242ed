"""A thousand sandboxes: the list holds the rows in sight only, and each of them can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from daytona_local.records import Sandbox
from daytona_local.store import Store
from daytona_local.tables import Table
from playwright.sync_api import expect

from tests.browser.conftest import Dashboard, Scene, serving

MANY = 1000
MOST_ROWS = 30
"""As many as are in sight, and a few more."""


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Return a server that finds a thousand stopped sandboxes when it starts."""
    folder = tmp_path_factory.mktemp("data")
    _fill(folder / "daytona.db")
    with serving(folder) as made:
        yield made


def _fill(file: Path) -> None:
    store = Store(file)
    table = Table(Sandbox, store)
    for number in range(MANY):
        table.save(
            Sandbox(
                name=f"box-{number:04}",
                labels={"shard": str(number % 10)},
                state="stopped",
                desired_state="stopped",
                created_at=1.7e9 + number,
                auto_archive_minutes=0,
            )
        )
    store.close()


def test_the_rows_in_the_page_stay_few_and_the_last_is_reached(dashboard: Dashboard) -> None:
    dashboard.open()
    page = dashboard.page
    expect(page.get_by_role("button", name="all 1000")).to_be_visible()
    rows = page.locator(".row")
    expect(dashboard.row("box-0999")).to_have_attribute("aria-setsize", "1000")
    assert rows.count() < MOST_ROWS
    page.get_by_role("listbox", name="Sandboxes").focus()
    page.keyboard.press("End")
    expect(dashboard.row("box-0000")).to_be_in_viewport()
    expect(dashboard.row("box-0000")).to_have_attribute("aria-posinset", "1000")
    page.keyboard.press("PageUp")
    page.keyboard.press("Home")
    expect(dashboard.row("box-0999")).to_be_in_viewport()
    page.locator(".rows").first.evaluate("(list) => { list.scrollTop = list.scrollHeight / 2 }")
    expect(dashboard.row("box-0500")).to_be_visible()
    assert rows.count() < MOST_ROWS


def test_one_of_many_is_found_by_the_filter_and_followed(dashboard: Dashboard) -> None:
    dashboard.open()
    dashboard.page.keyboard.press("/")
    dashboard.page.keyboard.type("shard=7")
    expect(dashboard.page.get_by_role("button", name="all 100", exact=True)).to_be_visible()
    dashboard.page.keyboard.type(" box-0007")
    expect(dashboard.page.locator(".row:visible")).to_have_count(1)
    dashboard.scene.ask("PUT", "/api/sandbox/box-0007/labels", labels={"shard": "7", "chosen": "yes"})
    expect(dashboard.row("box-0007")).to_contain_text("chosen yes")
