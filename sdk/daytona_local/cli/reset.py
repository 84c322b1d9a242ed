"""`daytona-local reset`: remove all that was made, and keep the key."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from daytona_local.cli.connection import Connected, alone, connected
from daytona_local.cli.output import confirmed, print_json, progress, stdout
from daytona_local.data_dir import DATABASE, MADE, RESTORING, check_data_dir, is_locked
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
        with alone(data_dir):
            remove(data_dir, (*MADE, RESTORING, DATABASE))
    if as_json:
        print_json({"reset": str(data_dir)})
    else:
        stdout().print(f"{data_dir} is as new; its key stays")


def remove(data_dir: Path, names: Sequence[str]) -> None:
    """Remove some of what a data folder has, in this order; it can be repeated."""
    found = [name for name in names if os.path.lexists(data_dir / name)]
    with progress(f"Removing what {data_dir} has", len(found)) as advance:
        for name in found:
            asyncio.run(trees.remove(data_dir / name))
            advance(1)


def _question(server: Connected) -> str:
    sandboxes, volumes = sum(1 for _ in server.daytona.list()), len(server.daytona.volume.list())
    counts = (
        f"{sandboxes} sandbox{'' if sandboxes == 1 else 'es'}, {volumes} volume{'' if volumes == 1 else 's'}"
    )
    return f"Remove everything ({counts}) from the server at {server.found.url}?"
