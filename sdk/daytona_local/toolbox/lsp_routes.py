"""The language server operations of the toolbox, over HTTP."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from daytona_local.toolbox.bodies import body, query
from daytona_local.toolbox.lsp import LanguageServers
from daytona_local.toolbox.running import running


class _ServerRequest(BaseModel):
    """Name a language server by its language and its project."""

    languageId: str  # noqa: N815 - the API's name
    pathToProject: str  # noqa: N815 - the API's name


class _DocumentRequest(_ServerRequest):
    """Name a document."""

    uri: str


class _Position(BaseModel):
    """Name a place: both count from 0."""

    line: int
    character: int


class _Context(BaseModel):
    """Say why completions are asked for."""

    triggerKind: int  # noqa: N815 - the API's name
    triggerCharacter: str | None = None  # noqa: N815 - the API's name


class _CompletionRequest(_DocumentRequest):
    """Name a place in a document."""

    position: _Position
    context: _Context | None = None


async def _servers(request: Request) -> LanguageServers:
    return (await running(request)).service(LanguageServers)


async def start(request: Request) -> Response:
    """Start a language server [Start]."""
    asked = await body(request, _ServerRequest)
    await (await _servers(request)).start(asked.languageId, asked.pathToProject)
    return Response()


async def stop(request: Request) -> Response:
    """Stop a language server [Stop]."""
    asked = await body(request, _ServerRequest)
    await (await _servers(request)).stop(asked.languageId, asked.pathToProject)
    return Response()


async def did_open(request: Request) -> Response:
    """Show a document to its language server [DidOpen]."""
    asked = await body(request, _DocumentRequest)
    await (await _servers(request)).get(asked.languageId, asked.pathToProject).open(asked.uri)
    return Response()


async def did_close(request: Request) -> Response:
    """Tell a language server that a document is closed [DidClose]."""
    asked = await body(request, _DocumentRequest)
    (await _servers(request)).get(asked.languageId, asked.pathToProject).close(asked.uri)
    return Response()


async def completions(request: Request) -> Response:
    """Say what could stand at a place [Completions]."""
    asked = await body(request, _CompletionRequest)
    server = (await _servers(request)).get(asked.languageId, asked.pathToProject)
    context = asked.context.model_dump(exclude_none=True) if asked.context else None
    return JSONResponse(await server.completions(asked.uri, asked.position.model_dump(), context))


async def document_symbols(request: Request) -> Response:
    """List the symbols of a document [DocumentSymbols]."""
    language, project = query(request, "languageId"), query(request, "pathToProject")
    server = (await _servers(request)).get(language, project)
    found: list[dict[str, Any]] = await server.document_symbols(query(request, "uri"))
    return JSONResponse(found)


async def workspace_symbols(request: Request) -> Response:
    """Find symbols in a project [WorkspaceSymbols]."""
    language, project = query(request, "languageId"), query(request, "pathToProject")
    server = (await _servers(request)).get(language, project)
    found: list[dict[str, Any]] = await server.workspace_symbols(query(request, "query"))
    return JSONResponse(found)


routes: list[BaseRoute] = [
    Route("/lsp/start", start, methods=["POST"]),
    Route("/lsp/stop", stop, methods=["POST"]),
    Route("/lsp/did-open", did_open, methods=["POST"]),
    Route("/lsp/did-close", did_close, methods=["POST"]),
    Route("/lsp/completions", completions, methods=["POST"]),
    Route("/lsp/document-symbols", document_symbols, methods=["GET"]),
    Route("/lsp/workspacesymbols", workspace_symbols, methods=["GET"]),
]
