"""Sessions: one long-living shell each; its folder, variables and functions last from command to command."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import secrets
import shutil
import signal
import tempfile
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path

from daytona_local.errors import ConflictError, GoneError, InvalidError, NotFoundError
from daytona_local.runtime import Agent, AgentError, NotRunningError
from daytona_local.toolbox.commands import environment
from daytona_local.toolbox.pipes import PipeReader, PipeWriter
from daytona_local.toolbox.running import Running
from daytona_local.toolbox.session_commands import Command
from daytona_local.toolbox.session_logs import STDERR, CommandLog

ENTRYPOINT = "entrypoint"
SHELL = ("/bin/sh", "-c", "command -v bash >/dev/null && exec bash; exec sh")
KILLED = 128 + signal.SIGKILL
NOT_RUN = 1
MOST_STATUS_BYTES = 1024

_STATUS = re.compile(rb"(\S+) (\d+)")


class Session:
    """Hold a session's shell and its commands.

    The shell reads from one pipe which commands to run, and says on another how each of them ended. It
    runs them one after the other, in the order they came.

    Args:
        session_id: The name that the client gave it.
        agent: The sandbox's.
        logs: The server's folder for what is logged.
    """

    def __init__(self, session_id: str, agent: Agent, logs: Path) -> None:
        self.id = session_id
        self.commands: dict[str, Command] = {}
        self.exit_code: int | None = None
        self._agent = agent
        self._logs = Path(tempfile.mkdtemp(dir=logs))
        self._folder = f"/tmp/.daytona-session-{secrets.token_hex(4)}"  # noqa: S108 - new, and its owner's alone
        self._count = 0
        self._unfinished: deque[Command] = deque()
        self._left: list[str] = []
        self._heard = b""
        self._is_ending = False

    async def start(self, env: Mapping[str, str]) -> None:
        """Start the shell."""
        await self._agent.ask("mkdir", path=self._folder, mode=0o700)
        (stdin, orders), (reports, stdout), (complaints, stderr) = os.pipe(), os.pipe(), os.pipe()
        self._orders = PipeWriter(orders)
        self._reports = PipeReader(reports, self._hear)
        self._complaints = PipeReader(complaints, self._complain)
        try:
            self._shell = await self._agent.spawn(SHELL, env, None, (stdin, stdout, stderr))
        except BaseException:
            self._close_pipes()
            raise
        finally:
            for fd in (stdin, stdout, stderr):
                os.close(fd)
        self._watching = asyncio.create_task(self._watch())

    async def run(self, text: str, *, takes_input: bool = False, echoes: bool = True) -> Command:
        """Have the shell run a command when those before it have ended.

        Args:
            text: What to run.
            takes_input: Whether input can be sent to it; otherwise it finds an empty one.
            echoes: Whether its log shows the input that it is sent.

        Raises:
            GoneError: The shell has ended.
            InvalidError: There is nothing to run.
        """
        if not text.strip():
            raise InvalidError("the command is empty")
        self._must_be_alive()
        await self._tidy()
        self._count += 1
        command = Command(text, f"{self._folder}/{self._count}", self._logs, echoes=echoes)
        try:
            await command.prepare(self._agent, takes_input=takes_input)
            self._must_be_alive()
        except BaseException:
            command.close()
            raise
        self.commands[command.id] = command
        self._unfinished.append(command)
        self._orders.write(command.line.encode())
        return command

    def command(self, command_id: str) -> Command:
        """Return a command, or raise NotFoundError."""
        try:
            return self.commands[command_id]
        except KeyError:
            message = f"session {self.id!r} has no command {command_id!r}"
            raise NotFoundError(message, "PROCESS_NOT_FOUND") from None

    def send(self, command_id: str, data: str) -> None:
        """Give a running command a line of input; raises as ``Command.send`` or when the shell has ended."""
        self._must_be_alive()
        self.command(command_id).send(data)

    async def end(self) -> None:
        """Kill the shell and what it runs."""
        self._is_ending = True  # it may yet report of children that are killed before it
        with contextlib.suppress(NotRunningError):
            await self._agent.end(self._shell.pid)
        await self._watching
        for command in self.commands.values():
            command.close()
        with contextlib.suppress(NotRunningError, AgentError):
            await self._agent.ask("remove", path=self._folder, recursive=True)
        shutil.rmtree(self._logs)

    def _must_be_alive(self) -> None:
        if self.exit_code is not None:
            message = f"session {self.id!r} has ended: its shell exited with {self.exit_code}; create another"
            raise GoneError(message, "SESSION_ENDED")

    async def _tidy(self) -> None:
        """Remove what finished commands have left inside."""
        left, self._left = self._left, []
        for folder in left:
            with contextlib.suppress(AgentError):
                await self._agent.ask("remove", path=folder, recursive=True)

    def _hear(self, data: bytes) -> None:
        """Take what the shell reports: which command has ended, and how."""
        if self._is_ending:
            return
        *lines, rest = (self._heard + data).split(b"\n")
        self._heard = rest[-MOST_STATUS_BYTES:]
        for line in lines:
            status = _STATUS.fullmatch(line)
            if status and self._unfinished and self._unfinished[0].id.encode() == status[1]:
                self._complaints.drain()
                command = self._unfinished.popleft()
                command.finish(int(status[2]))
                self._left.append(command.folder)

    def _complain(self, data: bytes) -> None:
        """Take what the shell itself says to a command that it can't even begin."""
        if self._unfinished:
            self._unfinished[0].log.append(STDERR, data)

    async def _watch(self) -> None:
        """Wait for the shell's end, which ends the commands that it has or hasn't begun."""
        try:
            code = await self._shell.ended
        except NotRunningError:
            code = KILLED
        self._reports.drain()
        self.exit_code = code
        if self._unfinished:
            self._unfinished.popleft().finish(code)
        for command in self._unfinished:
            command.log.append(STDERR, b"the session ended before this command began\n")
            command.finish(NOT_RUN)
        self._close_pipes()

    def _close_pipes(self) -> None:
        self._orders.close()
        self._reports.close()
        self._complaints.close()


