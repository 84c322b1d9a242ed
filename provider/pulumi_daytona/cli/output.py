"""What the commands say, and how they end."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any, NoReturn

import typer
from daytona_httpx import DaytonaError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pulumi_daytona.core.errors import ProviderError

DONE = 0
FAILED = 1
WRONG_USAGE = 2
LEFT = 3
INTERRUPTED = 130
"""The exit statuses: all is well; something failed; wrong usage; something is there and was left; Ctrl-C."""

PROGRAM = "pulumi-daytona"
PIPED_WIDTH = 160


def console() -> Console:
    """Return a console for standard output; colours are rich's, so NO_COLOR turns them off."""
    made = Console(highlight=False, markup=False, emoji=False)
    if not made.is_terminal:
        made.width = PIPED_WIDTH
    return made


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """Return a table of plain texts."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        made.add_column(column, overflow="fold")
    for row in rows:
        made.add_row(*(Text(clean(cell)) for cell in row))
    return made


def clean(text: str) -> str:
    """Return a text that can't steer a terminal: names and reasons come from others."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def print_json(value: Any) -> None:
    """Print a value as JSON, and nothing else."""
    print(json.dumps(value, indent=2))


def say(text: str) -> None:
    """Print a line on standard error, out of the way of what is piped."""
    print(f"{PROGRAM}: {clean(' '.join(text.split()))}", file=sys.stderr)


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show on a terminal what is being done, until it is done; nothing where standard error is piped.

    Args:
        what: What is being done, for example ``Reading the state``.
    """
    shown = Console(stderr=True, highlight=False, markup=False, emoji=False)
    with shown.status(clean(what)) if shown.is_terminal else nullcontext():
        yield


def ending_with(run: Callable[[], int]) -> NoReturn:
    """Run a command and end with its exit status; what is expected to go wrong, or Ctrl-C, is one line.

    Raises:
        typer.Exit: It has ended.
    """
    try:
        status = run()
    except (ProviderError, DaytonaError) as error:
        say(str(error))
        status = FAILED
    except (KeyboardInterrupt, typer.Abort):
        say("interrupted")
        status = INTERRUPTED
    raise typer.Exit(status)
