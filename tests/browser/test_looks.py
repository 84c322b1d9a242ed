"""How the dashboard looks: light and dark, wide and narrow. The pictures of the README are taken here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from daytona_local.settings import DEFAULT_SNAPSHOT
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import PATIENCE_MS, PICTURES, Dashboard, Scene, serving

Scheme = Literal["light", "dark"]
NARROW: ViewportSize = {"width": 360, "height": 740}
TABS = ("Overview", "Terminal", "Files", "Previews", "Build log")
BUSY = """
import math, time
kept = []
while True:
    began = time.monotonic()
    share = 0.5 + 0.35 * math.sin(began / 6)
    while time.monotonic() < began + share:
        pass
    if len(kept) < 60:
        kept.append(b"x" * 2**24)
    time.sleep(1 - share)
"""
LINES = {
    "uname -sr; id -un; pwd": "/home/daytona",
    "ls --color /": "var",
    "python3 -c 'print(sum(range(10)))'": "45",
}
"""What is typed, and the end of what it prints."""

DRAWN = "(most) => document.querySelector('.curve').getAttribute('d').split('L').length > most"
MEASURES = 60
"""How many seconds the plots of a picture show."""


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    """Return a server with a sandbox; in a picture there are those of its team, too."""
    with serving(transition_s=0.3) as made:
        if PICTURES:
            _make_the_others(made)
        build = {"dockerfileContent": f"FROM {DEFAULT_SNAPSHOT}\nRUN mkdir -p /opt/evaluation\n"}
        labels = {"team": "agents", "env": "prod"}
        made.make("researcher", labels=labels, autoStopInterval=60, buildInfo=build, cpu=2, memory=4, disk=8)
        yield made


def _make_the_others(scene: Scene) -> None:
    scene.make("nightly-report", labels={"team": "data", "cron": "0 3 * * *"}, autoDeleteInterval=120)
    for number in range(1, 4):
        scene.make(f"eval-{number:02}", labels={"suite": "swe-bench", "shard": str(number)})
    scene.make("pr-1490-api", labels={"pr": "1490", "repo": "api"}, autoArchiveInterval=60)
    scene.make("pr-1482-web", labels={"pr": "1482", "repo": "web"}, autoStopInterval=45)
    scene.make("agent-mia", labels={"team": "agents", "owner": "mia"}, autoStopInterval=30)
    for name in ("nightly-report", "pr-1490-api", "eval-03"):
        scene.ask("POST", f"/api/sandbox/{name}/stop")


def _fits(page: Page) -> bool:
    fits: bool = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return fits


def _brightness(page: Page) -> float:
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(map(float, re.findall(r"\d+", colour)[:3])) / 3


@pytest.mark.parametrize(("scheme", "is_bright"), [("light", True), ("dark", False)])
def test_it_follows_the_scheme_and_fits_a_narrow_screen_in_one_column(
    dashboard: Dashboard, scheme: Scheme, is_bright: bool
) -> None:
    page = dashboard.page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(NARROW)
    dashboard.open()
    assert is_bright == (_brightness(page) > 128)
    expect(page.locator("#details-pane")).to_be_hidden()
    assert _fits(page)
    dashboard.row("researcher").click()
    expect(page.locator("#list-pane")).to_be_hidden()
    for tab in TABS:
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_role("tabpanel", name=tab)).to_be_visible()
        assert _fits(page), tab
    page.get_by_role("button", name=re.compile("Sandboxes$")).click()
    expect(dashboard.row("researcher")).to_be_in_viewport()
    page.get_by_role("tab", name="Requests").click()
    assert _fits(page)


def test_motion_is_left_out_where_that_is_asked_for(dashboard: Dashboard) -> None:
    dashboard.open()
    moving = "document.getAnimations().length"
    assert 0 == dashboard.page.evaluate(moving)
    knob = "getComputedStyle(document.querySelector('.knob')).transitionDuration"
    assert "0s" == dashboard.page.evaluate(knob)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_overview_on_a_wide_screen(dashboard: Dashboard, scheme: Scheme) -> None:
    dashboard.page.emulate_media(color_scheme=scheme)
    panel = dashboard.open().choose("researcher")
    expect(panel.get_by_role("figure").filter(has_text="Memory")).to_contain_text("of 4 GiB")
    assert _fits(dashboard.page)
    if PICTURES:
        _keep_busy(dashboard)
        dashboard.page.wait_for_function(DRAWN, arg=MEASURES, timeout=4 * PATIENCE_MS)
    _picture(dashboard, f"dashboard-{scheme}")


def test_a_terminal_on_a_wide_screen(dashboard: Dashboard) -> None:
    dashboard.page.emulate_media(color_scheme="dark")
    dashboard.open()
    dashboard.allow_changes()
    panel = dashboard.choose("researcher", "Terminal")
    panel.get_by_role("button", name="Open a terminal").click()
    screen = panel.locator(".xterm-rows")
    expect(screen).to_contain_text("$")
    for line, answer in LINES.items():
        dashboard.page.keyboard.type(f"{line}\n")
        expect(screen).to_contain_text(re.compile(rf"{answer}.*\$"))
    _picture(dashboard, "dashboard-terminal")


def _keep_busy(dashboard: Dashboard) -> None:
    """Start the sandbox anew, with a program in it that there is something to see of."""
    scene = dashboard.scene
    box = scene.ask("GET", "/api/sandbox/researcher")["id"]
    if scene.ask("GET", f"/toolbox/{box}/process/session"):
        return
    for action, state in (("stop", "stopped"), ("start", "started")):
        scene.ask("POST", f"/api/sandbox/{box}/{action}")
        expect(dashboard.row("researcher").locator(".badge")).to_have_text(state)
    scene.ask("POST", f"/toolbox/{box}/process/session", sessionId="busy")
    command = f"exec python3 -c '{BUSY}'"
    scene.ask("POST", f"/toolbox/{box}/process/session/busy/exec", command=command, runAsync=True)


def _picture(dashboard: Dashboard, name: str) -> None:
    """Take a picture, where pictures are asked for."""
    if PICTURES:
        dashboard.page.screenshot(path=Path(PICTURES) / f"{name}.png")
