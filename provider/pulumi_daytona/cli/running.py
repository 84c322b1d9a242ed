"""Run the command: what it ends with, and wrong usage and Ctrl-C in one line each."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from pulumi_daytona.cli import output
from pulumi_daytona.cli.app import app

_USAGE_ERROR: type[Exception] = typer.BadParameter.__bases__[0]
"""click's, or that of the copy of click that newer versions of typer bring."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command, and return its exit status.

    Args:
        arguments: Its arguments; those of this process by default.
    """
    try:
        return int(app(arguments, prog_name=output.PROGRAM, standalone_mode=False) or output.DONE)
    except (typer.Abort, KeyboardInterrupt):
        output.say("interrupted")
        return output.INTERRUPTED
    except _USAGE_ERROR as error:
        if reason := error.format_message():  # type: ignore[attr-defined]
            context = getattr(error, "ctx", None)
            path = context.command_path if context else output.PROGRAM
            output.say(f"{reason.rstrip('.')}; see {path} --help")
        return output.WRONG_USAGE
