"""`pulumi-daytona migrate`: let the native plugin have what the dynamic provider has made."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typer

from pulumi_daytona.cli import output
from pulumi_daytona.cli.engine import Engine, require_engine
from pulumi_daytona.core.errors import ProviderError
from pulumi_daytona.plugin.migration import Migration, Move, migration

NOTHING = "Nothing is left to move: the stack has no resource of the dynamic provider."
NEXT = (
    "Change the program's imports now, then look at `pulumi preview`, which shows no change:\n"
    "  from pulumi_daytona import ...  ->  from pulumi_daytona.native import ...\n"
    "The folder of `pulumi-resource-daytona` has to be on PATH (it is beside this command)."
)

_COLUMNS = ("", "name", "id", "becomes")


@dataclass(frozen=True)
class Options:
    """Say what to migrate, and how; each is an option of the command."""

    stack: str | None = None
    dry_run: bool = False
    yes: bool = False
    as_json: bool = False


def run(options: Options) -> int:
    """Migrate a stack, and return the exit status.

    Raises:
        ProviderError: The state can't be read, migrated or written, or the backup can't be.
    """
    engine = require_engine()
    with output.working("Reading the state"):
        stack = engine.stack_name(options.stack)
        before, found = _look(engine, stack)
    if not options.as_json:
        _show(stack, found)
    agreed = bool(found.moves) and _agreed(stack, options)
    with output.working("Writing the state"):
        backup = _migrate(engine, stack, before) if agreed else None
    if options.as_json:
        output.print_json(_as_json(stack, found, backup))
    elif backup is not None:
        _tell(backup)
    return output.LEFT if found.moves and backup is None else output.DONE


def _look(engine: Engine, stack: str) -> tuple[Any, Migration]:
    """Return the state as it is, and what it would be."""
    sealed, opened = engine.export(stack), engine.export(stack, show_secrets=True)
    return sealed, migration(stack, sealed, opened, version("pulumi-daytona"))


def _migrate(engine: Engine, stack: str, shown: Any) -> Path:
    """Write the state, as long as it is the one that was shown, and return where the one before is."""
    before, found = _look(engine, stack)
    if before != shown:
        raise ProviderError(f'migrate stack "{stack}": its state has changed meanwhile; look at it again')
    backup = _backup(stack, before)
    try:
        engine.put_state(stack, found.state)
    except ProviderError as error:
        raise ProviderError(f"{error}; what it had is in {backup} too") from None
    return backup


def _backup(stack: str, state: Any) -> Path:
    """Write a state to a new file that only its owner may read, and return which."""
    file = Path(f"{stack.replace('/', '-')}.{datetime.now(UTC):%Y%m%dT%H%M%S%f}.backup.json")
    try:
        with open(
            os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as opened:
            json.dump(state, opened, indent=4)
    except OSError as error:
        raise ProviderError(
            f"keep the state in {file}: {error.strerror}; run it where you may write"
        ) from None
    return file.absolute()


def _agreed(stack: str, options: Options) -> bool:
    if options.dry_run or options.yes or options.as_json:
        return options.yes and not options.dry_run
    if not sys.stdin.isatty():
        output.say("nobody is there to agree; add --yes to write the state")
        return False
    return typer.confirm(f'Write this to the state of stack "{stack}"?')


def _show(stack: str, found: Migration) -> None:
    console = output.console()
    if not found.moves:
        console.print(NOTHING)
        return
    rows = [(move.kind, move.name, move.id, _type(move)) for move in found.moves]
    console.print(output.table(_COLUMNS, rows))
    what = "1 resource" if len(rows) == 1 else f"{len(rows)} resources"
    console.print(output.clean(f'In the state of stack "{stack}", {what} would become the native plugin\'s.'))
    console.print("Their ids stay, and nothing in Daytona is made, changed or deleted.")


def _type(move: Move) -> str:
    return move.new_urn.split("::")[2].rpartition("$")[2]


def _tell(backup: Path) -> None:
    console = output.console()
    console.print(f"Done. The state before is in {output.clean(str(backup))}", soft_wrap=True)
    console.print(NEXT, soft_wrap=True)


def _as_json(stack: str, found: Migration, backup: Path | None) -> dict[str, Any]:
    return {
        "stack": stack,
        "moves": [vars(move) for move in found.moves],
        "done": backup is not None or not found.moves,
        "backup": str(backup) if backup else None,
        "next": NEXT if backup else None,
    }
