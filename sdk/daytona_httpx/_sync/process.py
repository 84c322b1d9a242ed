# Generated from _async by `make generate`; do not edit.
"""Run commands and code in a sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from daytona_httpx._sync.sessions import ANSWER_S
from daytona_httpx._sync.terminals import Terminals
from daytona_httpx._sync.toolbox import Toolbox
from daytona_httpx.answers import object_of
from daytona_httpx.errors import prefixed
from daytona_httpx.models.base import parse
from daytona_httpx.models.process import ExecuteResponse, ExecutionArtifacts
from daytona_httpx.params import LANGUAGE_LABEL
from daytona_httpx.transfers import CodeRunParams


class Process(Terminals):
    r"""Run commands and code in one sandbox, alone, in sessions and in terminals.

    Example:
        >>> (sandbox.process.code_run("print(6 * 7)")).result
        '42\n'
    """

    def __init__(self, toolbox: Toolbox, labels: Mapping[str, str]) -> None:
        super().__init__(toolbox)
        self._labels = labels

    def exec(
        self,
        command: str,
        cwd: str | None = None,
        env: dict[str, str] | None = None,
        timeout: int | None = None,
    ) -> ExecuteResponse:
        """Run a command in the sandbox's shell (execute command).

        Args:
            command: The command line.
            cwd: The folder to run it in; the working directory by default.
            env: More environment variables.
            timeout: Seconds that it may run; 0 and None are no limit.

        Raises:
            DaytonaProcessExecutionTimeoutError: It ran longer than that.
            DaytonaError: It can't be run; that it fails is no error, but an exit code.
        """
        with prefixed("Failed to execute command: "):
            return self._run("/process/execute", {"command": command, "cwd": cwd, "envs": env}, timeout)

    def code_run(
        self, code: str, params: CodeRunParams | None = None, timeout: int | None = None
    ) -> ExecuteResponse:
        """Run code in the sandbox's language (code run).

        Args:
            code: The source.
            params: Its arguments and environment variables.
            timeout: Seconds that it may run; 0 and None are no limit.

        Raises:
            DaytonaProcessExecutionTimeoutError: It ran longer than that.
            DaytonaError: It can't be run; that it fails is no error, but an exit code.
        """
        with prefixed("Failed to run code: "):
            given = params or CodeRunParams()
            language = self._labels.get(LANGUAGE_LABEL, "python")
            body = {"code": code, "language": language, "argv": given.argv, "envs": given.env}
            return self._run("/process/code-run", body, timeout)

    def _run(self, path: str, body: dict[str, Any], timeout: float | None) -> ExecuteResponse:
        limit = self._toolbox.transport.deadline(timeout)
        sent = {name: value for name, value in body.items() if value is not None}
        if timeout:
            sent["timeout"] = timeout
            limit = self._toolbox.transport.deadline(timeout + ANSWER_S)
        answer = object_of(self._toolbox.call("POST", path, limit, answer_s=None, json=sent))
        response = parse(ExecuteResponse, answer)
        charts = response.artifacts.charts if response.artifacts else None
        response.artifacts = ExecutionArtifacts(stdout=response.result, charts=charts)
        return response
