"""Run scripts in sessions of a sandbox.

A session outlives the request that started it, so a lost answer or a killed provider loses nothing: who comes
again finds the command under its name, running or ended.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from daytona_httpx import (
    AsyncSandbox,
    Command,
    DaytonaConflictError,
    DaytonaError,
    DaytonaNotFoundError,
    SessionExecuteRequest,
)

from pulumi_daytona.core.claim import ANSWER_LOST
from pulumi_daytona.core.inside.scripts import LaidScript, Script
from pulumi_daytona.core.operation import pauses

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ended:
    """Hold how a script ended; one line break at the end of each output is left out."""

    stdout: str
    stderr: str
    exit_code: int


class Running:
    """Run one script in a session of its own.

    Args:
        sandbox: The sandbox, started.
        session_id: The session's id, unique in the sandbox.
        script: The script.
    """

    def __init__(self, sandbox: AsyncSandbox, session_id: str, script: Script) -> None:
        self._sandbox = sandbox
        self._process = sandbox.process
        self._id = session_id
        self._script = script
        self._laid = LaidScript(sandbox, session_id, script)

    async def __aenter__(self) -> Running:
        """Return it, not started yet."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """End it, however that which was done meanwhile went."""
        try:
            await self.end()
        except DaytonaError as error:
            logger.warning("session %s in sandbox %s is left over: %s", self._id, self._sandbox.id, error)

    async def begin(self) -> Command:
        """Start the script, unless it was started already, and return its command."""
        found = await self.found()
        if found is not None:
            return found
        await self._laid.lay()
        try:
            await self._process.create_session(self._id)
        except DaytonaConflictError:
            await self._end_other()
        request = SessionExecuteRequest(self._laid.line, run_async=True)
        try:
            answer = await self._process.execute_session_command(self._id, request)
            return Command(id=answer.cmd_id, command=self._laid.line)
        except ANSWER_LOST:
            found = await self.found()
            if found is None:
                raise
            return found

    async def found(self) -> Command | None:
        """Return the script's command, if it was started."""
        there = await commands(self._sandbox, self._id)
        return next((command for command in reversed(there) if command.command == self._laid.line), None)

    async def ended(self, command: Command) -> Ended:
        """Return how the script ended, when it has; the caller limits the time."""
        exit_code = command.exit_code
        async for _ in pauses():
            if exit_code is not None:
                break
            exit_code = (await self._process.get_session_command(self._id, command.id)).exit_code
        logs = await self._process.get_session_command_logs(self._id, command.id)
        return Ended(_trimmed(logs.stdout), _trimmed(logs.stderr), exit_code or 0)

    async def must_run(self, command: Command) -> None:
        """Refuse a script that has ended.

        Raises:
            DaytonaError: It has; the end of what it wrote is shown.
        """
        exit_code = (await self._process.get_session_command(self._id, command.id)).exit_code
        if exit_code is not None:
            raise DaytonaError(f"it ended with {exit_code} and was never ready: {await self.tail(command)}")

    async def tail(self, command: Command) -> str:
        """Return the end of what the script has written, as one line without secrets."""
        logs = await self._process.get_session_command_logs(self._id, command.id)
        return self._script.tail(logs.stdout, logs.stderr)

    async def end(self) -> None:
        """End the session and what runs in it, and remove the script."""
        await end_session(self._sandbox, self._id)
        await self._laid.clear()

    async def _end_other(self) -> None:
        """Take the place of what an earlier, different script left behind."""
        await end_session(self._sandbox, self._id)
        await self._process.create_session(self._id)


async def commands(sandbox: AsyncSandbox, session_id: str) -> Sequence[Command]:
    """Return the commands of a session, the oldest first; none when there is no such session."""
    try:
        return (await sandbox.process.get_session(session_id)).commands
    except DaytonaNotFoundError:
        return ()


async def end_session(sandbox: AsyncSandbox, session_id: str) -> None:
    """End a session; one that is gone already is a success."""
    try:
        await sandbox.process.delete_session(session_id)
    except DaytonaNotFoundError:
        return


def _trimmed(text: str) -> str:
    return text.removesuffix("\n")
