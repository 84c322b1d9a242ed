"""Run a program inside a sandbox to its end, and keep what it says on each of its two streams."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from daytona_local.errors import FailedError, TimeExceededError
from daytona_local.runtime.agent import Process
from daytona_local.toolbox.commands import find_programs, output_pipe, started
from daytona_local.toolbox.running import Running

MOST_BYTES = 64 * 1024 * 1024
CHUNK_BYTES = 64 * 1024
LINGER_S = 1.0
"""How long the streams of an ended program are read on, when something that it left behind holds them."""


@dataclass(frozen=True)
class Finished:
    """Hold how a program ended and what it said."""

    exit_code: int
    stdout: bytes
    stderr: bytes


async def run(
    running: Running,
    argv: Sequence[str],
    env: Mapping[str, str] | None = None,
    cwd: str | None = None,
    given: bytes = b"",
    timeout_s: float | None = None,
) -> Finished:
    """Run a program to its end.

    Args:
        running: The sandbox.
        argv: The program and its arguments; no shell looks at them.
        env: Variables of this program only.
        cwd: The folder to start in; the home by default.
        given: What it reads on its standard input.
        timeout_s: When to kill it; never by default.

    Raises:
        AgentError: It can't be started.
        FailedError: It said more than is kept.
        TimeExceededError: It took longer, and was killed.
    """
    async with (
        output_pipe() as (stdout, stdout_end),
        output_pipe() as (stderr, stderr_end),
        started(running, argv, (stdout_end, stderr_end), env, cwd, given) as process,
    ):
        try:
            async with asyncio.timeout(timeout_s):
                return await _finish(process, stdout, stderr)
        except TimeoutError:
            raise TimeExceededError(f"{argv[0]} took longer than {timeout_s:g} s, and was ended") from None


async def find(running: Running, *names: str) -> dict[str, str]:
    """Return where programs are, of those that the sandbox has."""
    return await find_programs(running, names)


async def _finish(process: Process, stdout: asyncio.StreamReader, stderr: asyncio.StreamReader) -> Finished:
    said = (bytearray(), bytearray())
    readers = [asyncio.create_task(_read(*pair)) for pair in zip((stdout, stderr), said, strict=True)]
    waiting: set[asyncio.Future[Any]] = {process.ended, *readers}
    try:
        while not process.ended.done():
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for one in done:
                one.result()
        done, _ = await asyncio.wait(readers, timeout=LINGER_S)
        for one in done:
            one.result()
    finally:
        for reader in readers:
            reader.cancel()
    return Finished(process.ended.result(), bytes(said[0]), bytes(said[1]))


async def _read(stream: asyncio.StreamReader, said: bytearray) -> None:
    while chunk := await stream.read(CHUNK_BYTES):
        said += chunk
        if len(said) > MOST_BYTES:
            raise FailedError(f"the program said more than {MOST_BYTES // 2**20} MiB; ask for less")
