"""`daytona-local exec`: run a command in a sandbox, its streams apart."""

from __future__ import annotations

import os
import secrets
import shlex
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from daytona_httpx import DaytonaError, Sandbox, SessionExecuteRequest

from daytona_local.cli.connection import connected, started_sandbox
from daytona_local.cli.logs import write_text
from daytona_local.cli.output import CommandError, print_json

Write = Callable[[str], None]


def run(
    data_dir: Path, name: str, command: Sequence[str], *, start: bool, takes_input: bool, as_json: bool
) -> int:
    """Run a command, and return its exit status.

    Args:
        data_dir: The server's data folder.
        name: The sandbox.
        command: The command and its arguments; they reach it as they are.
        start: Whether the sandbox is started if it doesn't run.
        takes_input: Whether what is piped to this process is the command's input.
        as_json: Whether the outcome is printed as JSON when it has ended.

    Raises:
        CommandError: There is no such sandbox, or it doesn't run.
    """
    with connected(data_dir) as server:
        sandbox = started_sandbox(server.daytona, name, start=start)
        with _input(sandbox, takes_input and _is_piped()) as source:
            line = f"{shlex.join(command)} <{source}"
            if not as_json:
                return _run(sandbox, line, partial(write_text, "stdout"), partial(write_text, "stderr"))
            out: list[str] = []
            err: list[str] = []
            status = _run(sandbox, line, out.append, err.append)
    print_json({"exit_code": status, "stdout": "".join(out), "stderr": "".join(err)})
    return status


def _run(sandbox: Sandbox, line: str, on_stdout: Write, on_stderr: Write) -> int:
    """Run a line in a session of its own, which ends with it, be it by Ctrl-C."""
    process, session = sandbox.process, f"exec-{secrets.token_hex(8)}"
    process.create_session(session)
    try:
        begun = process.execute_session_command(session, SessionExecuteRequest(line, run_async=True))
        process.get_session_command_logs_async(session, begun.cmd_id, on_stdout, on_stderr)
        status = process.get_session_command(session, begun.cmd_id).exit_code
    except DaytonaError:
        _must_run(sandbox)
        raise
    finally:
        with suppress(DaytonaError):  # it has ended with its sandbox, or does
            process.delete_session(session)
    if status is None:
        raise CommandError(f'the command in sandbox "{sandbox.name}" was broken off')
    return status


def _must_run(sandbox: Sandbox) -> None:
    """Say so where a sandbox no longer runs: then that is why a command was broken off."""
    sandbox.refresh_data()
    if sandbox.state != "started":
        raise CommandError(f'the command was broken off: sandbox "{sandbox.name}" is {sandbox.state}')


@contextmanager
def _input(sandbox: Sandbox, is_wanted: bool) -> Iterator[str]:
    """Lay what is piped to this process into a file of the sandbox, while a command reads it."""
    if not is_wanted:
        yield os.devnull
        return
    file = f"/tmp/.daytona-exec-{secrets.token_hex(8)}"  # noqa: S108 - new, and in the sandbox
    sandbox.fs.upload_file_stream(sys.stdin.buffer, file)
    try:
        yield file
    finally:
        sandbox.fs.delete_file(file)


def _is_piped() -> bool:
    """Tell whether standard input is a pipe, a socket or a file, and not a terminal or nothing."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError, AttributeError):
        return False  # there is none
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)
