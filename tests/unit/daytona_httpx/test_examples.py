"""Every exported class shows how it is used, and what it shows is true: the examples run against a server."""

from __future__ import annotations

import asyncio
import base64
import inspect
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import daytona_httpx
import httpx
import pytest
from daytona_httpx import AsyncDaytona, CreateSandboxFromSnapshotParams, Daytona, Sandbox
from daytona_local import LocalDaytona

from tests.unit.daytona_httpx.examples import examples_of, run

Names = Callable[[], dict[str, Any]]

EXPORTED = {name: getattr(daytona_httpx, name) for name in daytona_httpx.__all__}
CLASSES = {value.__name__: value for value in EXPORTED.values() if inspect.isclass(value)}
LANGUAGE_SERVER = Path(__file__).parents[1] / "daytona_local/toolbox/fake_language_server.py"
DESKTOP = all(map(shutil.which, ("Xvfb", "xdotool", "ffmpeg")))
FAULTS = [
    {"path": "/api/sandbox/makes-no-sense", "status": 422},
    {"path": "/api/sandbox/not-for-this-key", "status": 403},
    {"path": "/api/sandbox/gone-for-good", "status": 410},
    {"path": "/api/sandbox/too-often", "status": 429, "headers": {"Retry-After": "600"}},
    {"path": "/api/sandbox/broken", "status": 500},
    {"path": "/api/sandbox/behind-a-proxy", "status": 502},
    {"path": "/api/sandbox/down", "status": 503},
    {"path": "/api/sandbox/slow", "delay_s": 1},
]
"""What the sandboxes of these names answer, for the examples of errors."""

REPOSITORIES = """
set -e
git config --global user.name A; git config --global user.email a@example.com
git config --global init.defaultBranch main
git init -q repo; cd repo; echo 1 > a.txt; git add .; git commit -qm first; git branch topic; cd ..
git clone -q --bare repo remote.git
for name in late contrary dirty guarded; do git clone -q remote.git $name; done
cd repo; echo 2 > a.txt; git commit -qam second; git push -q ../remote.git main; cd ..
cd late; echo 3 > b.txt; git add .; git commit -qm own; cd ..
cd contrary; echo 4 > a.txt; git commit -qam own; git config pull.rebase false; cd ..
cd dirty; git checkout -q topic; echo 5 > a.txt; git commit -qam own
git checkout -q main; echo 6 > a.txt; cd ..
git clone -q --bare repo guarded.git; printf '#!/bin/sh\\nexit 1\\n' > guarded.git/hooks/pre-receive
chmod +x guarded.git/hooks/pre-receive
cd guarded; git remote set-url origin ../guarded.git; git pull -q; echo 7 > a.txt; git commit -qam own; cd ..
"""
ASKS_WHO = """
import http.server
class Asks(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(401)
        self.send_header("WWW-Authenticate", "Basic")
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", 8401), Asks).serve_forever()
"""


@pytest.fixture(scope="module")
def server() -> Iterator[LocalDaytona]:
    """Return a server on which some names fail."""
    with LocalDaytona(control=True, substitute_images=True) as made:
        place, key = f"{made.url}/_local/faults", {"Authorization": f"Bearer {made.api_key}"}
        for fault in FAULTS:
            httpx.post(place, json={"count": 0, **fault}, headers=key).raise_for_status()
        yield made


@pytest.fixture(scope="module")
def client(server: LocalDaytona) -> Iterator[Daytona]:
    """Return a client of it."""
    with Daytona(api_key=server.api_key, api_url=server.api_url) as made:
        yield made


@pytest.fixture(scope="module")
def furnished(client: Daytona) -> Sandbox:
    """Return the sandbox that the examples use: with notes, a project, and repositories."""
    params = CreateSandboxFromSnapshotParams(name="docs", labels={"made": "for the docs"})
    made = client.create(params)
    made.fs.upload_file(b"one\ntwo\n", "notes.txt")
    made.fs.upload_file(b"nobody's", "locked.txt")
    made.fs.set_file_permissions("locked.txt", mode="000")
    made.fs.upload_file(b"class outer: ...\n", "project/main.py")
    made.fs.upload_file(str(LANGUAGE_SERVER), ".local/bin/pylsp")
    made.fs.set_file_permissions(".local/bin/pylsp", mode="755")
    made.fs.upload_file(ASKS_WHO.encode(), "asks_who.py")
    for command in (REPOSITORIES, "nohup python3 asks_who.py >/dev/null 2>&1 &"):
        answer = made.process.exec(command)
        assert answer.exit_code == 0, answer.result
    while client.volume.get("for-docs", create=True).state != "ready":
        time.sleep(0.05)
    return made


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    """Return the loop that the examples of the async client run in."""
    with asyncio.Runner() as made:
        yield made


@pytest.fixture(scope="module")
def async_client(server: LocalDaytona, runner: asyncio.Runner) -> Iterator[AsyncDaytona]:
    """Return an async client."""
    made = AsyncDaytona(api_key=server.api_key, api_url=server.api_url)
    yield made
    runner.run(made.close())


@pytest.fixture
def names(
    server: LocalDaytona,
    client: Daytona,
    async_client: AsyncDaytona,
    furnished: Sandbox,
    runner: asyncio.Runner,
) -> Callable[[type], dict[str, Any]]:
    """Return what examples find: clients and sandboxes that are async for what is async."""

    def of(documented: type) -> dict[str, Any]:
        is_async = documented.__name__.startswith("Async")
        found = {
            "daytona": async_client if is_async else client,
            "sandbox": runner.run(async_client.get("docs")) if is_async else client.get("docs"),
        }
        given = {"url": server.api_url, "key": server.api_key, "base64": base64, "threading": threading}
        return {**EXPORTED, **given, **found}

    return of


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_an_exported_class_has_an_example_and_it_is_true(
    name: str, names: Callable[[type], dict[str, Any]], runner: asyncio.Runner
) -> None:
    examples = examples_of(CLASSES[name])
    assert examples, f"{name} has no example in its docstring"
    if not DESKTOP and any("computer_use" in example.source for example in examples):
        pytest.skip("there are no programs for a desktop here")
    run(examples, names(CLASSES[name]), runner)
