"""Start a sandbox's agent, and keep hold of it until it ends."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from daytona_local.runtime.agent import Agent, NotRunningError
from daytona_local.runtime.base import RuntimeFailedError
from daytona_local.runtime.ends import ended
from daytona_local.runtime.freezing import freeze, thaw

READY_S = 20.0
END_S = 5.0
MOST_STARTING = 16
"""How many start at once: of a crowd that starts together, none would be ready in time."""

MOST_SAID = 65536


@dataclass(frozen=True)
class Command:
    """Say what to run.

    Args:
        argv: The program and its arguments, ``{agent}`` standing for the agent's descriptor and
            ``{options}`` for that of the options.
        env: Its whole environment.
        options: More arguments, that no process list may show.
        fds: Descriptors that it gets under the same numbers.
    """

    argv: Sequence[str]
    env: Mapping[str, str]
    options: Sequence[str] = ()
    fds: Sequence[int] = ()


@dataclass(frozen=True)
class Places:
    """Say where processes of a sandbox begin, as they see it.

    Args:
        home: The user's home.
        workdir: The folder that they start in, and that relative paths are counted from.
    """

    home: str
    workdir: str


def agent_words(python: str, folder: str, places: Places, mark: str) -> list[str]:
    """Return the words that run the agent.

    Args:
        python: The interpreter.
        folder: Where the folder of its program is, as the agent sees it.
        places: Where processes begin; folders that it makes where they are missing.
        mark: A word that tells whose it is.
    """
    code = f"import sys; sys.path.append({folder!r}); from agent_program.program import main; main()"
    return [python, "-I", "-S", "-c", code, mark, "{agent}", places.home, places.workdir]


def _checked(command: Command) -> bytes:
    """Return the options, each ended by a zero byte.

    Raises:
        RuntimeFailedError: One holds such a byte, and would be read as several: as one that mounts the host,
            say. Or it holds what is no text.
    """
    words = (*command.env, *command.env.values(), *command.options)
    try:
        packed = [word.encode() + b"\0" for word in words]
    except UnicodeEncodeError:
        raise RuntimeFailedError("an environment variable, user or path is no text; correct it") from None
    if any("\0" in word for word in words):
        raise RuntimeFailedError("an environment variable, user or path has a zero byte in it; remove it")
    return b"".join(packed[2 * len(command.env) :])


def _file_of(options: bytes) -> BinaryIO:
    """Return a memory file that holds these bytes."""
    file = os.fdopen(os.memfd_create("options"), "wb+")
    file.write(options)
    file.seek(0)
    return file


@dataclass
class Booted:
    """Hold a running sandbox."""

    agent: Agent
    process: subprocess.Popen[bytes]
    stopped: list[int] | None = None
    """The processes that stand still while it is paused."""


class Boots:
    """Start and end the agents of sandboxes."""

    def __init__(self) -> None:
        self._booted: dict[str, Booted] = {}
        self._turns = asyncio.Semaphore(MOST_STARTING)

    def agent(self, sandbox_id: str) -> Agent:
        """Return the agent of a running sandbox, or raise NotRunningError."""
        booted = self._booted.get(sandbox_id)
        if booted is None or booted.agent.closed.done():
            raise NotRunningError(f"sandbox {sandbox_id} is not running")
        return booted.agent

    async def start(self, sandbox_id: str, command: Command, places: Places) -> Agent:
        """Run the agent, and return it when it answers; who is cancelled meanwhile leaves nothing running.

        Raises:
            RuntimeFailedError: It ended, said nothing in time, or can't be told what it should.
        """
        async with self._turns:
            starting = asyncio.ensure_future(self._start(sandbox_id, command, places))
            try:
                return await asyncio.shield(starting)
            except asyncio.CancelledError:
                await asyncio.wait({starting})
                await self.stop(sandbox_id)
                raise

    async def _start(self, sandbox_id: str, command: Command, places: Places) -> Agent:
        checked = _checked(command)
        await self.stop(sandbox_id)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, _file_of(checked) as options:
            fds = {"{agent}": str(theirs.fileno()), "{options}": str(options.fileno())}
            process = subprocess.Popen(  # noqa: ASYNC220, S603 - our own words; it is waited for below
                [fds.get(word, word) for word in command.argv],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                pass_fds=(theirs.fileno(), options.fileno(), *command.fds),
                env=command.env,
                cwd="/",
                start_new_session=True,
            )
        booted = Booted(Agent(ours, places.home, places.workdir), process)
        self._booted[sandbox_id] = booted
        try:
            await asyncio.wait_for(asyncio.shield(booted.agent.ready), READY_S)
        except (NotRunningError, TimeoutError):
            reason = await self._last_words(booted)
            await self.stop(sandbox_id)
            raise RuntimeFailedError(f"the sandbox did not start: {reason}") from None
        return booted.agent

    async def stop(self, sandbox_id: str) -> None:
        """End a sandbox and all that it runs; who is cancelled meanwhile waits for that too."""
        booted = self._booted.pop(sandbox_id, None)
        if booted is None:
            return
        ending = asyncio.ensure_future(_end(booted))
        try:
            await asyncio.shield(ending)
        except asyncio.CancelledError:
            await asyncio.wait({ending})
            raise

    async def pause(self, sandbox_id: str) -> None:
        """Stop the processes of a sandbox where they stand, or raise NotRunningError."""
        self.agent(sandbox_id)
        booted = self._booted[sandbox_id]
        booted.stopped = await asyncio.to_thread(freeze, booted.process.pid)

    async def resume(self, sandbox_id: str) -> None:
        """Let the processes of a paused sandbox go on, or raise NotRunningError."""
        self.agent(sandbox_id)
        booted = self._booted[sandbox_id]
        stopped, booted.stopped = booted.stopped, None
        await asyncio.to_thread(thaw, stopped or [])

    @contextlib.asynccontextmanager
    async def held(self, sandbox_id: str) -> AsyncIterator[None]:
        """Let nothing run in a sandbox meanwhile, so that its files stand still."""
        booted = self._booted.get(sandbox_id)
        if booted is None or booted.agent.closed.done() or booted.stopped is not None:
            yield
            return
        await self.pause(sandbox_id)
        try:
            yield
        finally:
            with contextlib.suppress(NotRunningError):
                await self.resume(sandbox_id)

    async def close(self) -> None:
        """End every sandbox."""
        await asyncio.gather(*(self.stop(sandbox_id) for sandbox_id in list(self._booted)))

    @staticmethod
    async def _last_words(booted: Booted) -> str:
        assert booted.process.stderr is not None
        try:
            await asyncio.wait_for(ended(booted.process), 1.0)
        except TimeoutError:
            return f"no answer within {READY_S:g} s"
        said = os.read(booted.process.stderr.fileno(), MOST_SAID)
        return (said.decode(errors="replace").strip().splitlines() or ["it ended without a word"])[-1]


async def _end(booted: Booted) -> None:
    booted.agent.close()
    if booted.stopped is not None:  # what stands still would not see that it is to end
        await asyncio.to_thread(thaw, booted.stopped)
    try:
        await asyncio.wait_for(ended(booted.process), END_S)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(booted.process.pid, signal.SIGKILL)
        await ended(booted.process)
    assert booted.process.stderr is not None
    booted.process.stderr.close()
