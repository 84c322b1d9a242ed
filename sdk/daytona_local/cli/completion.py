"""Complete what is typed from what the running server has."""

from __future__ import annotations

from pathlib import Path

import typer


def sandbox_names(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the names that begin as what was typed; none where there is no server."""
    from daytona_httpx import DaytonaError, ListSandboxesQuery

    from daytona_local.cli.connection import connected
    from daytona_local.cli.output import CommandError
    from daytona_local.data_dir import DataDirError, default_data_dir

    folder = Path(ctx.params.get("data_dir") or default_data_dir())
    try:
        with connected(folder) as server:
            names = [sandbox.name for sandbox in server.daytona.list(ListSandboxesQuery(sort="name"))]
    except (CommandError, DataDirError, DaytonaError, OSError):
        return []  # nothing can be said while somebody types
    return [name for name in names if name.startswith(incomplete)]
