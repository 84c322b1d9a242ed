"""Language servers in a sandbox."""

from __future__ import annotations

import warnings
from typing import Any

from daytona_httpx._async.toolbox import AsyncToolbox
from daytona_httpx.answers import items_of
from daytona_httpx.errors import prefixed
from daytona_httpx.language_servers import LspCompletionPosition, LspLanguageId, language_of
from daytona_httpx.models.base import parse
from daytona_httpx.models.lsp import CompletionList, LspSymbol


class AsyncLspServer:
    """Ask the language server of one project; get it from a sandbox, and start it first.

    Paths of files are absolute. The ``request_timeout`` of every method is the seconds for its request;
    0 is no limit, None the default of 90.

    Args:
        language_id: The language.
        path_to_project: The project's folder.
        toolbox: The sandbox's toolbox.

    Raises:
        DaytonaValidationError: There is no language server for it.

    Example:
        >>> server = sandbox.create_lsp_server(LspLanguageId.PYTHON, "/home/daytona/project")
        >>> await server.start()
        >>> await server.did_open("/home/daytona/project/main.py")
        >>> [symbol.name for symbol in await server.document_symbols("/home/daytona/project/main.py")]
        ['outer', 'inner']
    """

    def __init__(self, language_id: LspLanguageId | str, path_to_project: str, toolbox: AsyncToolbox) -> None:
        self._toolbox = toolbox
        self._server = {
            "languageId": language_of(language_id).value,
            "pathToProject": path_to_project,
        }

    async def start(self, request_timeout: float | None = None) -> None:
        """Start the language server (start)."""
        with prefixed("Failed to start LSP server: "):
            await self._post("/lsp/start", request_timeout)

    async def stop(self, request_timeout: float | None = None) -> None:
        """Stop the language server (stop)."""
        with prefixed("Failed to stop LSP server: "):
            await self._post("/lsp/stop", request_timeout)

    async def did_open(self, path: str, request_timeout: float | None = None) -> None:
        """Tell the language server that a file is open; that comes before its completions (did open).

        Raises:
            DaytonaLspServerNotInitializedError: The language server has not been started.
        """
        with prefixed("Failed to open file: "):
            await self._post("/lsp/did-open", request_timeout, uri=_uri(path))

    async def did_close(self, path: str, request_timeout: float | None = None) -> None:
        """Tell the language server that a file is closed; raises as ``did_open`` (did close)."""
        with prefixed("Failed to close file: "):
            await self._post("/lsp/did-close", request_timeout, uri=_uri(path))

    async def document_symbols(self, path: str, request_timeout: float | None = None) -> list[LspSymbol]:
        """Return the symbols of a file; raises as ``did_open`` (document symbols)."""
        with prefixed("Failed to get symbols from document: "):
            return await self._symbols("/lsp/document-symbols", request_timeout, uri=_uri(path))

    async def sandbox_symbols(self, query: str, request_timeout: float | None = None) -> list[LspSymbol]:
        """Return the symbols of all files whose name is like a query (workspace symbols).

        Raises:
            DaytonaLspServerNotInitializedError: The language server has not been started.
        """
        with prefixed("Failed to get symbols from sandbox: "):
            return await self._symbols("/lsp/workspacesymbols", request_timeout, query=query)

    async def workspace_symbols(self, query: str, request_timeout: float | None = None) -> list[LspSymbol]:
        """Return such symbols; the older name of ``sandbox_symbols``."""
        warnings.warn(
            "workspace_symbols is deprecated; use sandbox_symbols", DeprecationWarning, stacklevel=2
        )
        return await self.sandbox_symbols(query, request_timeout)

    async def completions(
        self, path: str, position: LspCompletionPosition, request_timeout: float | None = None
    ) -> CompletionList:
        """Return how the text at a place of an open file may go on; raises as ``did_open`` (completions)."""
        with prefixed("Failed to get completions: "):
            place = {"line": position.line, "character": position.character}
            found = await self._post("/lsp/completions", request_timeout, uri=_uri(path), position=place)
            return parse(CompletionList, found)

    async def _post(self, route: str, request_timeout: float | None, /, **body: Any) -> Any:
        return await self._call("POST", route, request_timeout, json={**self._server, **body})

    async def _symbols(self, route: str, request_timeout: float | None, /, **params: str) -> list[LspSymbol]:
        found = await self._call("GET", route, request_timeout, params={**self._server, **params})
        return [parse(LspSymbol, item) for item in items_of([] if found is None else found)]

    async def _call(self, method: str, route: str, request_timeout: float | None, /, **options: Any) -> Any:
        deadline = self._toolbox.transport.request_deadline(request_timeout)
        return await self._toolbox.call(method, route, deadline, answer_s=None, **options)


def _uri(path: str) -> str:
    return f"file://{path}"
