"""The dashboard without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Dashboard, Scene

FOCUSED = """() => {
  const at = document.activeElement;
  return at.getAttribute("aria-label") || at.id || at.textContent;
}"""


@pytest.fixture(scope="module", autouse=True)
def made(scene: Scene) -> None:
    """Make the sandboxes."""
    for name in ("alpha", "beta", "gamma"):
        scene.make(name, labels={"letter": name[0]})


def _focused(page: Page) -> str:
    found: str = page.evaluate(FOCUSED)
    return found


def test_everything_is_reached_by_tab(dashboard: Dashboard) -> None:
    dashboard.open()
    dashboard.row("alpha").click()
    dashboard.allow_changes()
    page = dashboard.page
    page.get_by_role("tab", name="Sandboxes").focus()
    reached = [_focused(page)]
    while len(reached) < 40:
        page.keyboard.press("Tab")
        reached.append(_focused(page))
    wanted = {
        "tab-sandboxes", "writable", "Keyboard shortcuts", "leave", "Filter by name or label", "Order",
        "all 3", "started 3", "Sandboxes", "Stop", "Delete", "tab-overview", "Show its requests",
    }  # fmt: skip
    assert set() == wanted - set(reached)


def test_a_sandbox_is_found_opened_and_stopped_by_keys(dashboard: Dashboard) -> None:
    dashboard.open()
    page = dashboard.page
    page.keyboard.press("/")
    assert "Filter by name or label" == _focused(page)
    page.keyboard.type("letter=b")
    expect(page.locator(".row:visible")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".row:visible")).to_have_count(3)
    page.keyboard.press("ArrowDown")
    selected = page.get_by_role("listbox", name="Sandboxes").get_by_role("option", selected=True)
    expect(selected).to_contain_text("gamma")
    page.keyboard.press("ArrowDown")
    expect(selected).to_contain_text("beta")
    active = str(selected.get_attribute("id"))
    expect(page.get_by_role("listbox", name="Sandboxes")).to_have_attribute("aria-activedescendant", active)
    page.keyboard.press("Enter")
    assert "beta" == _focused(page)
    page.get_by_role("switch").focus()
    page.keyboard.press("Space")
    expect(page.locator("#announcer")).to_have_text("Changes are allowed")
    page.get_by_role("button", name="Stop").focus()
    page.keyboard.press("Enter")
    expect(dashboard.row("beta").locator(".badge")).to_have_text("stopped")
    page.keyboard.press("Escape")
    assert "Sandboxes" == _focused(page)


def test_tabs_are_chosen_by_the_arrow_keys(dashboard: Dashboard) -> None:
    dashboard.open()
    dashboard.choose("alpha")
    page = dashboard.page
    for key, tab in (("ArrowRight", "terminal"), ("ArrowRight", "files"), ("Home", "overview")):
        page.keyboard.press(key)
        assert f"tab-{tab}" == _focused(page)
        expect(page.locator(f"#{tab}")).to_be_visible()


def test_the_keys_are_explained(dashboard: Dashboard) -> None:
    dashboard.open()
    dashboard.page.keyboard.press("?")
    dialog = dashboard.page.get_by_role("dialog", name="Keyboard")
    expect(dialog).to_contain_text("Leave the terminal")
    dashboard.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_what_has_the_focus_can_be_seen(dashboard: Dashboard) -> None:
    dashboard.open()
    dashboard.page.keyboard.press("Tab")
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert "solid" == dashboard.page.evaluate(outline)
