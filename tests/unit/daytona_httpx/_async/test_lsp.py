"""Language servers in a sandbox."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from daytona_httpx import (
    AsyncLspServer,
    AsyncSandbox,
    DaytonaConnectionError,
    DaytonaError,
    DaytonaLspServerNotInitializedError,
    DaytonaValidationError,
    LspCompletionPosition,
    LspLanguageId,
)

from tests.unit.daytona_httpx.fake_api import FakeApi, refusal

pytestmark = pytest.mark.anyio

SERVER = {"languageId": "python", "pathToProject": "app"}
FILE = {**SERVER, "uri": "file:///app/a b.py"}
RANGE = {"start": {"line": 1, "character": 2}, "end": {"line": 3, "character": 4}}
SYMBOL = {"name": "f", "kind": 12, "location": {"uri": "file:///app/a.py", "range": RANGE}}

Call = Callable[[AsyncLspServer], Awaitable[object]]

POSTS: list[tuple[str, dict[str, Any], str, Call]] = [
    ("start", SERVER, "start LSP server", lambda server: server.start()),
    ("stop", SERVER, "stop LSP server", lambda server: server.stop()),
    ("did-open", FILE, "open file", lambda server: server.did_open(path="/app/a b.py")),
    ("did-close", FILE, "close file", lambda server: server.did_close(path="/app/a b.py")),
]


@pytest.fixture
def server(sandbox: AsyncSandbox) -> AsyncLspServer:
    """Return the language server of a project."""
    return sandbox.create_lsp_server("python", "app")


async def test_a_language_server_is_made_without_a_request(sandbox: AsyncSandbox, api: FakeApi) -> None:
    made = sandbox.create_lsp_server(language_id=LspLanguageId.TYPESCRIPT, path_to_project="/p")
    assert [] == api.requests
    api.on("POST", "/lsp/start", httpx.Response(200))
    await made.start()
    assert [{"languageId": "typescript", "pathToProject": "/p"}] == api.bodies("POST")


async def test_a_language_without_a_server_is_refused(sandbox: AsyncSandbox, api: FakeApi) -> None:
    with pytest.raises(DaytonaValidationError, match=r"Failed to create LSP server: .*javascript, not 'go'"):
        sandbox.create_lsp_server("go", "/p")
    assert [] == api.requests


@pytest.mark.parametrize(("route", "body", "doing", "call"), POSTS)
async def test_an_operation_is_its_documented_request_or_says_what_failed(
    server: AsyncLspServer, api: FakeApi, route: str, body: dict[str, Any], doing: str, call: Call
) -> None:
    api.on("POST", f"/toolbox/s1/lsp/{route}", httpx.Response(200), refusal(400, "no"))
    await call(server)
    assert [body] == api.bodies("POST")
    with pytest.raises(DaytonaError) as caught:
        await call(server)
    assert f"Failed to {doing}: no" == str(caught.value)


async def test_the_symbols_of_a_file_have_places(server: AsyncLspServer, api: FakeApi) -> None:
    api.on("GET", "/lsp/document-symbols", httpx.Response(200, json=[{**SYMBOL, "containerName": "C"}]))
    (symbol,) = await server.document_symbols("/app/a b.py")
    assert ("f", 12, 4) == (symbol.name, symbol.kind, symbol.location.range.end.character)
    assert FILE == dict(api.requests[0].url.params)


async def test_symbols_are_found_in_all_files(server: AsyncLspServer, api: FakeApi) -> None:
    api.on("GET", "/lsp/workspacesymbols", httpx.Response(200, json=[SYMBOL]))
    found = await server.sandbox_symbols("f")
    assert ["file:///app/a.py"] == [symbol.location.uri for symbol in found]
    assert {**SERVER, "query": "f"} == dict(api.requests[0].url.params)


async def test_no_symbols_may_be_null(server: AsyncLspServer, api: FakeApi) -> None:
    api.on("GET", "/lsp/document-symbols", httpx.Response(200, text="null"))
    assert [] == await server.document_symbols("/app/a.py")


async def test_the_older_name_of_a_search_still_works(server: AsyncLspServer, api: FakeApi) -> None:
    api.on("GET", "/lsp/workspacesymbols", httpx.Response(200, json=[SYMBOL]))
    with pytest.warns(DeprecationWarning, match="use sandbox_symbols") as caught:
        found = await server.workspace_symbols("f")
    assert ["f"] == [symbol.name for symbol in found]
    assert __file__ == caught[0].filename


async def test_a_text_is_completed(server: AsyncLspServer, api: FakeApi) -> None:
    item = {"label": "print", "kind": 3, "insertText": "print(", "documentation": {"value": "x"}}
    api.on("POST", "/lsp/completions", {"isIncomplete": True, "items": [item]})
    found = await server.completions("/app/a b.py", LspCompletionPosition(line=0, character=7))
    assert found.is_incomplete
    assert [("print", "print(", {"value": "x"})] == [
        (one.label, one.insert_text, one.documentation) for one in found.items
    ]
    assert [{**FILE, "position": {"line": 0, "character": 7}}] == api.bodies("POST")


async def test_a_server_that_wasn_t_started_is_its_own_error(server: AsyncLspServer, api: FakeApi) -> None:
    answer = refusal(400, "start it", code="LSP_SERVER_NOT_INITIALIZED", source="DAYTONA_DAEMON")
    for method, path in [
        ("POST", "/lsp/completions"),
        ("GET", "/document-symbols"),
        ("GET", "/workspacesymbols"),
    ]:
        api.on(method, path, answer)
    for doing, call in [
        ("get completions", server.completions("/a", LspCompletionPosition(0, 0))),
        ("get symbols from document", server.document_symbols("/a")),
        ("get symbols from sandbox", server.sandbox_symbols("f")),
    ]:
        with pytest.raises(DaytonaLspServerNotInitializedError, match=f"Failed to {doing}: start it"):
            await call


async def test_a_server_is_not_started_twice(server: AsyncLspServer, api: FakeApi) -> None:
    api.on("POST", "/lsp/start", httpx.ReadError("reset"))
    with pytest.raises(DaytonaConnectionError):
        await server.start()
    assert 1 == len(api.requests)
