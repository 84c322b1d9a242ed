"""The wire models of the toolbox: commands, sessions and terminals."""

from __future__ import annotations

from pydantic import Field

from daytona_httpx.charts import AnyChart
from daytona_httpx.models.base import WireModel
from daytona_httpx.models.listed import Listed


class ExecutionArtifacts(WireModel):
    r"""Hold what a run left besides its exit code.

    Example:
        >>> sandbox.process.code_run("print(6 * 7)").artifacts.stdout
        '42\n'
    """

    stdout: str = ""
    charts: list[AnyChart] | None = None


class ExecuteResponse(WireModel):
    r"""Hold how a command ended.

    Attributes:
        exit_code: Its exit code.
        result: All its output.
        stdout: Its output without the errors, from servers that tell them apart.
        stderr: Its errors, from servers that tell them apart.
        artifacts: The output once more, and the charts that code drew.

    Example:
        >>> answer = sandbox.process.exec("echo out; exit 3")
        >>> answer.exit_code, answer.result
        (3, 'out\n')
    """

    exit_code: int = 0
    result: str = ""
    stdout: str | None = None
    stderr: str | None = None
    artifacts: ExecutionArtifacts | None = None


class Command(WireModel):
    """Hold a command of a session; it has no exit code while it runs.

    Example:
        >>> sandbox.process.create_session("commands")
        >>> request = SessionExecuteRequest(command="true")
        >>> done = sandbox.process.execute_session_command("commands", request)
        >>> sandbox.process.get_session_command("commands", done.cmd_id).exit_code
        0
        >>> sandbox.process.delete_session("commands")
    """

    id: str
    command: str
    exit_code: int | None = None


class Session(WireModel):
    """Hold a session and its commands, the oldest first.

    Example:
        >>> sandbox.process.create_session("kept")
        >>> sandbox.process.get_session("kept").commands
        []
        >>> sandbox.process.delete_session("kept")
    """

    session_id: str
    commands: Listed[Command]


class SessionExecuteResponse(WireModel):
    r"""Hold a command's id, and how it ended, unless it runs in the background.

    Attributes:
        cmd_id: Its id, for its logs and its input.
        output: All its output.
        stdout: Its output without the errors.
        stderr: Its errors.
        exit_code: Its exit code.

    Example:
        >>> sandbox.process.create_session("answered")
        >>> request = SessionExecuteRequest(command="echo out")
        >>> done = sandbox.process.execute_session_command("answered", request)
        >>> done.exit_code, done.stdout
        (0, 'out\n')
        >>> sandbox.process.delete_session("answered")
    """

    cmd_id: str
    output: str | None = None
    stdout: str = ""
    stderr: str = ""
    exit_code: int | None = None


class SessionCommandLogsResponse(WireModel):
    r"""Hold what a command has written so far: all of it, and output and errors apart.

    Example:
        >>> sandbox.process.create_session("logged")
        >>> request = SessionExecuteRequest(command="echo out; echo err >&2")
        >>> done = sandbox.process.execute_session_command("logged", request)
        >>> logs = sandbox.process.get_session_command_logs("logged", done.cmd_id)
        >>> logs.stdout, logs.stderr
        ('out\n', 'err\n')
        >>> sandbox.process.delete_session("logged")
    """

    output: str = ""
    stdout: str = ""
    stderr: str = ""


class PtySessionInfo(WireModel):
    """Hold what is known of a terminal; its size in characters.

    Example:
        >>> terminal = sandbox.process.create_pty_session("known")
        >>> info = sandbox.process.get_pty_session_info("known")
        >>> info.rows, info.cols, info.active
        (24, 80, True)
        >>> terminal.kill()
    """

    id: str
    active: bool
    cols: int
    rows: int
    cwd: str = ""
    envs: dict[str, str] | None = Field(default=None, repr=False)
    created_at: str = ""
    lazy_start: bool = False


class PtyListResponse(WireModel):
    """Hold the terminals of a sandbox."""

    sessions: Listed[PtySessionInfo]
