"""One language server: a process inside a sandbox that knows one project."""

from __future__ import annotations

import os
import posixpath
import urllib.parse
from contextlib import AsyncExitStack
from typing import Any

from daytona_local.errors import InvalidError, RefusedError
from daytona_local.runtime import NotRunningError
from daytona_local.runtime.agent import Process
from daytona_local.toolbox.commands import environment, output_pipe
from daytona_local.toolbox.lsp_rpc import Rpc
from daytona_local.toolbox.lsp_wire import Json, completion_list, symbols
from daytona_local.toolbox.pipes import PipeReader, PipeWriter
from daytona_local.toolbox.running import Running

START_S = 30.0
REQUEST_S = 20.0
STOP_S = 2.0
LARGEST_FILE = 1024 * 1024
WORDS_KEPT_BYTES = 4096

_LANGUAGES = {".tsx": "typescriptreact", ".jsx": "javascriptreact", ".ts": "typescript", ".js": "javascript"}
_CAPABILITIES = {
    "textDocument": {
        "synchronization": {},
        "completion": {"completionItem": {"documentationFormat": ["plaintext", "markdown"]}},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": False},
    },
    "workspace": {"configuration": True, "workspaceFolders": True, "symbol": {}},
}


class LanguageServer:
    """Use a language server.

    Args:
        running: The sandbox.
        language: What it speaks: python, typescript or javascript.
        project: The project's folder, an absolute path inside.
    """

    def __init__(self, running: Running, language: str, project: str) -> None:
        self._running = running
        self._language = language
        self._project = project
        self._held = AsyncExitStack()
        self._process: Process | None = None
        self._rpc: Rpc | None = None
        self._capabilities: Json = {}
        self._open: set[str] = set()
        self._errors: PipeReader | None = None
        self._words = bytearray()

    @property
    def ended(self) -> bool:
        """Say whether it has ended, or was never started."""
        return self._rpc is None or self._rpc.ended

    async def start(self, argv: list[str]) -> None:
        """Run the program, and introduce ourselves.

        Raises:
            InvalidError: It ended at once, or refuses.
            TimeExceededError: It doesn't answer.
        """
        await self._run(argv)
        folder = uri_of(self._project)
        try:
            answer = await self._request(
                "initialize",
                {
                    "processId": None,
                    "rootPath": self._project,
                    "rootUri": folder,
                    "workspaceFolders": [{"uri": folder, "name": posixpath.basename(self._project)}],
                    "capabilities": _CAPABILITIES,
                },
                START_S,
            )
        except RefusedError as error:
            raise InvalidError(
                f"start {posixpath.basename(argv[0])}: {self._last_words() or error}"
            ) from error
        self._capabilities = (answer or {}).get("capabilities") or {}
        self._tell("initialized", {})

    async def _run(self, argv: list[str]) -> None:
        stdout, stdout_end = await self._held.enter_async_context(output_pipe())
        stdin_end, ours = os.pipe()
        stdin = PipeWriter(ours)
        self._held.callback(stdin.close)
        errors, stderr_end = os.pipe()
        self._errors = PipeReader(errors, self._keep_words)
        self._held.callback(self._errors.close)
        with os.fdopen(stdin_end, "rb", 0), os.fdopen(stderr_end, "wb", 0), stdout_end:
            ends = (stdin_end, stdout_end.fileno(), stderr_end)
            env = environment(self._running)
            self._process = await self._running.agent.spawn(argv, env, self._project, ends)
        self._rpc = Rpc(stdout, stdin)

    async def stop(self) -> None:
        """Let it finish, for a moment, and end it."""
        if self._rpc is not None and not self._rpc.ended:
            try:
                await self._rpc.request("shutdown", None, STOP_S)
                self._rpc.notify("exit", None)
            except RefusedError:
                pass  # it is ended anyway
        await self.end()

    async def end(self) -> None:
        """End it, with all that it started."""
        if self._rpc is not None:
            self._rpc.close()
        try:
            if self._process is not None and not self._process.ended.done():
                await self._running.agent.end(self._process.pid)
        except NotRunningError:
            pass  # the sandbox ended, and it with it
        await self._held.aclose()

    async def open(self, uri: str) -> None:
        """Show it a document as it is now in its file.

        Raises:
            AgentError: The file can't be read.
            InvalidError: It is too large.
        """
        path = self._path(uri)
        text = await self._text(path)
        self.close(uri)
        self._open.add(path)
        language = _LANGUAGES.get(posixpath.splitext(path)[1], self._language)
        document = {"uri": uri_of(path), "languageId": language, "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})

    def close(self, uri: str) -> None:
        """Tell it that a document is looked at no more; one that wasn't open is fine."""
        path = self._path(uri)
        if path in self._open:
            self._open.discard(path)
            self._tell("textDocument/didClose", {"textDocument": {"uri": uri_of(path)}})

    async def completions(self, uri: str, position: Json, context: Json | None) -> Json:
        """Return what could stand at a position of a document."""
        params: Json = {"textDocument": {"uri": uri_of(self._path(uri))}, "position": position}
        if context is not None:
            params["context"] = context
        return completion_list(await self._request("textDocument/completion", params, REQUEST_S))

    async def document_symbols(self, uri: str) -> list[Json]:
        """Return the symbols of a document."""
        document = uri_of(self._path(uri))
        params = {"textDocument": {"uri": document}}
        return symbols(await self._request("textDocument/documentSymbol", params, REQUEST_S), document)

    async def workspace_symbols(self, query: str) -> list[Json]:
        """Return the project's symbols that a query finds.

        Raises:
            InvalidError: This language server can't look for any.
        """
        if not self._capabilities.get("workspaceSymbolProvider"):
            raise InvalidError(
                "this language server finds no symbols in a whole project; ask for a document's"
            )
        return symbols(await self._request("workspace/symbol", {"query": query}, REQUEST_S))

    async def _request(self, method: str, params: Json, timeout_s: float) -> Any:
        assert self._rpc is not None
        return await self._rpc.request(method, params, timeout_s)

    def _tell(self, method: str, params: Json) -> None:
        assert self._rpc is not None
        self._rpc.notify(method, params)

    def _path(self, uri: str) -> str:
        """Return the path that a URI means; a relative one starts from the project."""
        path = urllib.parse.unquote(uri.removeprefix("file://"))
        return posixpath.normpath(posixpath.join(self._project, path))

    async def _text(self, path: str) -> str:
        fd, size = await self._running.agent.open(path, os.O_RDONLY)
        with os.fdopen(fd, "rb") as file:
            if size > LARGEST_FILE:
                raise InvalidError(f"{path} has more than {LARGEST_FILE // 1024} KiB, too much to look into")
            return file.read(LARGEST_FILE).decode(errors="replace")

    def _keep_words(self, data: bytes) -> None:
        self._words += data
        del self._words[:-WORDS_KEPT_BYTES]

    def _last_words(self) -> str:
        if self._errors is not None:
            self._errors.drain()
        return (self._words.decode(errors="replace").strip().splitlines() or [""])[-1].strip()


def uri_of(path: str) -> str:
    """Return the URI of a path."""
    return "file://" + urllib.parse.quote(path)
