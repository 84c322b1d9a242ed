"""A sandbox: its attributes, its life, its settings, the ways into it, and what runs in it."""

from __future__ import annotations

from daytona_httpx._async.access import AsyncSandboxAccess
from daytona_httpx._async.code_interpreter import AsyncCodeInterpreter
from daytona_httpx._async.computer_use import AsyncComputerUse
from daytona_httpx._async.copies import AsyncSandboxCopies
from daytona_httpx._async.filesystem import AsyncFileSystem
from daytona_httpx._async.git import AsyncGit
from daytona_httpx._async.lsp import AsyncLspServer
from daytona_httpx._async.metrics import AsyncSandboxGauges
from daytona_httpx._async.process import AsyncProcess
from daytona_httpx._async.settings import AsyncSandboxSettings
from daytona_httpx._async.signed_urls import AsyncSandboxSignedUrls
from daytona_httpx.answers import object_of
from daytona_httpx.errors import prefixed
from daytona_httpx.language_servers import LspLanguageId


class AsyncSandbox(
    AsyncSandboxCopies,
    AsyncSandboxSettings,
    AsyncSandboxAccess,
    AsyncSandboxSignedUrls,
    AsyncSandboxGauges,
):
    r"""Use one sandbox; get it from a client. Its attributes are those of the last answer.

    What comes from a list lacks ``env``, ``volumes`` and ``build_info`` until ``refresh_data``.

    Example:
        >>> sandbox.state
        <SandboxState.STARTED: 'started'>
        >>> (await sandbox.process.exec("echo hello")).result
        'hello\n'
        >>> (await sandbox.set_labels({**sandbox.labels, "team": "a"}))["team"]
        'a'
    """

    @property
    def fs(self) -> AsyncFileSystem:
        """Return the sandbox's files."""
        return AsyncFileSystem(self._toolbox)

    @property
    def git(self) -> AsyncGit:
        """Return the sandbox's git repositories."""
        return AsyncGit(self._toolbox)

    @property
    def process(self) -> AsyncProcess:
        """Return the sandbox's processes."""
        return AsyncProcess(self._toolbox, self.labels)

    @property
    def code_interpreter(self) -> AsyncCodeInterpreter:
        """Return the sandbox's code interpreter."""
        return AsyncCodeInterpreter(self._toolbox)

    @property
    def computer_use(self) -> AsyncComputerUse:
        """Return the sandbox's desktop."""
        return AsyncComputerUse(self._toolbox)

    def create_lsp_server(self, language_id: LspLanguageId | str, path_to_project: str) -> AsyncLspServer:
        """Return the language server of a project, which its ``start`` starts; nothing is sent yet.

        Args:
            language_id: The language: python, typescript or javascript.
            path_to_project: The project's folder; a relative one is in the working directory.

        Raises:
            DaytonaValidationError: There is no language server for that language.
        """
        with prefixed("Failed to create LSP server: "):
            return AsyncLspServer(language_id, path_to_project, self._toolbox)

    async def get_user_home_dir(self) -> str:
        """Return the absolute path of the user's home folder (get user home dir)."""
        with prefixed("Failed to get user home directory: "):
            return await self._dir("/user-home-dir")

    async def get_user_root_dir(self) -> str:
        """Return the user's home folder; the older name of ``get_user_home_dir``."""
        with prefixed("Failed to get sandbox root directory: "):
            return await self._dir("/user-home-dir")

    async def get_work_dir(self) -> str:
        """Return the absolute path that relative paths start from (get work dir)."""
        with prefixed("Failed to get working directory path: "):
            return await self._dir("/work-dir")

    async def _dir(self, path: str) -> str:
        return str(object_of(await self._toolbox.call("GET", path)).get("dir", ""))
