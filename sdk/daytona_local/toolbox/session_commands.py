"""One command of a session: its pipes, its log and how it ended."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from pathlib import Path

from daytona_local.errors import GoneError, InvalidError
from daytona_local.records import new_id
from daytona_local.runtime import Agent
from daytona_local.toolbox.pipes import PipeReader, PipeWriter
from daytona_local.toolbox.session_logs import STDERR, STDOUT, CommandLog


class Command:
    """Hold a command.

    Its text is in a file inside the sandbox, and named pipes beside it are its input and output: nothing
    in the text, be it quotes, a here-document or half a sentence, can confuse what the shell is told.

    Args:
        text: What to run.
        folder: The command's own folder inside.
        logs: The folder of the server that its log is kept in.
        echoes: Whether its log shows the input that it is sent.
    """

    def __init__(self, text: str, folder: str, logs: Path, *, echoes: bool = True) -> None:
        self.id = new_id()
        self.text = text
        self.folder = folder
        self.log = CommandLog(logs / self.id)
        self.exit_code: int | None = None
        self.ended = asyncio.Event()
        self._echoes = echoes
        self._input: PipeWriter | None = None
        self._outlets: list[PipeReader] = []
        self._open_outlets = 0

    async def prepare(self, agent: Agent, *, takes_input: bool) -> None:
        """Lay the command's file and its pipes."""
        await agent.ask("mkdir", path=self.folder, mode=0o700)
        fd, _ = await agent.open(f"{self.folder}/command", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "wb") as file:
            file.write(encoded(self.text))
        if takes_input:
            self._input = PipeWriter(await agent.pipe(f"{self.folder}/stdin", os.O_RDWR))
        for name, mark in (("stdout", STDOUT), ("stderr", STDERR)):
            fd = await agent.pipe(f"{self.folder}/{name}", os.O_RDONLY)
            self._open_outlets += 1
            self._outlets.append(PipeReader(fd, partial(self.log.append, mark), self._outlet_ended))

    @property
    def line(self) -> str:
        """Return what the shell is told: to run it, and then to say how it ended."""
        source = "/dev/null" if self._input is None else f"{self.folder}/stdin"
        streams = f"<{source} >{self.folder}/stdout 2>{self.folder}/stderr"
        run = f"{{ command . {self.folder}/command; }} {streams}"
        return f"{run}; command printf '%s %s\\n' {self.id} \"$?\"\n"

    def send(self, data: str) -> None:
        """Give the command a line of input.

        Raises:
            GoneError: It has ended.
            InvalidError: It takes no input.
        """
        if self.exit_code is not None:
            message = f"command {self.id} has already ended with exit code {self.exit_code}"
            raise GoneError(message, "COMMAND_ALREADY_COMPLETED")
        if self._input is None:
            raise InvalidError(f"command {self.id} takes no input; run it with runAsync")
        line = encoded(data if data.endswith("\n") else f"{data}\n")
        self._input.write(line)
        if self._echoes:
            self.log.append(STDOUT, line)

    def finish(self, exit_code: int) -> None:
        """Take note of its end; what it left in the background may still write to its log."""
        for outlet in self._outlets:
            outlet.drain()
        self.exit_code = exit_code
        if self._input is not None:
            self._input.close()
        self.log.end()
        self.ended.set()
        self._close_log()

    def close(self) -> None:
        """Let go of all pipes."""
        for outlet in self._outlets:
            outlet.close()
        if self._input is not None:
            self._input.close()
        self.log.close()

    def _outlet_ended(self) -> None:
        self._open_outlets -= 1
        self._close_log()

    def _close_log(self) -> None:
        if self.exit_code is not None and not self._open_outlets:
            self.log.close()


def encoded(text: str) -> bytes:
    """Return a text's bytes.

    Raises:
        InvalidError: No shell can take it.
    """
    try:
        data = text.encode()
    except UnicodeEncodeError:
        raise InvalidError("the text is not valid Unicode; send it without lone surrogates") from None
    if b"\0" in data:
        raise InvalidError("the text has a zero character, which a shell can't take; send it without")
    return data
