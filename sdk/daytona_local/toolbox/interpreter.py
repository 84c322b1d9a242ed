"""The stateful Python interpreter: contexts whose variables, imports and functions last from run to run."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from daytona_local.errors import InvalidError, NotFoundError, RefusedError
from daytona_local.records import new_id
from daytona_local.runtime import Agent, AgentError, NotRunningError
from daytona_local.toolbox.commands import environment
from daytona_local.toolbox.interpreter_run import Run
from daytona_local.toolbox.interpreter_worker import Outcome, Worker
from daytona_local.toolbox.running import Running

DEFAULT = "default"
PYTHON = "python"
COMPLETED, GONE, FAILED, TIMED_OUT = 1000, 1001, 1011, 4008
"""The codes that the websocket of a run closes with."""


class Context:
    """Hold a namespace of the interpreter; code runs in it one piece after the other.

    Args:
        context_id: Its name.
        cwd: The folder it starts in.
        agent: The sandbox's.
        env: What its environment has more.
    """

    def __init__(self, context_id: str, cwd: str, agent: Agent, env: Mapping[str, str]) -> None:
        self.id = context_id
        self.cwd = cwd
        self.created_at = datetime.now(UTC)
        self._agent = agent
        self._env = env
        self._worker: Worker | None = None
        self._turn = asyncio.Lock()
        self._runs: set[asyncio.Task[None]] = set()
        self._deleted = False

    @property
    def active(self) -> bool:
        """Tell whether its process runs; one that has ended is started anew when there is code to run."""
        return self._worker is not None and self._worker.alive

    async def start(self) -> Worker:
        """Start its process, unless it runs.

        Raises:
            AgentError: The folder isn't there.
            UnprocessableError: There is no Python in the sandbox.
        """
        if self._worker is None or not self._worker.alive:
            if self._worker is not None:
                await self._worker.end()
            worker = Worker(self._agent)
            await worker.start(self._env, self.cwd)
            self._worker = worker
        return self._worker

    def take(self, run: Run) -> None:
        """Run some code when that before it has ended; the run tells how it goes."""
        task = asyncio.create_task(self._perform(run))
        self._runs.add(task)
        task.add_done_callback(self._runs.discard)

    async def end(self) -> None:
        """Kill its process, and end what runs or waits."""
        self._deleted = True
        if self._worker is not None:
            await self._worker.end()
        await asyncio.gather(*self._runs)

    async def _perform(self, run: Run) -> None:
        async with self._turn:
            try:
                if self._deleted:
                    return run.end(GONE, "the context was deleted")
                worker = run.source = await self.start()
                _tell(run, await worker.run(run.code, run.envs, run.timeout_s, run.say))
                worker.resume()
            except (RefusedError, AgentError, NotRunningError) as error:
                run.end(FAILED, str(error))
            finally:
                if run.close_code is None:
                    run.end(FAILED, "the run broke off")
        return None


def _tell(run: Run, outcome: Outcome) -> None:
    if outcome.timed_out:
        run.tell({"type": "control", "text": "interrupted"})
        run.end(TIMED_OUT, "the code took too long, and was interrupted")
    elif outcome.lost:
        run.end(GONE, "the process of the context has ended; the next run starts another")
    else:
        if outcome.error is not None:
            run.tell({"type": "error", **outcome.error})
        run.tell({"type": "control", "text": "completed"})
        run.end(COMPLETED)


class Interpreters:
    """Keep the contexts of a running sandbox: a default one, and those that clients create."""

    def __init__(self, running: Running) -> None:
        self._running = running
        self._contexts: dict[str, Context] = {}

    def __iter__(self) -> Iterator[Context]:
        return (context for context in self._contexts.values() if context.id != DEFAULT)

    async def create(self, cwd: str | None = None, language: str | None = None) -> Context:
        """Make a context of its own.

        Args:
            cwd: The folder it starts in; the sandbox's working directory by default.
            language: Only Python will do.

        Raises:
            AgentError: The folder isn't there.
            InvalidError: It is to be another language.
            UnprocessableError: There is no Python in the sandbox.
        """
        if language not in (None, PYTHON):
            raise InvalidError(f"there is no interpreter for {language!r}; only {PYTHON!r} is supported")
        context = self._new(new_id(), cwd)
        await context.start()
        self._contexts[context.id] = context
        return context

    def get(self, context_id: str | None) -> Context:
        """Return a context; None is the default one, which is made when it is first asked for.

        Raises:
            NotFoundError: There is none.
        """
        wanted = context_id or DEFAULT
        if wanted == DEFAULT and wanted not in self._contexts:
            self._contexts[DEFAULT] = self._new(DEFAULT, None)
        try:
            return self._contexts[wanted]
        except KeyError:
            raise NotFoundError(f"context not found: {wanted}", "PROCESS_NOT_FOUND") from None

    async def delete(self, context_id: str) -> None:
        """End a context.

        Raises:
            InvalidError: It is the default one.
            NotFoundError: There is none.
        """
        if context_id == DEFAULT:
            raise InvalidError("the default context can't be deleted")
        context = self.get(context_id)
        del self._contexts[context_id]
        await context.end()

    async def close(self) -> None:
        """End all contexts."""
        ending, self._contexts = self._contexts, {}
        await asyncio.gather(*(context.end() for context in ending.values()))

    def _new(self, context_id: str, cwd: str | None) -> Context:
        agent = self._running.agent
        return Context(context_id, cwd or agent.workdir, agent, environment(self._running))