class Sessions:
    """Keep the sessions of a running sandbox, and the one of its entry point, which writes nothing."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._logs = Path(tempfile.mkdtemp(prefix="daytona-sessions-", dir=running.logs))
        self._sessions: dict[str, Session] = {}
        self._creating = asyncio.Lock()
        self.entrypoint = CommandLog(self._logs / ENTRYPOINT)

    def __iter__(self) -> Iterator[Session]:
        return iter(self._sessions.values())

    async def create(self, session_id: str) -> Session:
        """Start a session.

        Raises:
            ConflictError: There is one of that name.
            InvalidError: The name is empty.
        """
        if not session_id:
            raise InvalidError("sessionId is required")
        async with self._creating:
            if session_id == ENTRYPOINT or session_id in self._sessions:
                raise ConflictError(f"session {session_id!r} already exists; choose another sessionId")
            session = Session(session_id, self._running.agent, self._logs)
            await session.start(environment(self._running, {}))
            self._sessions[session_id] = session
        return session

    def get(self, session_id: str) -> Session:
        """Return a session, or raise NotFoundError."""
        try:
            return self._sessions[session_id]
        except KeyError:
            raise NotFoundError(f"there is no session {session_id!r}", "PROCESS_NOT_FOUND") from None

    async def delete(self, session_id: str) -> None:
        """End a session and forget it; raises as ``get``."""
        session = self.get(session_id)
        del self._sessions[session_id]
        await session.end()

    async def close(self) -> None:
        """End all sessions."""
        ending, self._sessions = self._sessions, {}
        await asyncio.gather(*(session.end() for session in ending.values()))
        self.entrypoint.close()
        shutil.rmtree(self._logs)
