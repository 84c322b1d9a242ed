"""The page as a whole: what it lists, what it follows, and what it only does when it is allowed to."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import EVENTS, Dashboard, Scene


@pytest.fixture(scope="module", autouse=True)
def made(scene: Scene) -> None:
    """Make the sandboxes that are listed."""
    scene.make("web", labels={"team": "blue", "env": "prod"}, autoStopInterval=45)
    scene.make("worker", labels={"team": "red"})
    scene.make("idle", autoArchiveInterval=60)
    scene.ask("POST", "/api/sandbox/idle/stop")


def test_sandboxes_are_listed_with_state_labels_sizes_and_the_next_timer(dashboard: Dashboard) -> None:
    dashboard.open()
    assert 3 == dashboard.page.locator(".row").count()
    web = dashboard.row("web")
    for text in ("started", "team blue", "env prod", "1 CPU · 1 GiB · 3 GiB", "stops in "):
        expect(web).to_contain_text(text)
    expect(dashboard.row("idle")).to_contain_text("archives in ")


def test_the_key_is_no_longer_in_the_address_and_lasts_for_the_tab(dashboard: Dashboard) -> None:
    dashboard.open()
    assert dashboard.scene.url == dashboard.page.url
    dashboard.page.reload()
    expect(dashboard.row("web")).to_be_visible()
    dashboard.page.get_by_role("button", name="Sign out").click()
    expect(dashboard.page.get_by_label("API key")).to_be_focused()


def test_without_a_key_it_asks_for_one_and_requests_nothing(dashboard: Dashboard) -> None:
    dashboard.page.goto(dashboard.scene.url)
    field = dashboard.page.get_by_label("API key")
    expect(field).to_be_focused()
    assert [] == [url for _, url in dashboard.sent if "/api/" in url]
    field.fill(dashboard.scene.server.api_key)
    field.press("Enter")
    expect(dashboard.row("web")).to_be_visible()


def test_a_wrong_key_is_refused_and_another_can_be_given(dashboard: Dashboard) -> None:
    dashboard.allowed = ("status of 401",)
    dashboard.page.goto(f"{dashboard.scene.url}#wrong")
    expect(dashboard.page.get_by_text("The server refuses this key.")).to_be_visible()
    assert 0 == dashboard.page.locator(".row").count()
    dashboard.page.get_by_label("API key").fill(dashboard.scene.server.api_key)
    dashboard.page.get_by_role("button", name="Open the dashboard").click()
    expect(dashboard.row("web")).to_be_visible()


def test_a_change_of_state_and_of_labels_is_followed_without_a_reload(dashboard: Dashboard) -> None:
    dashboard.open()
    panel = dashboard.choose("worker")
    dashboard.page.evaluate("window.sameDocument = true")
    dashboard.scene.ask("POST", "/api/sandbox/worker/stop")
    expect(dashboard.row("worker").locator(".badge")).to_have_text("stopped")
    expect(dashboard.page.locator("#announcer")).to_have_text("worker is stopped")
    expect(panel.get_by_role("listitem").first).to_contain_text("stopped")
    dashboard.scene.ask("PUT", "/api/sandbox/worker/labels", labels={"team": "green"})
    expect(dashboard.row("worker")).to_contain_text("team green")
    dashboard.scene.ask("POST", "/api/sandbox/worker/start")
    expect(dashboard.row("worker").locator(".badge")).to_have_text("started")
    states = panel.get_by_role("list", name="States").get_by_role("listitem")
    assert ["started", "starting", "stopped"] == states.locator(".badge").all_inner_texts()[:3]
    assert dashboard.page.evaluate("window.sameDocument")


def test_a_new_sandbox_appears_and_one_that_is_deleted_goes(dashboard: Dashboard) -> None:
    dashboard.open()
    made = dashboard.scene.make("passing")
    dashboard.choose("passing")
    dashboard.scene.ask("DELETE", f"/api/sandbox/{made}")
    expect(dashboard.row("passing")).to_have_count(0)
    expect(dashboard.page.get_by_text("This sandbox is gone.")).to_be_visible()


def test_timers_count_down(dashboard: Dashboard) -> None:
    dashboard.open()
    panel = dashboard.choose("web")
    row = panel.get_by_role("row").filter(has_text="Auto-stop")
    expect(row).to_contain_text("45 min without activity")
    left = row.locator(".left span")
    first = left.inner_text()
    expect(left).not_to_have_text(first)
    minutes, seconds = map(int, first.split(":"))
    later_minutes, later_seconds = map(int, left.inner_text().split(":"))
    assert 45 * 60 >= minutes * 60 + seconds > later_minutes * 60 + later_seconds


def test_the_filter_and_the_states_narrow_the_list(dashboard: Dashboard) -> None:
    dashboard.open()
    field = dashboard.page.get_by_role("searchbox", name="Filter by name")
    field.fill("team=blue")
    expect(dashboard.page.locator(".row:visible")).to_have_count(1)
    field.press("Escape")
    expect(dashboard.page.locator(".row:visible")).to_have_count(3)
    dashboard.page.get_by_role("button", name="stopped 1").click()
    expect(dashboard.page.locator(".row:visible")).to_have_count(1)
    expect(dashboard.row("idle")).to_be_visible()
    field.fill("nowhere")
    expect(dashboard.page.get_by_text("No sandbox matches.")).to_be_visible()


def test_nothing_is_changed_until_the_switch_is_turned(dashboard: Dashboard) -> None:
    dashboard.open()
    dashboard.choose("web")
    actions = dashboard.page.get_by_role("group", name="Actions").get_by_role("button")
    assert ["Start", "Stop", "Archive", "Delete"] == actions.all_inner_texts()
    for button in actions.all():
        expect(button).to_be_disabled()
    for tab in ("Files", "Previews", "Build log", "Terminal"):
        dashboard.page.get_by_role("tab", name=tab).click()
    expect(dashboard.page.get_by_role("button", name="Open a terminal")).to_be_disabled()
    assert {"GET"} == {method for method, _ in dashboard.sent}
    dashboard.allowed = ("status of 404",)  # there is no build log

    dashboard.allow_changes()
    actions.get_by_text("Stop").click()
    expect(dashboard.row("web").locator(".badge")).to_have_text("stopped")
    actions.get_by_text("Start").click()
    expect(dashboard.row("web").locator(".badge")).to_have_text("started")
    dashboard.page.reload()
    expect(dashboard.page.get_by_role("switch")).to_have_attribute("aria-checked", "false")


def test_a_delete_asks_before(dashboard: Dashboard) -> None:
    dashboard.scene.make("doomed")
    dashboard.open()
    dashboard.choose("doomed")
    dashboard.allow_changes()
    delete = dashboard.page.get_by_role("group", name="Actions").get_by_role("button", name="Delete")
    dialog = dashboard.page.get_by_role("dialog", name="Delete doomed?")
    delete.click()
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    dashboard.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert "started" == dashboard.scene.ask("GET", "/api/sandbox/doomed")["state"]
    delete.click()
    dialog.get_by_role("button", name="Delete").click()
    expect(dashboard.row("doomed")).to_have_count(0)


def test_what_is_refused_is_said(dashboard: Dashboard) -> None:
    dashboard.open()
    dashboard.choose("idle")
    dashboard.allow_changes()
    dashboard.allowed = ("status of 500",)
    answer = {"message": "no room"}
    dashboard.page.route("**/api/sandbox/*/start", lambda route: route.fulfill(status=500, json=answer))
    dashboard.page.get_by_role("button", name="Start", exact=True).click()
    expect(dashboard.page.get_by_text("start idle: no room")).to_be_visible()
    dashboard.page.keyboard.press("Escape")
    expect(dashboard.page.get_by_text("start idle: no room")).to_have_count(0)


def test_names_and_labels_are_text_whatever_is_in_them(dashboard: Dashboard) -> None:
    evil = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>"
    hello = dashboard.scene.hello()
    first = hello["sandboxes"][0]
    hello["sandboxes"] = [{**first, "name": evil, "labels": {evil: evil}, "errorReason": evil, "user": evil}]
    body = json.dumps(hello) + "\n"
    dashboard.page.route(f"**{EVENTS}", lambda route: route.fulfill(body=body))
    dashboard.page.goto(f"{dashboard.scene.url}#{dashboard.scene.server.api_key}")
    dashboard.row(evil).click()
    expect(dashboard.page.get_by_role("heading", level=2)).to_have_text(evil)
    for place in (".error-reason", "#overview .facts", ".labels.all", ".row .labels"):
        expect(dashboard.page.locator(place)).to_contain_text(evil)
    assert 0 == dashboard.page.locator("main :is(img, script)").count()
    assert dashboard.page.evaluate("window.hacked === undefined")


def test_no_inline_script_is_there_and_none_would_run(dashboard: Dashboard) -> None:
    dashboard.open()
    inline = "[...document.querySelectorAll('script')].filter((one) => !one.src || one.textContent).length"
    assert 0 == dashboard.page.evaluate(inline)
    handlers = (
        "[...document.querySelectorAll('*')]"
        ".flatMap((one) => one.getAttributeNames()).filter((name) => name.startsWith('on'))"
    )
    assert [] == dashboard.page.evaluate(handlers)
    dashboard.allowed = ("Content Security Policy",)
    dashboard.page.evaluate(
        """() => {
          window.refused = [];
          addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          const button = document.createElement("button");
          button.setAttribute("onclick", "window.ran = true");
          document.body.append(script, button);
          button.click();
        }"""
    )
    dashboard.page.wait_for_function("window.refused.length === 2")
    assert ["script-src-attr", "script-src-elem"] == sorted(dashboard.page.evaluate("window.refused"))
    assert dashboard.page.evaluate("window.ran === undefined")


def test_requests_are_listed_as_they_come_and_can_be_filtered(dashboard: Dashboard) -> None:
    dashboard.open()
    dashboard.page.get_by_role("tab", name="Requests").click()
    rows = dashboard.page.get_by_role("list", name="Requests").get_by_role("listitem")
    dashboard.scene.client.get("/api/sandbox/there-is-none")
    expect(rows.first).to_contain_text("/api/sandbox/there-is-none")
    expect(rows.first).to_contain_text("a-test")
    dashboard.page.get_by_label("Status").select_option("4xx")
    dashboard.page.get_by_label("Method").select_option("GET")
    dashboard.page.get_by_label("Filter requests").fill("none")
    expect(rows.locator("visible=true")).to_have_count(1)
    assert [] == [url for _, url in dashboard.sent if "/_local" in url]
