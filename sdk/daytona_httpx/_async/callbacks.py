"""Calling what callers hand over: async code awaits it, its sync twin can't; both are by hand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any, TypeVar

Output = TypeVar("Output")

OutputHandler = Callable[[Output], Awaitable[None] | None]
"""Takes output as it arrives; a function, or a coroutine function, which is awaited."""


async def call(function: Callable[[Output], object], output: Output) -> Any:
    """Call a function or a coroutine function, and return its answer when it has one."""
    returned = function(output)
    return await returned if isawaitable(returned) else returned
