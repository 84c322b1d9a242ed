"""The language servers of a sandbox: one per language and project."""

from __future__ import annotations

import asyncio
import errno
import posixpath

from daytona_local.errors import InvalidError
from daytona_local.runtime import AgentError
from daytona_local.toolbox.commands import find_programs
from daytona_local.toolbox.lsp_rpc import NOT_STARTED
from daytona_local.toolbox.lsp_server import LanguageServer
from daytona_local.toolbox.running import Running

_PYTHON = {"pylsp": [], "basedpyright-langserver": ["--stdio"], "pyright-langserver": ["--stdio"]}
_TYPESCRIPT = {"typescript-language-server": ["--stdio"]}
PROGRAMS: dict[str, dict[str, list[str]]] = {
    "python": _PYTHON,
    "typescript": _TYPESCRIPT,
    "javascript": _TYPESCRIPT,
}
"""The language servers for each language, the first choice first, and their arguments."""

_INSTALL = {
    "python": "python-lsp-server or pyright",
    "typescript": "typescript and typescript-language-server",
    "javascript": "typescript and typescript-language-server",
}


class LanguageServers:
    """Keep the language servers of a running sandbox."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._servers: dict[tuple[str, str], LanguageServer] = {}
        self._starting = asyncio.Lock()

    async def start(self, language: str, project: str) -> None:
        """Start one; nothing happens when it runs already.

        Args:
            language: python, typescript or javascript.
            project: The project's folder; a relative path starts from the home.

        Raises:
            InvalidError: There is none for this language, or it can't be started.
        """
        key = self._key(language, project)
        async with self._starting:
            known = self._servers.get(key)
            if known is not None and not known.ended:
                return
            if known is not None:
                await known.end()
            server = self._servers[key] = LanguageServer(self._running, *key)
            try:
                await server.start(await self._find(*key))
            except BaseException:
                del self._servers[key]
                await server.end()
                raise

    async def stop(self, language: str, project: str) -> None:
        """Stop one.

        Raises:
            InvalidError: It isn't started.
        """
        server = self.get(language, project)
        del self._servers[self._key(language, project)]
        await server.stop()

    def get(self, language: str, project: str) -> LanguageServer:
        """Return one that runs.

        Raises:
            InvalidError: It isn't started, or has ended.
        """
        server = self._servers.get(self._key(language, project))
        if server is None or server.ended:
            raise InvalidError(
                f"no {language} language server runs for {project}; start it first", NOT_STARTED
            )
        return server

    async def close(self) -> None:
        """End them all."""
        servers, self._servers = self._servers, {}
        await asyncio.gather(*(server.end() for server in servers.values()))

    def _key(self, language: str, project: str) -> tuple[str, str]:
        if language not in PROGRAMS:
            raise InvalidError(f"{language!r} is no language here; use {', '.join(PROGRAMS)}")
        folder = posixpath.join(self._running.agent.workdir, project)
        return language, posixpath.normpath(folder)

    async def _find(self, language: str, project: str) -> list[str]:
        """Return the command of a language server that the sandbox or the project has."""
        folders = (
            f"{project}/node_modules/.bin",
            f"{project}/.venv/bin",
            f"{self._running.agent.home}/.local/bin",
        )
        try:
            await self._running.agent.ask("stat", path=f"{project}/.")
        except AgentError as error:
            if error.errno not in (errno.ENOENT, errno.ENOTDIR):
                raise
            raise InvalidError(
                f"start the {language} language server: there is no folder {project}"
            ) from error
        found = await find_programs(self._running, tuple(PROGRAMS[language]), folders)
        for name, arguments in PROGRAMS[language].items():
            if name in found:
                return [found[name], *arguments]
        raise InvalidError(
            f"start the {language} language server: there is none; install {_INSTALL[language]}"
            " on the server's host, in the sandbox's ~/.local/bin or in the project"
        )
