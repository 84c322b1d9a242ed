"""What the tabs of a sandbox show: terminal, files, previews, build log, plots."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from daytona_local.settings import DEFAULT_SNAPSHOT
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Dashboard, Scene, serving, wait_until

GREETING = "hello from the sandbox"


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the server's folder."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def scene(data_dir: Path) -> Iterator[Scene]:
    """Return a server for all tests of the module."""
    with serving(data_dir) as made:
        yield made


@pytest.fixture(scope="module", autouse=True)
def box(scene: Scene) -> str:
    """Make the sandbox, with files and something that listens."""
    made = scene.make("box", labels={"team": "blue"})
    scene.run(made, 'mkdir -p deep/er && echo to be read > notes.txt && printf "\\\\000\\\\377" > blob')
    scene.run(made, f"echo {GREETING} > deep/er/index.html")
    command = "cd deep/er && exec python3 -m http.server 8123"
    scene.ask("POST", f"/toolbox/{made}/process/session", sessionId="web")
    scene.ask("POST", f"/toolbox/{made}/process/session/web/exec", command=command, runAsync=True)
    wait_until(lambda: [8123] == scene.ask("GET", f"/toolbox/{made}/port")["ports"])
    return made


def _terminal(dashboard: Dashboard, box: str) -> Locator:
    """Open the only terminal in the sandbox and return its screen, when the shell is there."""
    wait_until(lambda: [] == _sessions(dashboard, box))
    dashboard.open()
    panel = dashboard.choose("box", "Terminal")
    dashboard.allow_changes()
    panel.get_by_role("button", name="Open a terminal").click()
    screen = panel.locator(".xterm-rows")
    expect(screen).to_contain_text("$")
    return screen


def test_a_command_runs_in_a_terminal_and_its_output_appears(dashboard: Dashboard, box: str) -> None:
    screen = _terminal(dashboard, box)
    dashboard.page.keyboard.type("echo $((6 * 7))-is-it; ls\n")
    expect(screen).to_contain_text("42-is-it")
    expect(screen).to_contain_text("notes.txt")
    keys = [url for _, url in dashboard.sent if "DAYTONA_SANDBOX_AUTH_KEY" in url]
    assert [] == [url for url in keys if dashboard.scene.server.api_key in url]


def test_the_shell_knows_the_size_of_the_terminal_also_when_that_changes(
    dashboard: Dashboard, box: str
) -> None:
    screen = _terminal(dashboard, box)
    before = _columns(dashboard, screen, "a")
    dashboard.page.set_viewport_size({"width": 900, "height": 700})
    wait_until(lambda: before not in [session["cols"] for session in _sessions(dashboard, box)])
    assert before > _columns(dashboard, screen, "b")


def _sessions(dashboard: Dashboard, box: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = dashboard.scene.ask("GET", f"/toolbox/{box}/process/pty")["sessions"]
    return found


def _columns(dashboard: Dashboard, screen: Locator, mark: str) -> int:
    dashboard.page.keyboard.type(f"echo {mark}-$(stty size)-{mark}\n")
    line = screen.locator("div").filter(has_text=f"-{mark}").filter(has_not_text="stty").first
    expect(line).to_be_visible()
    return int(line.inner_text().strip().split("-")[1].split()[1])


def test_a_shell_that_ends_says_how_and_another_can_be_opened(dashboard: Dashboard, box: str) -> None:
    _terminal(dashboard, box)
    dashboard.page.keyboard.type("exit 3\n")
    panel = dashboard.page.get_by_role("tabpanel", name="Terminal")
    expect(panel).to_contain_text("The shell ended with exit code 3")
    panel.get_by_role("button", name="Open a terminal").click()
    expect(panel.locator(".xterm-rows")).to_contain_text("$")


@pytest.mark.parametrize("how", ["its button", "the switch", "leaving the page"])
def test_a_terminal_that_is_closed_leaves_no_shell_behind(dashboard: Dashboard, box: str, how: str) -> None:
    _terminal(dashboard, box)
    assert [True] == [session["active"] for session in _sessions(dashboard, box)]
    if how == "its button":
        dashboard.page.keyboard.press("Control+Shift+KeyL")
        expect(dashboard.page.get_by_role("button", name="Close")).to_be_focused()
        dashboard.page.keyboard.press("Enter")
    elif how == "the switch":
        dashboard.page.get_by_role("switch").click()
    else:
        dashboard.page.reload()
    wait_until(lambda: [] == _sessions(dashboard, box))


def test_files_are_listed_read_and_downloaded(dashboard: Dashboard, tmp_path: Path) -> None:
    dashboard.open()
    panel = dashboard.choose("box", "Files")
    panel.get_by_role("button", name="notes.txt", exact=True).click()
    expect(panel.get_by_role("region", name="Preview")).to_contain_text("to be read")
    panel.get_by_role("button", name="blob", exact=True).click()
    expect(panel.get_by_role("region", name="Preview")).to_contain_text("It is no text")
    with dashboard.page.expect_download() as download:
        panel.get_by_role("button", name="Download blob").click()
    download.value.save_as(tmp_path / "blob")
    assert b"\0\xff" == (tmp_path / "blob").read_bytes()
    panel.get_by_role("button", name="deep/", exact=True).click()
    panel.get_by_role("button", name="er/", exact=True).click()
    expect(panel.get_by_role("button", name="index.html", exact=True)).to_be_visible()
    panel.get_by_role("button", name="daytona", exact=True).click()
    expect(panel.get_by_role("button", name="notes.txt", exact=True)).to_be_visible()


def test_ports_that_something_listens_on_are_linked_and_others_on_request(dashboard: Dashboard) -> None:
    dashboard.open()
    panel = dashboard.choose("box", "Previews")
    link = panel.get_by_role("listitem").filter(has_text=":8123").get_by_role("link")
    with dashboard.page.context.expect_page() as opened:
        link.click()
    expect(opened.value.get_by_text(GREETING)).to_be_visible()
    opened.value.close()
    panel.get_by_label("Port", exact=True).fill("9999")
    panel.get_by_role("button", name="Get a link").click()
    expect(panel.get_by_role("listitem").filter(has_text=":9999").get_by_role("link")).to_be_visible()


def test_the_log_of_a_build_is_shown_as_it_comes(dashboard: Dashboard, data_dir: Path) -> None:
    gate = "touch /tmp/waits; until [ -e /tmp/goes-on ]; do sleep 0.1; done"
    steps = f"RUN echo step-$((1 + 1)); {gate}; echo step-$((2 + 2))\n"
    body = {"dockerfileContent": f"FROM {DEFAULT_SNAPSHOT}\n{steps}"}
    dashboard.open()
    with ThreadPoolExecutor(1) as elsewhere:
        made = elsewhere.submit(dashboard.scene.make, "built", buildInfo=body)
        panel = dashboard.choose("built", "Build log")
        expect(panel).to_contain_text("step-2")
        expect(panel).to_contain_text("Following the build")
        expect(panel).not_to_contain_text("step-4")
        for waiting in data_dir.rglob("waits"):
            (waiting.parent / "goes-on").touch()
        expect(panel).to_contain_text("step-4")
        expect(panel).to_contain_text("The log is complete.")
        made.result()


def test_what_was_not_built_has_no_log(dashboard: Dashboard) -> None:
    dashboard.allowed = ("/build-logs?follow=true)",)
    dashboard.open()
    expect(dashboard.choose("box", "Build log")).to_contain_text("There is no build log")


def test_processor_and_memory_are_measured_while_they_are_in_sight(dashboard: Dashboard, box: str) -> None:
    dashboard.open()
    used = dashboard.scene.ask("GET", "/api/sandbox/box")["lastActivityAt"]
    panel = dashboard.choose("box")
    expect(panel.get_by_role("figure").filter(has_text="Processor")).to_contain_text("% of 1 CPU")
    expect(panel.get_by_role("figure").filter(has_text="Memory")).to_contain_text("MiB of 1 GiB")
    line = panel.get_by_role("figure").filter(has_text="Memory").locator(".curve")
    dashboard.page.wait_for_function(
        "(line) => line.getAttribute('d').includes('L')", arg=line.element_handle()
    )
    assert used == dashboard.scene.ask("GET", "/api/sandbox/box")["lastActivityAt"]
    dashboard.page.get_by_role("tab", name="Terminal").click()
    with dashboard.page.expect_request("**/files?*"):
        dashboard.page.get_by_role("tab", name="Files").click()
    measured = _measures(dashboard)
    expect(dashboard.page.get_by_role("tabpanel", name="Files")).to_contain_text("notes.txt")
    dashboard.page.get_by_role("tab", name="Requests").click()
    assert measured == _measures(dashboard)


def _measures(dashboard: Dashboard) -> int:
    return len([url for _, url in dashboard.sent if url.endswith("/metrics")])
