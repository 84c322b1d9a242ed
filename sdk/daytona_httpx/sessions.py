"""What callers hand over, and get back, to run sessions and terminals; and where those are."""

from __future__ import annotations

import base64
import json
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from daytona_httpx.errors import DaytonaValidationError

EXIT_CONTROL = "X-Daytona-Pty-Exit-Control"
"""The websocket subprotocol of clients that want to be told that a terminal has ended."""

ENTRYPOINT = "/process/session/entrypoint"


@dataclass
class SessionExecuteRequest:
    r"""Say which command a session runs.

    Args:
        command: The command line.
        run_async: Whether it runs in the background.
        suppress_input_echo: Whether its input stays out of its log.
        var_async: The older name of ``run_async``.

    Example:
        >>> sandbox.process.create_session("requests")
        >>> request = SessionExecuteRequest(command="cd /tmp && pwd")
        >>> sandbox.process.execute_session_command("requests", request).stdout
        '/tmp\n'
        >>> sandbox.process.delete_session("requests")
    """

    command: str
    run_async: bool | None = None
    suppress_input_echo: bool | None = None
    var_async: bool | None = None

    def __post_init__(self) -> None:
        """Take over what has the older name."""
        if self.var_async is not None:
            warnings.warn("var_async is deprecated; use run_async", DeprecationWarning, stacklevel=3)
            self.run_async = self.run_async or self.var_async

    def body(self) -> dict[str, Any]:
        """Return the body of the request, without what isn't given."""
        named = {
            "command": self.command,
            "runAsync": self.run_async,
            "suppressInputEcho": self.suppress_input_echo,
        }
        return {name: value for name, value in named.items() if value is not None}


@dataclass
class PtySize:
    """Size a terminal: rows and columns of characters, each 1 to 1000.

    Example:
        >>> terminal = sandbox.process.create_pty_session("sized", pty_size=PtySize(rows=40, cols=120))
        >>> sandbox.process.get_pty_session_info("sized").cols
        120
        >>> terminal.kill()
    """

    rows: int
    cols: int


@dataclass
class PtyResult:
    r"""Hold how a terminal ended: its exit code, None when that isn't known, and what went wrong.

    Example:
        >>> terminal = sandbox.process.create_pty_session("ended")
        >>> terminal.send_input("exit\n")
        >>> terminal.wait(lambda output: None)
        PtyResult(exit_code=0, error=None)
    """

    exit_code: int | None = None
    error: str | None = None


DEFAULT_SIZE = PtySize(rows=24, cols=80)


def session_path(session_id: str) -> str:
    """Return the path of a session; raises as ``segment``."""
    return f"/process/session/{segment(session_id, 'session_id')}"


def command_path(session_id: str, command_id: str) -> str:
    """Return the path of a command of a session; raises as ``segment``."""
    return f"{session_path(session_id)}/command/{segment(command_id, 'command_id')}"


def pty_path(session_id: str) -> str:
    """Return the path of a terminal; raises as ``segment``."""
    return f"/process/pty/{segment(session_id, 'session_id')}"


def segment(value: str, name: str) -> str:
    """Return a value as one segment of a path.

    Raises:
        DaytonaValidationError: It would be another path.
    """
    if value in ("", ".", ".."):
        raise DaytonaValidationError(f"{name} must not be {value!r}")
    return quote(value, safe="")


def pty_params(session_id: str, cwd: str | None, size: PtySize) -> dict[str, str]:
    """Return the parameters of the request for a new terminal; raises as ``segment``."""
    segment(session_id, "id")
    params = {"id": session_id, "cols": str(size.cols), "rows": str(size.rows)}
    return {**params, "cwd": cwd} if cwd else params


def pty_subprotocols(envs: Mapping[str, str] | None = None) -> list[str]:
    """Return the subprotocols to offer; they carry the environment, which must not be in a URL."""
    if not envs:
        return [EXIT_CONTROL]
    encoded = base64.urlsafe_b64encode(json.dumps(dict(envs)).encode()).rstrip(b"=")
    return [EXIT_CONTROL, f"X-Daytona-Pty-Envs~{encoded.decode()}"]
