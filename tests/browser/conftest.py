"""The dashboard in a real browser: one server and one browser a module, and what holds for every page."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from daytona_local import LocalDaytona
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Playwright,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.toolchain import debian
from tests.toolchain.browser import WITHOUT, find_browser

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
EVENTS = "/dashboard/api/events"
PATIENCE_MS = 60_000
"""A shared machine can be slow: how long something takes says nothing about the page."""

WIDE: ViewportSize = {"width": 1280, "height": 720}

PICTURES = os.environ.get("DAYTONA_SCREENSHOTS")
"""The folder for pictures of the dashboard; none are taken where it isn't given."""

expect.set_options(timeout=PATIENCE_MS)


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so; a minute is too long."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while not is_so():
        assert time.monotonic() < deadline, "it isn't so after a minute"
        time.sleep(0.05)


@dataclass
class Scene:
    """Hold a server and a client that has its key."""

    server: LocalDaytona
    client: httpx.Client

    @property
    def url(self) -> str:
        """Return the dashboard's address, without a key."""
        return f"{self.server.url}/dashboard"

    def ask(self, method: str, path: str, **body: Any) -> Any:
        """Send a request that must succeed, and return what it answers."""
        answer = self.client.request(method, path, json=body or None).raise_for_status()
        return answer.json() if answer.content else None

    def make(self, name: str, **body: Any) -> str:
        """Make a sandbox and return its id, when it is started."""
        made: str = self.ask("POST", "/api/sandbox", name=name, **body)["id"]
        wait_until(lambda: self.ask("GET", f"/api/sandbox/{made}")["state"] == "started")
        return made

    def hello(self) -> dict[str, Any]:
        """Return what the server tells every page at first."""
        with self.client.stream("GET", EVENTS) as answer:
            told: dict[str, Any] = json.loads(next(answer.iter_lines()))
        return told

    def run(self, sandbox_id: str, command: str) -> str:
        """Run a command in a sandbox and return what it prints."""
        done = self.ask("POST", f"/toolbox/{sandbox_id}/process/execute", command=f"sh -c '{command}'")
        assert 0 == done["exitCode"], done
        said: str = done["result"]
        return said


@dataclass
class Dashboard:
    """Hold a page, and what went wrong and out in it.

    `allowed` are parts of messages on the console that a test brings about itself.
    """

    page: Page
    scene: Scene
    allowed: tuple[str, ...] = ()
    messages: list[str] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)

    def open(self, key: str | None = None) -> Dashboard:
        """Open it with a key, the server's by default, and return it when its list is there."""
        self.page.goto(f"{self.scene.url}#{key or self.scene.server.api_key}")
        expect(self.page.locator("#connection")).to_have_text("live")
        return self

    def row(self, name: str) -> Locator:
        """Return the row of a sandbox in the list."""
        return self.page.get_by_role("option").filter(has_text=name)

    def choose(self, name: str, tab: str = "Overview") -> Locator:
        """Choose a sandbox and a tab; return the tab's panel."""
        self.row(name).click()
        expect(self.page.get_by_role("heading", name=name, exact=True)).to_be_visible()
        self.page.get_by_role("tab", name=tab).click()
        return self.page.get_by_role("tabpanel", name=tab)

    def allow_changes(self) -> None:
        """Turn the switch on."""
        self.page.get_by_role("switch", name="Allow changes").click()

    @contextmanager
    def watched(self) -> Iterator[Dashboard]:
        """Write down what is said on the console and what is asked of whom, and check it at the end."""
        listeners = {
            "console": self._hear,
            "pageerror": lambda error: self.messages.append(f"error: {error}"),
            "request": lambda request: self.sent.append((request.method, request.url)),
            "websocket": lambda socket: self.sent.append(("GET", socket.url)),
        }
        for event, listener in listeners.items():
            self.page.on(event, listener)  # type: ignore[call-overload]
        yield self
        for event, listener in listeners.items():
            self.page.remove_listener(event, listener)
        self.check()

    def check(self) -> None:
        """Say what went wrong: errors, violations of the policy, requests to anyone else."""
        allowed = (*self.allowed, "/metrics)")  # a sandbox may be stopped just when it is measured
        assert [] == [each for each in self.messages if not any(part in each for part in allowed)]
        own = urlsplit(self.scene.server.url).netloc
        assert set() == {url for _, url in self.sent if _origin(url) not in (own, "")}

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.messages.append(f"{message.type}: {message.text} ({message.location['url']})")


def _origin(url: str) -> str:
    """Return whom a request goes to; nobody for what the page holds itself."""
    return "" if url.startswith(("data:", "blob:")) else urlsplit(url).netloc


@contextmanager
def serving(folder: Path | None = None, **options: Any) -> Iterator[Scene]:
    """Run a server, and a client of it."""
    with LocalDaytona(folder, **options) as server:
        headers = {"Authorization": f"Bearer {server.api_key}", "X-Daytona-Source": "a-test"}
        with httpx.Client(base_url=server.url, headers=headers, timeout=120) as client:
            yield Scene(server, client)


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    """Return a server for all tests of a module."""
    with serving() as made:
        yield made


# Not for the session: while it runs no other test could have an event loop of its own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Chromium for all tests of a module; its profile is new."""
    executable = find_browser()
    if executable is None and debian.can_install():
        pytest.fail(f"chromium is missing, so {WITHOUT}; run `make browser`", pytrace=False)
    if executable is None:
        pytest.skip(f"chromium is missing, so {WITHOUT}; install it with your packages")
    with sync_playwright() as playwright:
        launched = _launch(playwright, executable)
        yield launched
        launched.close()


def _launch(playwright: Playwright, executable: Path) -> Browser:
    return playwright.chromium.launch(executable_path=executable, args=ARGUMENTS, timeout=2 * PATIENCE_MS)


@contextmanager
def new_page(browser: Browser) -> Iterator[Page]:
    """Hold a page in a session of its own."""
    with browser.new_context(viewport=WIDE, reduced_motion="reduce", locale="en-GB") as context:
        context.set_default_timeout(PATIENCE_MS)
        yield context.new_page()


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """Return the page that the tests of a module take turns in, since a new one costs a second."""
    with new_page(browser) as page:
        yield page


@pytest.fixture
def dashboard(tab: Page, scene: Scene) -> Iterator[Dashboard]:
    """Return a dashboard that isn't opened yet; nothing of it is left for the next test."""
    with Dashboard(tab, scene).watched() as made:
        yield made
        tab.unroute_all()
        tab.evaluate("sessionStorage.clear()")
        tab.goto("about:blank")
        tab.emulate_media(color_scheme="light")
        tab.set_viewport_size(WIDE)
