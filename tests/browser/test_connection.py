"""A server that goes away and comes back."""

from __future__ import annotations

import contextlib
import os
import socket
from pathlib import Path

from daytona_local import LocalDaytona
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import EVENTS, Dashboard, Scene, new_page, serving

KEY = "dtn_connection"
UNREACHABLE = ("net::ERR",)


def test_a_server_that_stops_is_said_and_one_that_is_back_is_found(tab: Page, tmp_path: Path) -> None:
    port = _port()
    with (
        serving(tmp_path, api_key=KEY, port=port) as scene,
        Dashboard(tab, scene, UNREACHABLE).watched() as dashboard,
    ):
        scene.make("kept")
        dashboard.open()
        expect(dashboard.row("kept")).to_contain_text("started")
        scene.server.stop()
        lost = tab.locator("#lost")
        expect(lost).to_contain_text("The server does not answer; it may have been stopped.")
        expect(tab.locator("#connection")).to_have_text("not connected")
        with LocalDaytona(tmp_path, api_key=KEY, port=port):
            expect(tab.locator("#connection")).to_have_text("live")
            expect(lost).to_be_hidden()
            expect(dashboard.row("kept")).to_be_visible()


def test_the_pauses_before_it_tries_again_grow_and_can_be_cut_short(browser: Browser, scene: Scene) -> None:
    with new_page(browser) as page, Dashboard(page, scene, UNREACHABLE).watched():
        page.clock.install(time=1_000_000)
        page.clock.pause_at(2_000_000)
        page.route(f"**{EVENTS}", _refuse)
        page.goto(f"{scene.url}#{scene.server.api_key}")
        for seconds in (1, 2, 4, 8, 16, 30, 30):
            expect(page.locator("#lost")).to_contain_text(f"Trying again in 0:{seconds:02}")
            page.clock.run_for(seconds * 1000)
        expect(page.locator("#lost")).to_contain_text("Trying again")
        page.unroute(f"**{EVENTS}")
        page.get_by_role("button", name="Try now").click()
        expect(page.locator("#connection")).to_have_text("live")


def _port() -> int:
    """Return a free port that the system gives to nobody else while nothing listens there."""
    for port in range(20_000 + os.getpid() % 5000, 30_000):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


def _refuse(route: Route) -> None:
    route.abort("connectionrefused")
