"""What the commands say, and how they end."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import typer
from daytona_httpx import DaytonaError
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pulumi_daytona.core.errors import ProviderError

DONE = 0
FAILED = 1
LEFT = 3
"""The exit statuses: all is well; something failed; something is there and was left."""

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
    print(f"pulumi-daytona: {clean(' '.join(text.split()))}", file=sys.stderr)


def ending_with(run: Callable[[], int]) -> NoReturn:
    """Run a command and end with its exit status; an expected error is one line and status 1.

    Raises:
        typer.Exit: It has ended.
    """
    try:
        status = run()
    except (ProviderError, DaytonaError) as error:
        say(str(error))
        status = FAILED
    raise typer.Exit(status)
