"""What the code interpreter's messages say: output, what the code raised, and how it ended."""

from __future__ import annotations

import json
from typing import Any

from daytona_httpx.answers import object_of
from daytona_httpx.closing import NORMAL, NOT_SAID, Closing
from daytona_httpx.errors import DaytonaError, DaytonaTimeoutError
from daytona_httpx.models.code_interpreter import ExecutionError, ExecutionResult, OutputMessage

TOO_LONG = 4008
"""The code that the sandbox closes the websocket with when code runs longer than it may."""


class Execution:
    """Follow a run of code through its messages.

    Attributes:
        received: How many characters of messages have arrived.
    """

    def __init__(self) -> None:
        self.received = 0
        self._output: dict[str, list[str]] = {"stdout": [], "stderr": []}
        self._error: ExecutionError | None = None

    def take(self, message: str | bytes) -> tuple[str, OutputMessage | ExecutionError | None]:
        """Take a message, and return its kind and what it says: None when the kind is unknown.

        Raises:
            DaytonaError: It is none of the interpreter's.
        """
        self.received += len(message)
        said = _object(message)
        kind = _text(said, "type")
        if kind in self._output:
            text = _text(said, "text")
            self._output[kind].append(text)
            return kind, OutputMessage(output=text)
        if kind == "error":
            name, value, traceback = (_text(said, key) for key in ("name", "value", "traceback"))
            self._error = ExecutionError(name=name, value=value, traceback=traceback)
            return kind, self._error
        return kind, None

    def result(self, closing: Closing, timeout: float | None) -> ExecutionResult:
        """Return what came of it.

        Args:
            closing: How the websocket was closed.
            timeout: The seconds that the code was given.

        Raises:
            DaytonaTimeoutError: The code ran longer than that.
            DaytonaConnectionError: The connection broke off before the end.
        """
        if closing.code == TOO_LONG:
            raise late(timeout)
        if closing.code not in (NORMAL, NOT_SAID):
            raise closing.broke_off(self.received)
        stdout, stderr = ("".join(pieces) for pieces in self._output.values())
        return ExecutionResult(stdout=stdout, stderr=stderr, error=self._error)


def late(timeout: float | None) -> DaytonaTimeoutError:
    """Return the error of code that ran too long."""
    limit = f"{timeout} seconds" if timeout else "the sandbox lets it"
    return DaytonaTimeoutError(f"the code ran longer than {limit}; give it a larger timeout")


def _object(message: str | bytes) -> dict[str, Any]:
    try:
        return object_of(json.loads(message))
    except (ValueError, RecursionError) as error:
        raise DaytonaError("the code interpreter sent a message that is not JSON") from error


def _text(said: dict[str, Any], key: str) -> str:
    value = said.get(key)
    return "" if value is None else str(value)
