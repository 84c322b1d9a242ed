"""Calling what callers hand over: plain functions only; written by hand."""

from __future__ import annotations

from collections.abc import Callable
from inspect import iscoroutine
from typing import Any, TypeVar

from daytona_httpx.errors import DaytonaValidationError

Output = TypeVar("Output")

OutputHandler = Callable[[Output], None]
"""Takes output as it arrives, in the thread that called."""


def call(function: Callable[[Output], object], output: Output) -> Any:
    """Call a function, and return its answer.

    Raises:
        DaytonaValidationError: It is a coroutine function, which nothing here would run.
    """
    returned = function(output)
    if iscoroutine(returned):
        returned.close()
        raise DaytonaValidationError("the sync client takes no coroutine function; AsyncDaytona does")
    return returned
