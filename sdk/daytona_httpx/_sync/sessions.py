# Generated from _async by `make generate`; do not edit.
"""Sessions in a sandbox: shells that keep their state, and run commands in the background."""

from __future__ import annotations

from typing import Any

from daytona_httpx._sync.callbacks import OutputHandler
from daytona_httpx._sync.toolbox import Toolbox
from daytona_httpx.answers import items_of, json_of, object_of
from daytona_httpx.errors import DaytonaNotFoundError, prefixed
from daytona_httpx.log_marks import split
from daytona_httpx.models.base import parse
from daytona_httpx.models.process import (
    Command,
    Session,
    SessionCommandLogsResponse,
    SessionExecuteResponse,
)
from daytona_httpx.sessions import ENTRYPOINT, SessionExecuteRequest, command_path, session_path

ANSWER_S = 5.0
"""How much longer than the command itself its answer may take."""


class Sessions:
    """Run commands in the sessions of one sandbox.

    The ``request_timeout`` of a method is the seconds for its request; 0 is no limit, None the default
    of 90.
    """

    def __init__(self, toolbox: Toolbox) -> None:
        self._toolbox = toolbox

    def create_session(self, session_id: str, request_timeout: float | None = None) -> None:
        """Make a session (create session).

        Raises:
            DaytonaConflictError: There is one of that id.
        """
        with prefixed("Failed to create session: "):
            self._request("POST", "/process/session", request_timeout, json={"sessionId": session_id})

    def get_session(self, session_id: str, request_timeout: float | None = None) -> Session:
        """Return a session and its commands (get session)."""
        with prefixed("Failed to get session: "):
            return parse(Session, self._request("GET", session_path(session_id), request_timeout))

    def get_entrypoint_session(self, request_timeout: float | None = None) -> Session:
        """Return the session that the sandbox's entrypoint runs in (get entrypoint session)."""
        with prefixed("Failed to get sandbox entrypoint session: "):
            return parse(Session, self._request("GET", ENTRYPOINT, request_timeout))

    def list_sessions(self, request_timeout: float | None = None) -> list[Session]:
        """Return the sessions (list sessions)."""
        with prefixed("Failed to list sessions: "):
            found = self._request("GET", "/process/session", request_timeout)
            return [parse(Session, item) for item in items_of(found or [])]

    def delete_session(self, session_id: str, request_timeout: float | None = None) -> None:
        """End a session and what runs in it (delete session)."""
        with prefixed("Failed to delete session: "):
            self._end(session_path(session_id), request_timeout)

    def execute_session_command(
        self, session_id: str, req: SessionExecuteRequest, timeout: int | None = None
    ) -> SessionExecuteResponse:
        """Run a command in a session (session execute command).

        Args:
            session_id: The session.
            req: The command, and whether it runs in the background.
            timeout: Seconds to wait for its end; 0 and None are no limit. The command itself goes on.

        Raises:
            DaytonaTimeoutError: It ran longer than that.
            DaytonaError: It can't be run; that it fails is no error, but an exit code.
        """
        with prefixed("Failed to execute session command: "):
            transport = self._toolbox.transport
            limit = transport.deadline(timeout)
            if timeout:
                limit = transport.deadline(timeout + ANSWER_S)
            path = f"{session_path(session_id)}/exec"
            answer = self._toolbox.call("POST", path, limit, answer_s=None, json=req.body())
            return parse(SessionExecuteResponse, answer)

    def get_session_command(
        self, session_id: str, command_id: str, request_timeout: float | None = None
    ) -> Command:
        """Return a command of a session, with its exit code when it has ended (get session command)."""
        with prefixed("Failed to get session command: "):
            path = command_path(session_id, command_id)
            return parse(Command, self._request("GET", path, request_timeout))

    def send_session_command_input(
        self, session_id: str, command_id: str, data: str, request_timeout: float | None = None
    ) -> None:
        """Write to the input of a command that runs (send input).

        Raises:
            DaytonaCommandAlreadyCompletedError: It has ended.
        """
        with prefixed("Failed to send session command input: "):
            path = f"{command_path(session_id, command_id)}/input"
            self._request("POST", path, request_timeout, json={"data": data})

    def get_session_command_logs(
        self, session_id: str, command_id: str, request_timeout: float | None = None
    ) -> SessionCommandLogsResponse:
        """Return what a command has written so far (get session command logs)."""
        with prefixed("Failed to get session command logs: "):
            return self._logs(f"{command_path(session_id, command_id)}/logs", request_timeout)

    def get_session_command_logs_async(
        self,
        session_id: str,
        command_id: str,
        on_stdout: OutputHandler[str],
        on_stderr: OutputHandler[str],
    ) -> None:
        """Hand over what a command writes, from its start to its end, as it comes (get session command logs).

        Where the connection breaks off, it is made again; nothing is lost and nothing comes twice.

        Args:
            session_id: The session.
            command_id: The command.
            on_stdout: Takes its output.
            on_stderr: Takes its errors.

        Raises:
            DaytonaConnectionError: The connection breaks off again and again; it says after how many bytes.
        """
        with prefixed("Failed to get session command logs: "):
            self._follow(f"{command_path(session_id, command_id)}/logs", on_stdout, on_stderr)

    def get_entrypoint_logs(self, request_timeout: float | None = None) -> SessionCommandLogsResponse:
        """Return what the sandbox's entrypoint has written so far (get entrypoint logs)."""
        with prefixed("Failed to get entrypoint logs: "):
            return self._logs(f"{ENTRYPOINT}/logs", request_timeout)

    def get_entrypoint_logs_async(self, on_stdout: OutputHandler[str], on_stderr: OutputHandler[str]) -> None:
        """Hand over what the entrypoint writes; as ``get_session_command_logs_async``."""
        with prefixed("Failed to get entrypoint logs: "):
            self._follow(f"{ENTRYPOINT}/logs", on_stdout, on_stderr)

    def _request(self, method: str, path: str, request_timeout: float | None, **options: Any) -> Any:
        deadline = self._toolbox.transport.request_deadline(request_timeout)
        return self._toolbox.call(method, path, deadline, **options)

    def _end(self, path: str, request_timeout: float | None) -> None:
        try:
            self._request("DELETE", path, request_timeout)
        except DaytonaNotFoundError as error:
            if error.attempts == 1:  # a repeated one whose first answer was lost has done its work
                raise

    def _logs(self, path: str, request_timeout: float | None) -> SessionCommandLogsResponse:
        """Read a log in either form: as JSON, or with marks."""
        transport = self._toolbox.transport
        deadline = transport.request_deadline(request_timeout)
        response = transport.send("GET", self._toolbox.url(deadline) + path, deadline)
        if "json" in response.headers.get("content-type", ""):
            return parse(SessionCommandLogsResponse, object_of(json_of(response)))
        output, stdout, stderr = split(response.content)
        return SessionCommandLogsResponse(output=output, stdout=stdout, stderr=stderr)

    def _follow(self, path: str, on_stdout: OutputHandler[str], on_stderr: OutputHandler[str]) -> None:
        from daytona_httpx._sync.session_logs import SessionLogs

        SessionLogs(self._toolbox, path, on_stdout, on_stderr).follow()
