"""The models of the code interpreter: its contexts, and what code in them does."""

from __future__ import annotations

from daytona_httpx.models.base import WireModel
from daytona_httpx.models.listed import Listed


class InterpreterContext(WireModel):
    r"""Hold a context: what code defines in it stays, and no other context sees it.

    Example:
        >>> context = sandbox.code_interpreter.create_context(cwd="/tmp")
        >>> sandbox.code_interpreter.run_code("import os; print(os.getcwd())", context=context).stdout
        '/tmp\n'
        >>> sandbox.code_interpreter.delete_context(context)
    """

    id: str
    cwd: str = ""
    created_at: str = ""
    active: bool = False
    language: str = ""


class ListContextsResponse(WireModel):
    """Hold the contexts that were made, so not the default one."""

    contexts: Listed[InterpreterContext]


class OutputMessage(WireModel):
    r"""Hold a piece of output, or of errors.

    Example:
        >>> said = []
        >>> result = sandbox.code_interpreter.run_code("print('out')", on_stdout=said.append)
        >>> "".join(message.output for message in said)
        'out\n'
    """

    output: str


class ExecutionError(WireModel):
    """Hold what code raised: the name of its class, its words, and where it came from.

    Example:
        >>> result = sandbox.code_interpreter.run_code("1 / 0")
        >>> result.error.name, result.error.value
        ('ZeroDivisionError', 'division by zero')
    """

    name: str
    value: str
    traceback: str = ""


class ExecutionResult(WireModel):
    r"""Hold what code wrote, and what it raised, None when it ended well.

    Example:
        >>> sandbox.code_interpreter.run_code("print('out')")
        ExecutionResult(stdout='out\n', stderr='', error=None)
    """

    stdout: str = ""
    stderr: str = ""
    error: ExecutionError | None = None
