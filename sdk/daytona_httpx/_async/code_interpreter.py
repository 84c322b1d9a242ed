"""The code interpreter of a sandbox: code that finds what earlier code has defined."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from daytona_httpx._async.callbacks import OutputHandler, call
from daytona_httpx._async.sessions import ANSWER_S
from daytona_httpx._async.toolbox import AsyncToolbox
from daytona_httpx.deadline import Deadline
from daytona_httpx.errors import DaytonaNotFoundError, DaytonaTimeoutError, prefixed
from daytona_httpx.execution import Execution, late
from daytona_httpx.models.base import parse
from daytona_httpx.models.code_interpreter import (
    ExecutionError,
    ExecutionResult,
    InterpreterContext,
    ListContextsResponse,
    OutputMessage,
)
from daytona_httpx.wire import given, path_of

if TYPE_CHECKING:
    from daytona_httpx._async.websocket import AsyncWebSocket

CONTEXTS = "/process/interpreter/context"


class AsyncCodeInterpreter:
    r"""Run Python code in one sandbox: a context keeps variables, imports and functions from run to run.

    The ``request_timeout`` of a method is the seconds for its request; 0 is no limit, None the default
    of 90. Other languages run with ``process.code_run``.

    Example:
        >>> await sandbox.code_interpreter.run_code("x = 40")
        ExecutionResult(stdout='', stderr='', error=None)
        >>> (await sandbox.code_interpreter.run_code("print(x + 2)")).stdout
        '42\n'
    """

    def __init__(self, toolbox: AsyncToolbox) -> None:
        self._toolbox = toolbox

    async def run_code(
        self,
        code: str,
        *,
        context: InterpreterContext | None = None,
        on_stdout: OutputHandler[OutputMessage] | None = None,
        on_stderr: OutputHandler[OutputMessage] | None = None,
        on_error: OutputHandler[ExecutionError] | None = None,
        envs: Mapping[str, str] | None = None,
        timeout: int | None = None,
    ) -> ExecutionResult:
        """Run code, hand over what it writes as it comes, and return all of it (execute interpreter code).

        Args:
            code: The source.
            context: The context to run in; the sandbox's default one when left out.
            on_stdout: Takes the output.
            on_stderr: Takes the errors that it writes.
            on_error: Takes what it raises.
            envs: More environment variables.
            timeout: Seconds that it may run; 0 is no limit, None the sandbox's own of 10 minutes.

        Raises:
            DaytonaTimeoutError: It ran longer than that.
            DaytonaConnectionError: The connection broke off; the code may be running still.
            DaytonaError: It can't be run; that it raises something is no error, but in the result.
        """
        with prefixed("Failed to run code: "):
            self._toolbox.transport.deadline(timeout)  # refuses one that can't be before anything is sent
            request = given(
                code=code,
                context_id=None if context is None else context.id,
                envs=None if envs is None else dict(envs),
                timeout=timeout,
            )
            handlers = {"stdout": on_stdout, "stderr": on_stderr, "error": on_error}
            return await self._run(json.dumps(request), handlers, timeout)

    async def create_context(
        self, cwd: str | None = None, request_timeout: float | None = None
    ) -> InterpreterContext:
        """Make a context, in a folder or the working directory (create interpreter context).

        What it holds goes with the sandbox, or with ``delete_context``.
        """
        with prefixed("Failed to create interpreter context: "):
            answer = await self._call("POST", CONTEXTS, request_timeout, json=given(cwd=cwd))
            return parse(InterpreterContext, answer)

    async def list_contexts(self, request_timeout: float | None = None) -> list[InterpreterContext]:
        """Return the contexts that were made, so not the default one (list interpreter contexts)."""
        with prefixed("Failed to list interpreter contexts: "):
            return parse(ListContextsResponse, await self._call("GET", CONTEXTS, request_timeout)).contexts

    async def delete_context(self, context: InterpreterContext, request_timeout: float | None = None) -> None:
        """Delete a context and end what runs in it (delete interpreter context).

        Raises:
            DaytonaNotFoundError: There is none.
        """
        with prefixed("Failed to delete interpreter context: "):
            try:
                await self._call("DELETE", CONTEXTS + path_of(context.id), request_timeout)
            except DaytonaNotFoundError as error:
                if error.attempts == 1:  # a repeated delete whose first answer was lost has done its work
                    raise

    async def _run(
        self, request: str, handlers: Mapping[str, OutputHandler[Any] | None], timeout: float | None
    ) -> ExecutionResult:
        from daytona_httpx._async.stream import open_stream

        execution = Execution()
        async with aclosing(
            await open_stream(self._toolbox, "/process/interpreter/execute", {})
        ) as websocket:
            if not await websocket.send(request):
                raise websocket.closing.broke_off(0)
            deadline = self._toolbox.transport.deadline(timeout + ANSWER_S if timeout else None)
            while (message := await _next(websocket, deadline, timeout)) is not None:
                kind, said = execution.take(message)
                handler = handlers.get(kind)
                if handler and said is not None:
                    await call(handler, said)
            return execution.result(websocket.closing, timeout)

    async def _call(self, method: str, path: str, request_timeout: float | None, /, **options: Any) -> Any:
        deadline = self._toolbox.transport.request_deadline(request_timeout)
        return await self._toolbox.call(method, path, deadline, answer_s=None, **options)


async def _next(websocket: AsyncWebSocket, deadline: Deadline, timeout: float | None) -> str | bytes | None:
    try:
        return await websocket.receive(deadline)
    except DaytonaTimeoutError as error:
        raise late(timeout) from error
