"""Language servers in a real sandbox; the language server itself is a small fake."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import httpx
import pytest
from daytona_local.toolbox import lsp_server
from daytona_local.toolbox.lsp import PROGRAMS, LanguageServers
from daytona_local.toolbox.lsp_routes import routes
from daytona_local.toolbox.running import Running

from tests.unit.daytona_local.toolbox.shell import shell

FAKE = Path(__file__).with_name("fake_language_server.py")
NAMED = {"languageId": "python", "pathToProject": "project"}
URI = "file://a file.py"
PLACE = {"uri": URI, "position": {"line": 0, "character": 1}}


class Lsp:
    """Ask for the operations of one language server."""

    def __init__(self, client: httpx.AsyncClient, box: Running) -> None:
        self.client = client
        self.box = box

    async def post(self, what: str, **asked: Any) -> httpx.Response:
        return await self.client.post(f"/lsp/{what}", json={**NAMED, **asked})

    async def get(self, what: str, **asked: Any) -> httpx.Response:
        return await self.client.get(f"/lsp/{what}", params={**NAMED, **asked})

    async def messages(self) -> list[dict[str, Any]]:
        """Return what the language server was told."""
        return [json.loads(line) for line in (await shell(self.box, "cat messages")).splitlines()]

    async def told(self, method: str) -> list[Any]:
        return [message["params"] for message in await self.messages() if message.get("method") == method]

    async def alive(self) -> int:
        return int(await shell(self.box, "pgrep -fc '^python3 .*/pylsp$' || true"))


@pytest.fixture
async def lsp(toolbox: Any, box: Running) -> Lsp:
    """Return the operations in a sandbox with a language server and a project of one file."""
    await shell(box, "mkdir -p .local/bin project; printf 'wo' > 'project/a file.py'")
    fd, _ = await box.agent.open(".local/bin/pylsp", os.O_WRONLY | os.O_CREAT, 0o755)
    with os.fdopen(fd, "wb") as file:
        file.write(FAKE.read_bytes())
    return Lsp(toolbox(routes), box)


@pytest.fixture
async def started(lsp: Lsp) -> Lsp:
    """Return the operations on a language server that runs."""
    assert 200 == (await lsp.post("start")).status_code
    return lsp


async def test_a_started_language_server_knows_its_project(started: Lsp) -> None:
    params = (await started.told("initialize"))[0]

    assert "file:///home/daytona/project" == params["rootUri"]
    assert [] != await started.told("initialized")


async def test_what_a_language_server_asks_is_answered(started: Lsp) -> None:
    await started.post("completions", **PLACE)

    answers = {message["id"]: message for message in await started.messages() if "method" not in message}
    assert [None, None] == answers["a"]["result"]
    assert answers["b"]["result"] is None
    assert -32601 == answers["c"]["error"]["code"]


async def test_start_is_done_once_for_a_language_and_a_project(started: Lsp) -> None:
    assert 200 == (await started.post("start", pathToProject="/home/daytona/project/.")).status_code
    assert 1 == await started.alive()

    await shell(started.box, "mkdir other")
    assert 200 == (await started.post("start", pathToProject="other")).status_code
    assert 2 == await started.alive()


async def test_an_opened_document_is_shown_as_it_is_in_its_file(started: Lsp) -> None:
    assert 200 == (await started.post("did-open", uri=URI)).status_code

    document = (await started.told("textDocument/didOpen"))[0]["textDocument"]
    assert "file:///home/daytona/project/a%20file.py" == document["uri"]
    assert ("wo", "python", 1) == (document["text"], document["languageId"], document["version"])


async def test_a_document_that_is_opened_again_is_shown_anew(started: Lsp) -> None:
    await started.post("did-open", uri=URI)
    await shell(started.box, "printf new > 'project/a file.py'")
    await started.post("did-open", uri="file:///home/daytona/project/a%20file.py")

    assert ["wo", "new"] == [p["textDocument"]["text"] for p in await started.told("textDocument/didOpen")]
    assert 1 == len(await started.told("textDocument/didClose"))


async def test_a_document_is_closed_once(started: Lsp) -> None:
    await started.post("did-open", uri=URI)

    for _ in range(2):
        assert 200 == (await started.post("did-close", uri=URI)).status_code

    await started.post("completions", **PLACE)
    assert 1 == len(await started.told("textDocument/didClose"))


@pytest.mark.parametrize("uri", ["file://nope.py", "file:///", "file:///dev/zero"])
async def test_what_is_no_file_can_not_be_opened(started: Lsp, uri: str) -> None:
    assert 400 == (await started.post("did-open", uri=uri)).status_code


async def test_a_document_that_is_too_large_can_not_be_opened(
    started: Lsp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lsp_server, "LARGEST_FILE", 1)

    assert 400 == (await started.post("did-open", uri=URI)).status_code


async def test_completions_are_as_the_api_has_them(started: Lsp) -> None:
    found = (await started.post("completions", **PLACE, context={"triggerKind": 1})).json()

    assert {"isIncomplete": True, "items": [{"label": "word", "kind": 3}]} == found
    params = (await started.told("textDocument/completion"))[0]
    assert {"line": 0, "character": 1} == params["position"]
    assert {"triggerKind": 1} == params["context"]


async def test_the_symbols_of_a_document_are_a_flat_list(started: Lsp) -> None:
    found = (await started.get("document-symbols", uri=URI)).json()

    assert ["outer", "inner"] == [symbol["name"] for symbol in found]
    assert "file:///home/daytona/project/a%20file.py" == found[0]["location"]["uri"]


async def test_symbols_are_found_in_a_project(started: Lsp) -> None:
    found = (await started.get("workspacesymbols", query="needle")).json()

    assert ["needle"] == [symbol["name"] for symbol in found]


async def test_a_language_server_that_finds_no_symbols_in_a_project_says_so(lsp: Lsp) -> None:
    lsp.box.env["FAKE"] = "no workspace"
    await lsp.post("start")

    assert 400 == (await lsp.get("workspacesymbols", query="needle")).status_code
    assert [] == await lsp.told("workspace/symbol")


@pytest.mark.parametrize("what", ["completions", "did-open", "did-close", "stop"])
async def test_nothing_works_before_the_start(lsp: Lsp, what: str) -> None:
    answer = await lsp.post(what, **PLACE)

    assert (400, "LSP_SERVER_NOT_INITIALIZED") == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize("what", ["document-symbols", "workspacesymbols"])
async def test_no_symbols_are_found_before_the_start(lsp: Lsp, what: str) -> None:
    answer = await lsp.get(what, uri=URI, query="needle")

    assert (400, "LSP_SERVER_NOT_INITIALIZED") == (answer.status_code, answer.json()["code"])


async def test_a_stopped_language_server_was_told_and_is_gone(started: Lsp) -> None:
    assert 200 == (await started.post("stop")).status_code

    assert 0 == await started.alive()
    assert 1 == len(await started.told("shutdown"))
    assert "LSP_SERVER_NOT_INITIALIZED" == (await started.post("completions", **PLACE)).json()["code"]


async def test_a_language_server_that_does_not_stop_is_ended(
    lsp: Lsp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lsp_server, "STOP_S", 0.1)
    lsp.box.env["FAKE"] = "slow"
    await lsp.post("start")

    assert 200 == (await lsp.post("stop")).status_code
    assert 0 == await lsp.alive()


async def test_a_stopping_sandbox_ends_its_language_servers(started: Lsp) -> None:
    await started.box.service(LanguageServers).close()

    assert 0 == await started.alive()


async def test_without_a_language_server_it_is_said_what_to_install(
    lsp: Lsp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PROGRAMS, "javascript", {"no-such-language-server": []})

    answer = await lsp.post("start", languageId="javascript")

    assert 400 == answer.status_code
    assert "typescript-language-server" in answer.json()["message"]


@pytest.mark.parametrize("asked", [{"languageId": "cobol"}, {"pathToProject": "nowhere"}])
async def test_a_start_that_can_not_be_is_refused(lsp: Lsp, asked: dict[str, str]) -> None:
    assert 400 == (await lsp.post("start", **asked)).status_code


async def test_a_language_server_of_the_project_comes_first(lsp: Lsp) -> None:
    await shell(lsp.box, "mkdir -p project/.venv/bin; mv .local/bin/pylsp project/.venv/bin/")

    assert 200 == (await lsp.post("start")).status_code


async def test_a_language_server_that_falls_over_at_once_has_its_last_words_told(lsp: Lsp) -> None:
    lsp.box.env["FAKE"] = "crash"

    answer = await lsp.post("start")

    assert 400 == answer.status_code
    assert "the fake fell over" in answer.json()["message"]
    assert "LSP_SERVER_NOT_INITIALIZED" == (await lsp.post("stop")).json()["code"]


async def test_a_language_server_that_says_nothing_is_ended(
    lsp: Lsp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lsp_server, "START_S", 0.2)
    lsp.box.env["FAKE"] = "deaf"

    assert 400 == (await lsp.post("start")).status_code
    assert 0 == await lsp.alive()


async def test_a_request_takes_so_long_and_no_longer(lsp: Lsp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lsp_server, "REQUEST_S", 0.1)
    lsp.box.env["FAKE"] = "slow"
    await lsp.post("start")

    assert 408 == (await lsp.post("completions", **PLACE)).status_code


@pytest.mark.parametrize("mode", ["nonsense", "huge", "leave"])
async def test_a_language_server_that_breaks_off_can_be_started_again(lsp: Lsp, mode: str) -> None:
    lsp.box.env["FAKE"] = mode
    await lsp.post("start")

    answer = await lsp.post("completions", **PLACE)
    assert (400, "LSP_SERVER_NOT_INITIALIZED") == (answer.status_code, answer.json()["code"])

    lsp.box.env["FAKE"] = ""
    assert 200 == (await lsp.post("start")).status_code
    assert 200 == (await lsp.post("completions", **PLACE)).status_code
    assert 1 == await lsp.alive()


@pytest.mark.parametrize(("mode", "status"), [("refuse", 400), ("odd", 500)])
async def test_a_refusal_and_an_odd_answer_are_told(lsp: Lsp, mode: str, status: int) -> None:
    lsp.box.env["FAKE"] = mode
    await lsp.post("start")

    assert status == (await lsp.post("completions", **PLACE)).status_code
