"""`daytona-local reset`: remove all that was made, and keep the key."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from daytona_local.cli.connection import Connected, connected
from daytona_local.cli.output import CommandError, confirmed, print_json, progress, stdout
from daytona_local.data_dir import DATABASE, MADE, check_owner, data_dir_locked, is_data_dir, is_locked
from daytona_local.runtime import trees


def run(data_dir: Path, *, yes: bool, as_json: bool) -> None:
    """Reset a running server, or a data folder in which none runs.

    Raises:
        CommandError: Nobody agreed, it is no data folder, or the server doesn't answer.
        DataDirError: It belongs to someone else.
    """
    if is_locked(data_dir):
        with connected(data_dir) as server:
            confirmed(_question(server), yes=yes, is_asked=not as_json)
            with progress(f"Resetting the server at {server.found.url}"):
                server.http.post("/_local/reset", timeout=None).raise_for_status()
    else:
        check_data_dir(data_dir)
        confirmed(f"Remove all that {data_dir} has, but its key?", yes=yes, is_asked=not as_json)
        with data_dir_locked(data_dir):
            remove_made(data_dir)
    if as_json:
        print_json({"reset": str(data_dir)})
    else:
        stdout().print(f"{data_dir} is as new; its key stays")


def check_data_dir(data_dir: Path) -> None:
    """Refuse a folder that no server has served.

    Raises:
        CommandError: None has.
        DataDirError: It belongs to someone else.
    """
    if not data_dir.exists():
        raise CommandError(f"there is no data folder {data_dir}; name the right one with --data-dir")
    check_owner(data_dir)
    if not is_data_dir(data_dir):
        raise CommandError(f"no server has kept anything in {data_dir}; name the right one with --data-dir")


def remove_made(data_dir: Path) -> None:
    """Remove what servers have made in a data folder, the database last: until then it can be repeated."""
    names = [name for name in (*MADE, DATABASE) if os.path.lexists(data_dir / name)]
    with progress(f"Removing what {data_dir} has", len(names)) as advance:
        for name in names:
            asyncio.run(trees.remove(data_dir / name))
            advance(1)


def _question(server: Connected) -> str:
    counts = {
        "sandboxes": sum(1 for _ in server.daytona.list()),
        "volumes": len(server.daytona.volume.list()),
    }
    made = " and ".join(f"{count} {kind}" for kind, count in counts.items())
    return f"Remove {made} and all else of the server at {server.found.url}?"
