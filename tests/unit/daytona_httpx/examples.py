"""Run the examples of docstrings; those of async classes await, as in `python -m asyncio`."""

from __future__ import annotations

import ast
import asyncio
import contextlib
import doctest
import inspect
import io
import sys
import traceback
from typing import Any

RERAISED = "Traceback (most recent call last):\n"


class ExampleFailedError(Exception):
    """Say which example came out otherwise, and how."""


def examples_of(documented: type) -> list[doctest.Example]:
    """Return the examples in a class's own docstring."""
    return doctest.DocTestParser().get_examples(documented.__dict__.get("__doc__") or "")


def run(examples: list[doctest.Example], names: dict[str, Any], runner: asyncio.Runner) -> None:
    """Run examples one after the other, and compare what they print.

    Raises:
        ExampleFailedError: One printed something else, or raised something else.
    """
    checker = doctest.OutputChecker()
    for example in examples:
        printed = _printed(example.source, names, runner)
        if not checker.check_output(example.want, printed, doctest.ELLIPSIS):
            raise ExampleFailedError(f"\n{example.source}expected:\n{example.want}\nfound:\n{printed}")


def _printed(source: str, names: dict[str, Any], runner: asyncio.Runner) -> str:
    """Return what a statement prints: its value, or the last line of the error that it ends with."""
    code = compile(source, "<example>", "single", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        try:
            done = eval(code, names)
            if code.co_flags & inspect.CO_COROUTINE:
                runner.run(done)
        except Exception as error:
            output.write(RERAISED + "".join(traceback.format_exception_only(error)))
        finally:
            sys.stdout.flush()
    return output.getvalue()
