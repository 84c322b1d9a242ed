"""Run a command inside a sandbox, and take its output and its errors as one text."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from daytona_local.errors import TimeExceededError
from daytona_local.runtime.agent import Process
from daytona_local.toolbox.command_output import Leftovers, Output
from daytona_local.toolbox.running import Running

MOST_BYTES = 64 * 1024 * 1024
GRACE_S = 0.3
"""How long the output of an ended command is read on, when something that it left behind holds the pipe."""

TIMED_OUT = "PROCESS_EXECUTION_TIMEOUT"


@dataclass(frozen=True)
class Outcome:
    """Hold how a command ended, and what it wrote to both of its streams, in that order."""

    exit_code: int
    output: bytes

    @property
    def text(self) -> str:
        """Return the output as a text."""
        return self.output.decode(errors="replace")


def environment(running: Running, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a process that the toolbox starts, beside what its record says.

    Args:
        running: The sandbox: what was set since its start counts, what was taken away doesn't.
        more: Variables of this process only.
    """
    kept = {name: value for name, value in running.env.items() if name not in running.unset}
    return {**kept, **(more or {})}


async def run_command(
    running: Running,
    argv: Sequence[str],
    env: Mapping[str, str] | None = None,
    cwd: str | None = None,
    timeout_s: float | None = None,
    given: bytes = b"",
) -> Outcome:
    """Run a command to its end; one that takes too long is killed with all that it started.

    Args:
        running: The sandbox.
        argv: The program and its arguments; no shell looks at them.
        env: Variables of this command only.
        cwd: The folder to start in; the home by default.
        timeout_s: When to kill it; never by default.
        given: What it reads on its standard input.

    Raises:
        AgentError: It can't be started.
        TimeExceededError: It took longer, and was killed.
    """
    ours, theirs = os.pipe()
    output, end = Output(ours, MOST_BYTES), os.fdopen(theirs, "wb", 0)
    try:
        async with started(running, argv, (end, end), env, cwd, given) as process:
            code = await _ended(process, timeout_s)
        await output.wait(GRACE_S)
    except BaseException:
        output.close()
        raise
    running.service(Leftovers).keep(output)
    return Outcome(code, output.take_all())


@contextlib.asynccontextmanager
async def started(
    running: Running,
    argv: Sequence[str],
    outputs: tuple[BinaryIO, BinaryIO],
    env: Mapping[str, str] | None,
    cwd: str | None,
    given: bytes,
) -> AsyncIterator[Process]:
    """Start a program; when the block ends before it, it is killed with all that it started.

    Args:
        running: The sandbox.
        argv: The program and its arguments.
        outputs: Where it writes its output and its errors; they are closed on this side.
        env: Variables of this program only.
        cwd: The folder to start in; the home by default.
        given: What it reads on its standard input.

    Raises:
        AgentError: It can't be started.
    """
    with memory(given) as stdin, outputs[0] as stdout, outputs[1] as stderr:
        ends = (stdin.fileno(), stdout.fileno(), stderr.fileno())
        process = await running.agent.spawn(argv, environment(running, env), cwd, ends)
    try:
        yield process
    finally:
        if not process.ended.done():
            await running.agent.end(process.pid)


@contextlib.asynccontextmanager
async def output_pipe() -> AsyncIterator[tuple[asyncio.StreamReader, BinaryIO]]:
    """Open a pipe: a reader for us, and the end to hand to the process, to be closed once it has it."""
    ours, theirs = os.pipe()
    reader = asyncio.StreamReader()
    with os.fdopen(theirs, "wb", 0) as end:
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(ours, "rb", 0)
        )
        try:
            yield reader, end
        finally:
            transport.close()


async def _ended(process: Process, timeout_s: float | None) -> int:
    try:
        async with asyncio.timeout(timeout_s):
            return await asyncio.shield(process.ended)
    except TimeoutError:
        raise TimeExceededError(f"the command took longer than {timeout_s:g} s", TIMED_OUT) from None


def memory(data: bytes) -> BinaryIO:
    """Return a memory file that is about to be read from its start."""
    file = os.fdopen(os.memfd_create("input"), "wb+", 0)
    file.write(data)
    file.seek(0)
    return file


async def find_program(running: Running, *names: str) -> str | None:
    """Return where the first of some programs is in a sandbox, None when it has none of them."""
    return next(iter((await find_programs(running, names)).values()), None)


async def find_programs(running: Running, names: Sequence[str], places: Sequence[str] = ()) -> dict[str, str]:
    """Return where programs are, of those that a sandbox has.

    Args:
        running: The sandbox.
        names: The programs.
        places: Folders to look in first.
    """
    path = environment(running).get("PATH")
    found = await running.agent.ask("which", names=names, places=places, path=path)
    return dict(found["paths"])
