"""Pipes to and from processes: nothing lost, nobody blocked, nothing left open."""

from __future__ import annotations

import asyncio
import os

import pytest
from daytona_local.errors import ThrottledError
from daytona_local.toolbox import pipes
from daytona_local.toolbox.commands import run_command
from daytona_local.toolbox.interpreter import Interpreters
from daytona_local.toolbox.pipes import PipeReader, PipeWriter
from daytona_local.toolbox.pty import Terminals, TerminalSpec
from daytona_local.toolbox.running import Running
from daytona_local.toolbox.sessions import Sessions


@pytest.fixture
def pipe() -> tuple[int, int]:
    """Return the two ends of a pipe, which the readers and writers close."""
    return os.pipe()


async def until(said: list[bytes], count: int) -> bytes:
    """Return what was said when it is this long."""
    async with asyncio.timeout(20):
        while len(b"".join(said)) < count:  # noqa: ASYNC110 - it comes through a pipe
            await asyncio.sleep(0.001)
    return b"".join(said)


async def test_more_than_a_pipe_holds_arrives_whole_without_blocking(pipe: tuple[int, int]) -> None:
    data = bytes(range(256)) * 8192
    said: list[bytes] = []
    writer = PipeWriter(pipe[1])
    writer.write(data)
    reader = PipeReader(pipe[0], said.append)

    assert data == await until(said, len(data))
    writer.close()
    reader.close()


async def test_input_that_nobody_reads_is_refused_when_it_becomes_too_much(
    pipe: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipes, "MOST_WAITING_BYTES", 100_000)
    writer = PipeWriter(pipe[1])
    writer.write(b"x" * 100_000)

    with pytest.raises(ThrottledError, match="has not read its earlier input"):
        writer.write(b"x" * 100_000)
    writer.close()
    os.close(pipe[0])


async def test_writing_where_nobody_reads_any_more_goes_nowhere(pipe: tuple[int, int]) -> None:
    os.close(pipe[0])
    writer = PipeWriter(pipe[1])
    writer.write(b"lost")
    for _ in range(10):
        writer.write(b"x" * 1_000_000)

    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(pipe[1])


async def test_draining_takes_what_is_there_and_a_pause_leaves_it(pipe: tuple[int, int]) -> None:
    said: list[bytes] = []
    reader = PipeReader(pipe[0], said.append)
    reader.pause()
    os.write(pipe[1], b"one")
    await asyncio.sleep(0.01)
    assert [] == said
    reader.drain()
    assert [b"one"] == said
    os.write(pipe[1], b"two")
    reader.resume()

    assert b"onetwo" == await until(said, 6)
    reader.close()
    os.close(pipe[1])


async def test_the_end_of_a_pipe_is_told_once(pipe: tuple[int, int]) -> None:
    ends: list[str] = []
    reader = PipeReader(pipe[0], lambda _: None, lambda: ends.append("end"))
    os.close(pipe[1])
    reader.drain()
    reader.drain()
    reader.close()

    assert ["end"] == ends


async def test_sessions_terminals_and_interpreters_leave_no_descriptor_and_no_file(box: Running) -> None:
    await run_command(box, ["true"])  # with the first program comes what leads the sandbox out
    before = len(os.listdir("/proc/self/fd"))
    for name in ("a", "b"):
        session = await box.service(Sessions).create(name)
        await (await session.run("sleep 1000 & echo 1")).ended.wait()
        await session.run("read x", takes_input=True)
        await box.service(Terminals).create(TerminalSpec(name))
        await box.service(Interpreters).create()
    await box.service(Sessions).delete("a")
    await box.service(Terminals).delete("a")
    await box.close()

    assert before == len(os.listdir("/proc/self/fd"))
    assert [] == [file["name"] for file in (await box.agent.ask("list", path="/tmp", depth=1))["files"]]
