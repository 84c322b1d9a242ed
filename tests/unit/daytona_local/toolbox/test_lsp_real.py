"""Real language servers in a real sandbox, where they are installed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from daytona_local.records import Sandbox
from daytona_local.runtime import Mount
from daytona_local.runtime.bubblewrap import BubblewrapRuntime
from daytona_local.toolbox.lsp_routes import routes
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.conftest import spec_of
from tests.unit.daytona_local.toolbox.shell import shell

PYLSP = importlib.util.find_spec("pylsp")
START_PYLSP = """#!/usr/bin/env python3
import sys
sys.path.insert(0, "/opt/packages")
from pylsp.__main__ import main
main()
"""


@pytest.fixture
async def box(runtime: BubblewrapRuntime) -> AsyncIterator[Running]:
    """Return a sandbox with the packages of this Python in it."""
    sandbox = Sandbox(name="box")
    packages = [Path(PYLSP.origin).parent.parent] if PYLSP and PYLSP.origin else []
    mounts = tuple(Mount(folder, "/opt/packages") for folder in packages)
    await runtime.start(replace(spec_of(sandbox), mounts=mounts))
    running = Running(sandbox, runtime.agent(sandbox.id))
    yield running
    await running.close()


async def names(client: httpx.AsyncClient, named: dict[str, str], uri: str) -> set[str]:
    answer = await client.get("/lsp/document-symbols", params={**named, "uri": uri})
    return {symbol["name"] for symbol in answer.json()}


async def labels(
    client: httpx.AsyncClient, named: dict[str, str], uri: str, line: int, character: int
) -> set[str]:
    place = {"uri": uri, "position": {"line": line, "character": character}}
    found = (await client.post("/lsp/completions", json={**named, **place})).json()
    return {item["label"] for item in found["items"]}


@pytest.mark.skipif(PYLSP is None, reason="python-lsp-server is not installed")
async def test_python_is_understood(toolbox: Any, box: Running) -> None:
    if sys.version.split()[0].rpartition(".")[0] not in await shell(box, "python3 --version"):
        pytest.skip("the sandbox's python3 is another version than this one, whose packages it would use")
    await shell(
        box, "mkdir -p .local/bin project; printf 'import os\\ndef greet(): pass\\nos.getc' > project/a.py"
    )
    fd, _ = await box.agent.open(".local/bin/pylsp", os.O_WRONLY | os.O_CREAT, 0o755)
    with os.fdopen(fd, "w") as file:
        file.write(START_PYLSP)
    client: httpx.AsyncClient = toolbox(routes)
    named = {"languageId": "python", "pathToProject": "project"}

    answer = await client.post("/lsp/start", json=named)
    assert 200 == answer.status_code, answer.text
    assert 200 == (await client.post("/lsp/did-open", json={**named, "uri": "file://a.py"})).status_code

    assert "greet" in await names(client, named, "file://a.py")
    assert {"getcwd()"} <= await labels(client, named, "file://a.py", 2, 7)
    assert 200 == (await client.post("/lsp/stop", json=named)).status_code


@pytest.mark.skipif(
    shutil.which("typescript-language-server", path="/usr/local/bin:/usr/bin") is None,
    reason="typescript-language-server is not installed on this machine",
)
@pytest.mark.parametrize(("language", "file"), [("typescript", "a.ts"), ("javascript", "a.js")])
async def test_typescript_and_javascript_are_understood(
    toolbox: Any, box: Running, language: str, file: str
) -> None:
    await shell(box, f"mkdir project; printf 'function greet() {{}}\\ngre' > project/{file}")
    client: httpx.AsyncClient = toolbox(routes)
    named = {"languageId": language, "pathToProject": "project"}

    answer = await client.post("/lsp/start", json=named)
    assert 200 == answer.status_code, answer.text
    assert 200 == (await client.post("/lsp/did-open", json={**named, "uri": f"file://{file}"})).status_code

    assert "greet" in await names(client, named, f"file://{file}")
    assert "greet" in await labels(client, named, f"file://{file}", 1, 3)
    found = (await client.get("/lsp/workspacesymbols", params={**named, "query": "greet"})).json()
    assert ["greet"] == [symbol["name"] for symbol in found]
