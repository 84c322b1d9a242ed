"""`daytona-local shell`: a terminal in a sandbox, shown in this one."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path

from daytona_httpx import DaytonaError, PtyHandle, PtySize

from daytona_local.cli import terminal
from daytona_local.cli.connection import connected, started_sandbox
from daytona_local.cli.output import CommandError


def run(data_dir: Path, name: str, *, start: bool) -> int:
    """Show a new terminal of a sandbox until its shell ends, and return the shell's exit status.

    Raises:
        CommandError: There is no terminal here, no such sandbox, or it doesn't run.
    """
    with connected(data_dir) as server:
        sandbox = started_sandbox(server.daytona, name, start=start)
        with terminal.raw():
            handle = sandbox.process.create_pty_session(
                f"shell-{secrets.token_hex(8)}",
                envs={"TERM": os.environ.get("TERM", "xterm")},
                pty_size=terminal.size(),
            )
            try:
                _show(handle)
            finally:
                _leave(handle)
    if handle.exit_code is None:
        raise CommandError(f"the shell was broken off: {handle.error or 'the sandbox stopped'}")
    return handle.exit_code


def _show(handle: PtyHandle) -> None:
    """Pass keys there and output back, until the shell ends."""

    def typed(data: bytes) -> None:
        with suppress(DaytonaError):  # the shell has ended; who reads its output says how
            handle.send_input(data)

    def resized(size: PtySize) -> None:
        with suppress(DaytonaError):
            handle.resize(size)

    with terminal.keys(typed, resized):
        for output in handle:
            sys.stdout.buffer.write(output)
            sys.stdout.buffer.flush()


def _leave(handle: PtyHandle) -> None:
    """Close the connection; a shell that still runs ends with it."""
    if handle.is_connected():
        with suppress(DaytonaError):
            handle.kill()
    handle.disconnect()
