"""What the commands say, and how they end."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from daytona_local.data_dir import DataDirError

FAILED = 1
WRONG_USAGE = 2
NOT_RUNNING = 3
INTERRUPTED = 130
"""The exit statuses besides 0."""

PROGRAM = "daytona-local"
PIPED_WIDTH = 160


class CommandError(Exception):
    """Say in one line why a command can't go on, and what to do."""


def stdout() -> Console:
    """Return a console for what was asked for; colours are rich's, so NO_COLOR turns them off."""
    made = Console(highlight=False, markup=False, emoji=False)
    if not made.is_terminal:
        made.width = PIPED_WIDTH
    return made


def stderr() -> Console:
    """Return a console for all else."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def table(*columns: str, rows: Sequence[Sequence[str | Text]]) -> Table:
    """Return a table; texts in it can't steer a terminal."""
    made = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        made.add_row(*(cell if isinstance(cell, Text) else Text(clean(cell)) for cell in row))
    return made


def clean(text: str) -> str:
    """Return a text without what steers a terminal: names and reasons come from others."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def bytes_text(count: int) -> str:
    """Return a number of bytes as one reads it."""
    size, units = float(count), iter(("B", "KiB", "MiB", "GiB"))
    unit = next(units)
    for larger in units:
        if size < 1024:
            break
        size, unit = size / 1024, larger
    return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"


def print_json(value: Any) -> None:
    """Print a value as JSON, and nothing else."""
    print(json.dumps(value, indent=2))


def say(text: str) -> None:
    """Print one line on standard error, out of the way of what is piped."""
    print(f"{PROGRAM}: {clean(' '.join(text.split()))}", file=sys.stderr)


@contextmanager
def progress(
    what: str, total: int | None = None, *, is_bytes: bool = False
) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how far something is, until it is done.

    Args:
        what: What is being done.
        total: How much there is to do; None when nobody knows.
        is_bytes: Whether that is a number of bytes.

    Returns:
        What is called with how much has been done since the last call.
    """
    from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn

    console = stderr()
    count = [] if total is None else [DownloadColumn() if is_bytes else MofNCompleteColumn()]
    columns = (TextColumn("{task.description}"), BarColumn(), *count)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as shown:
        task = shown.add_task(clean(what), total=total)
        yield lambda done: shown.advance(task, done)


def confirmed(question: str, *, yes: bool, is_asked: bool) -> None:
    """Return if it may be done.

    Args:
        question: What is asked on a terminal.
        yes: Whether it was said beforehand.
        is_asked: Whether there may be a question at all.

    Raises:
        CommandError: Nobody can be asked, or the answer was no.
    """
    if yes:
        return
    if not (is_asked and sys.stdin.isatty() and sys.stderr.isatty()):
        raise CommandError(f"{question} There is nobody to ask; say --yes")
    if not typer.confirm(clean(question), err=True):
        raise CommandError("nothing was changed")


@contextmanager
def ending() -> Iterator[None]:
    """Turn what is expected to go wrong into one line and an exit status.

    Raises:
        typer.Exit: It went wrong.
    """
    from daytona_httpx.errors import DaytonaError

    try:
        yield
    except (CommandError, DataDirError, DaytonaError) as error:
        say(str(error))
        raise typer.Exit(FAILED) from None
    except BrokenPipeError:
        raise  # whoever read the output has gone: the program's own end
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        say(f"{place}{error.strerror or error}")
        raise typer.Exit(FAILED) from None
    except KeyboardInterrupt:
        say("interrupted")
        raise typer.Exit(INTERRUPTED) from None
