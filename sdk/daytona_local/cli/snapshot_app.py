"""The commands of `daytona-local snapshot`: keep a whole data folder in one file, and put it back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from daytona_local.cli import output
from daytona_local.data_dir import default_data_dir

DataDir = Annotated[
    Path | None, typer.Option(help="Where everything is kept; below XDG_DATA_HOME by default.")
]

snapshots = typer.Typer(
    help="Keep a whole data folder in one file, and put it back; only while no server runs in it.",
    no_args_is_help=True,
)


def folder(data_dir: Path | None) -> Path:
    """Return the data folder that a command works with."""
    return data_dir or default_data_dir()


@snapshots.command()
def save(
    file: Annotated[Path, typer.Argument(help="The file to write, such as before.tar.gz.")],
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    data_dir: DataDir = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Write the data folder to a file: the database, the files of sandboxes and snapshots, volumes, the key.

    The file is for its owner only: whoever has it has the key and all secrets.
    """
    with output.ending():
        from daytona_local.cli.saving import run

        run(folder(data_dir), file, force=force, as_json=as_json)


@snapshots.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that snapshot save wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in place of what is in the data folder.")
    ] = False,
    data_dir: DataDir = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Make a data folder from such a file; serve it afterwards, and its sandboxes are there again.

    A file that is damaged, or has in it what no data folder has, changes nothing.
    """
    with output.ending():
        from daytona_local.cli.restoring import run

        run(folder(data_dir), file, replace=replace, as_json=as_json)
