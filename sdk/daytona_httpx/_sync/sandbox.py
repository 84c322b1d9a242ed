# Generated from _async by `make generate`; do not edit.
"""A sandbox: its attributes, its life, its settings, the ways into it, and what runs in it."""

from __future__ import annotations

from daytona_httpx._sync.access import SandboxAccess
from daytona_httpx._sync.code_interpreter import CodeInterpreter
from daytona_httpx._sync.computer_use import ComputerUse
from daytona_httpx._sync.copies import SandboxCopies
from daytona_httpx._sync.filesystem import FileSystem
from daytona_httpx._sync.git import Git
from daytona_httpx._sync.lsp import LspServer
from daytona_httpx._sync.metrics import SandboxGauges
from daytona_httpx._sync.process import Process
from daytona_httpx._sync.settings import SandboxSettings
from daytona_httpx._sync.signed_urls import SandboxSignedUrls
from daytona_httpx.answers import object_of
from daytona_httpx.errors import prefixed
from daytona_httpx.language_servers import LspLanguageId


class Sandbox(
    SandboxCopies,
    SandboxSettings,
    SandboxAccess,
    SandboxSignedUrls,
    SandboxGauges,
):
    r"""Use one sandbox; get it from a client. Its attributes are those of the last answer.

    What comes from a list lacks ``env``, ``volumes`` and ``build_info`` until ``refresh_data``.

    Example:
        >>> sandbox.state
        <SandboxState.STARTED: 'started'>
        >>> (sandbox.process.exec("echo hello")).result
        'hello\n'
        >>> (sandbox.set_labels({**sandbox.labels, "team": "a"}))["team"]
        'a'
    """

    @property
    def fs(self) -> FileSystem:
        """Return the sandbox's files."""
        return FileSystem(self._toolbox)

    @property
    def git(self) -> Git:
        """Return the sandbox's git repositories."""
        return Git(self._toolbox)

    @property
    def process(self) -> Process:
        """Return the sandbox's processes."""
        return Process(self._toolbox, self.labels)

    @property
    def code_interpreter(self) -> CodeInterpreter:
        """Return the sandbox's code interpreter."""
        return CodeInterpreter(self._toolbox)

    @property
    def computer_use(self) -> ComputerUse:
        """Return the sandbox's desktop."""
        return ComputerUse(self._toolbox)

    def create_lsp_server(self, language_id: LspLanguageId | str, path_to_project: str) -> LspServer:
        """Return the language server of a project, which its ``start`` starts; nothing is sent yet.

        Args:
            language_id: The language: python, typescript or javascript.
            path_to_project: The project's folder; a relative one is in the working directory.

        Raises:
            DaytonaValidationError: There is no language server for that language.
        """
        with prefixed("Failed to create LSP server: "):
            return LspServer(language_id, path_to_project, self._toolbox)

    def get_user_home_dir(self) -> str:
        """Return the absolute path of the user's home folder (get user home dir)."""
        with prefixed("Failed to get user home directory: "):
            return self._dir("/user-home-dir")

    def get_user_root_dir(self) -> str:
        """Return the user's home folder; the older name of ``get_user_home_dir``."""
        with prefixed("Failed to get sandbox root directory: "):
            return self._dir("/user-home-dir")

    def get_work_dir(self) -> str:
        """Return the absolute path that relative paths start from (get work dir)."""
        with prefixed("Failed to get working directory path: "):
            return self._dir("/work-dir")

    def _dir(self, path: str) -> str:
        return str(object_of(self._toolbox.call("GET", path)).get("dir", ""))
