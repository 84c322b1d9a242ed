"""The process of an interpreter's context: how it is started, given code, interrupted and ended."""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import json
import os
import signal
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from daytona_local.errors import UnprocessableError
from daytona_local.runtime import Agent, NotRunningError
from daytona_local.toolbox import interpreter_program
from daytona_local.toolbox.pipes import PipeReader, PipeWriter

CHOOSE = 'command -v python3 >/dev/null && exec python3 "$@"; exec python "$@"'
PROGRAM = ("/bin/sh", "-c", CHOOSE, "sh", "-c", Path(interpreter_program.__file__).read_text())
START_S = 20.0
YIELD_S = 2.0
"""How long interrupted code may take to end before its process is killed."""

MOST_REPORT_BYTES = 16 * 1024 * 1024

Error = Mapping[str, str]
Say = Callable[[str, str], None]
"""Gets ``stdout`` or ``stderr``, and a text."""


@dataclass(frozen=True)
class Outcome:
    """Say how a piece of code ended.

    Args:
        error: Its name, value and traceback, where it ended with one.
        timed_out: Whether it took too long, and was interrupted.
        lost: Whether the process ended with it.
    """

    error: Error | None = None
    timed_out: bool = False
    lost: bool = False


class Worker:
    """Hold the process; it runs one piece of code at a time.

    Args:
        agent: The sandbox's.
    """

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self._heard = b""
        self._say: Say = _nobody_listens
        self._report: asyncio.Future[Error | None] = asyncio.get_running_loop().create_future()

    @property
    def alive(self) -> bool:
        """Tell whether it can run code."""
        return not self._process.ended.done()

    async def start(self, env: Mapping[str, str], cwd: str | None) -> None:
        """Start the process.

        Raises:
            AgentError: It can't be started: the folder isn't there, say.
            UnprocessableError: There is no Python in the sandbox.
        """
        ours, theirs = socket.socketpair()
        (stdout, stdout_end), (stderr, stderr_end) = os.pipe(), os.pipe()
        self._orders = PipeWriter(os.dup(ours.fileno()))
        self._reports = PipeReader(ours.detach(), self._hear)
        self._outlets = [
            PipeReader(fd, partial(self._read, name, codecs.getincrementaldecoder("utf-8")("replace")))
            for name, fd in (("stdout", stdout), ("stderr", stderr))
        ]
        try:
            self._process = await self._agent.spawn(
                PROGRAM, env, cwd, (theirs.fileno(), stdout_end, stderr_end)
            )
        except BaseException:
            self._close()
            raise
        finally:
            theirs.close()
            os.close(stdout_end)
            os.close(stderr_end)
        if not await self._settled(START_S) or not self.alive:
            await self.end()
            raise UnprocessableError("the interpreter did not start; the sandbox needs python3 in its PATH")

    async def run(
        self, code: str, envs: Mapping[str, str | None], timeout_s: float | None, say: Say
    ) -> Outcome:
        """Run some code.

        Args:
            code: Python.
            envs: Environment variables while it runs; None takes one away.
            timeout_s: When to interrupt it; never by default.
            say: Gets what it writes.
        """
        self._report = asyncio.get_running_loop().create_future()
        self._say = say
        self._orders.write(json.dumps({"code": code, "envs": dict(envs)}).encode() + b"\n")
        try:
            timed_out = not await self._settled(timeout_s)
            if timed_out:
                await self._interrupt()
        finally:
            self._say = _nobody_listens
        reported = self._report.done()
        return Outcome(self._report.result() if reported else None, timed_out, lost=not reported)

    def pause(self) -> None:
        """Let the code wait with what it writes."""
        for outlet in self._outlets:
            outlet.pause()

    def resume(self) -> None:
        """Go on taking what the code writes."""
        for outlet in self._outlets:
            outlet.resume()

    async def end(self) -> None:
        """Kill the process and what it has started."""
        with contextlib.suppress(NotRunningError):
            await self._agent.end(self._process.pid)
            await self._process.ended
        self._close()

    async def _interrupt(self) -> None:
        with contextlib.suppress(NotRunningError):
            await self._agent.kill(self._process.pid, signal.SIGINT)
            if not await self._settled(YIELD_S):
                await self._agent.end(self._process.pid)
                await self._process.ended
        self._take_all()

    async def _settled(self, timeout_s: float | None) -> bool:
        """Wait for a report or the end; tell whether it came in time."""
        waiting: list[asyncio.Future[Any]] = [self._report, self._process.ended]
        done, _ = await asyncio.wait(waiting, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
        self._take_all()
        return bool(done)

    def _take_all(self) -> None:
        for outlet in self._outlets:
            outlet.drain()

    def _hear(self, data: bytes) -> None:
        *lines, self._heard = (self._heard + data).split(b"\n")
        for line in lines:
            if not self._report.done():
                self._report.set_result(_error_of(line))
        if len(self._heard) > MOST_REPORT_BYTES:
            self._reports.close()

    def _read(self, name: str, decoder: codecs.IncrementalDecoder, data: bytes) -> None:
        if text := decoder.decode(data):
            self._say(name, text)

    def _close(self) -> None:
        self._orders.close()
        self._reports.close()
        for outlet in self._outlets:
            outlet.close()


def _nobody_listens(_name: str, _text: str) -> None:
    """Drop what is written while no code runs."""


def _error_of(line: bytes) -> Error | None:
    """Return the error that a report tells of; what runs inside is not trusted to tell it well."""
    try:
        report = json.loads(line)
    except ValueError:
        return None
    error = report.get("error") if isinstance(report, dict) else None
    if not isinstance(error, dict):
        return None
    return {name: str(error.get(name, "")) for name in ("name", "value", "traceback")}
