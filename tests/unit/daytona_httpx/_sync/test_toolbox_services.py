"""The sync client's desktop, language servers and code interpreter: the same behaviour."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from daytona_httpx import (
    CodeInterpreter,
    ComputerUse,
    Daytona,
    DaytonaTimeoutError,
    DaytonaValidationError,
    LspServer,
    Sandbox,
    ScreenshotRegion,
)
from websockets.asyncio.server import ServerConnection

from tests.unit.daytona_httpx.fake_api import FakeApi, record
from tests.unit.daytona_httpx.toolbox_server import Script, ToolboxServer, says

PATH = "/process/interpreter/execute"


@pytest.fixture
def sandbox(sync_client: Daytona, api: FakeApi) -> Sandbox:
    """Return the started sandbox; the requests that got it are forgotten."""
    found = sync_client.get("s1")
    api.requests.clear()
    return found


@pytest.fixture
def server() -> Iterator[ToolboxServer]:
    """Return the toolbox's server, in a thread."""
    with ToolboxServer().in_a_thread() as made:
        yield made


@pytest.fixture
def streaming(sync_client: Daytona, api: FakeApi, server: ToolboxServer) -> Sandbox:
    """Return a sandbox of that server."""
    api.sandboxes["s1"] = record(toolboxProxyUrl=server.url)
    return sync_client.get("s1")


def answers(*messages: str, code: int = 1000) -> Script:
    """Take the request, send it back as output, send messages, then close."""

    async def script(connection: ServerConnection) -> None:
        request = str(await connection.recv())
        await says(output(request), *messages, code=code)(connection)

    return script


def output(text: str) -> str:
    """Return a message with output."""
    return json.dumps({"type": "stdout", "text": text})


def test_a_desktop_is_started_seen_and_used(sandbox: Sandbox, api: FakeApi, tmp_path: Path) -> None:
    api.on("POST", "/computeruse/start", {"message": "started"})
    api.on("GET", "/screenshot/region", {"screenshot": "aGk="})
    api.on("POST", "/mouse/click", {"x": 1, "y": 2})
    api.on("POST", "/keyboard/hotkey", {})
    api.on("GET", "/recordings/r1/download", httpx.Response(200, content=b"film"))
    use = sandbox.computer_use
    assert isinstance(use, ComputerUse)
    assert "started" == use.start().message
    assert "aGk=" == use.screenshot.take_region(ScreenshotRegion(0, 0, 2, 2)).screenshot
    assert 2 == use.mouse.click(1, 2, clicks=2).y
    use.keyboard.hotkey("ctrl+c")
    use.recording.download("r1", tmp_path / "f.mp4")
    assert b"film" == (tmp_path / "f.mp4").read_bytes()


def test_a_language_server_is_made_without_a_request_and_started(sandbox: Sandbox, api: FakeApi) -> None:
    server = sandbox.create_lsp_server("python", "app")
    assert isinstance(server, LspServer)
    assert [] == api.requests
    api.on("POST", "/lsp/start", httpx.Response(200))
    server.start()
    assert [{"languageId": "python", "pathToProject": "app"}] == api.bodies("POST")
    with pytest.raises(DaytonaValidationError, match="not 'cobol'"):
        sandbox.create_lsp_server("cobol", "app")


def test_the_older_name_of_a_search_warns_where_it_is_used(sandbox: Sandbox, api: FakeApi) -> None:
    api.on("GET", "/lsp/workspacesymbols", httpx.Response(200, json=[]))
    with pytest.warns(DeprecationWarning, match="use sandbox_symbols") as caught:
        sandbox.create_lsp_server("python", "app").workspace_symbols("f")
    assert __file__ == caught[0].filename


def test_code_runs_and_its_output_comes_as_it_is_written(streaming: Sandbox, server: ToolboxServer) -> None:
    server.on(PATH, answers(output("a"), json.dumps({"type": "error", "name": "E", "value": "v"})))
    interpreter = streaming.code_interpreter
    assert isinstance(interpreter, CodeInterpreter)
    out: list[str] = []
    result = interpreter.run_code("x = 1", on_stdout=lambda said: out.append(said.output))
    assert ['{"code": "x = 1"}', "a"] == out
    assert "".join(out) == result.stdout
    assert result.error is not None
    assert ("E", "v") == (result.error.name, result.error.value)


def test_code_that_runs_too_long_is_a_timeout(streaming: Sandbox, server: ToolboxServer) -> None:
    server.on(PATH, answers(code=4008))
    with pytest.raises(DaytonaTimeoutError, match="the code ran longer than 2 seconds"):
        streaming.code_interpreter.run_code("x", timeout=2)


def test_a_coroutine_function_is_refused(streaming: Sandbox, server: ToolboxServer) -> None:
    server.on(PATH, answers())

    async def take(_: object) -> None:
        """Never run."""

    with pytest.raises(DaytonaValidationError, match="the sync client takes no coroutine function"):
        streaming.code_interpreter.run_code("x", on_stdout=take)  # type: ignore[arg-type]
