"""The command `daytona-local`."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from daytona_local.app import open_services
from daytona_local.data_dir import DataDirError, data_dir_locked
from daytona_local.runtime import RuntimeFailedError
from daytona_local.server import Server, listen, url_of
from daytona_local.services import Services
from daytona_local.settings import Settings, new_key
from daytona_local.store import StoreError

app = typer.Typer(
    help="Run Daytona sandboxes on this machine: no account, offline, free.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=True,
)


@app.callback()
def commands() -> None:
    """Run Daytona sandboxes on this machine: no account, offline, free."""


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Loopback port; 0 takes a free one.")] = 3986,
    data_dir: Annotated[
        Path | None, typer.Option(help="Where everything is kept; below XDG_DATA_HOME by default.")
    ] = None,
    runtime: Annotated[
        str, typer.Option(help="auto and bubblewrap isolate sandboxes; process does not.")
    ] = "auto",
    transition: Annotated[
        float, typer.Option(help="Seconds that each change of state takes at least.")
    ] = 0.05,
    control: Annotated[
        bool, typer.Option("--control", help="Serve /_local: faults, a reset and the journal, for tests.")
    ] = False,
    substitute_images: Annotated[
        bool,
        typer.Option("--substitute-images", help="Let the default image stand for any that isn't here."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one line of JSON.")] = False,
) -> None:
    """Serve the API on the loopback interface until interrupted."""
    folder = data_dir or default_data_dir()
    logging.basicConfig(level=logging.WARNING, format="daytona-local: %(message)s")
    try:
        with data_dir_locked(folder), listen(port) as listener:
            settings = Settings(
                folder,
                kept_key(folder),
                runtime=runtime,
                transition_s=transition,
                control=control,
                substitute_images=substitute_images,
            )
            parts = open_services(settings, url_of(listener))
            announce(parts, as_json)
            run_until_told(Server(parts), listener)
    except (StoreError, RuntimeFailedError, DataDirError) as error:
        fail(str(error))
    except OSError as error:
        fail(f"serve on port {port}, with {folder}: {error.strerror or error}")


def run_until_told(server: Server, listener: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM, which are this command's ordinary end."""
    # uvicorn takes the signals while it serves, and raises them once more when it has ended.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        server.run([listener])


def default_data_dir() -> Path:
    """Return the folder that is used when none is named."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "daytona-local"


def kept_key(folder: Path) -> str:
    """Return the key of a data folder, made when it is first served."""
    file = folder / "api-key"
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
            made.write(new_key())
    return file.read_text().strip()


def announce(parts: Services, as_json: bool) -> None:
    """Say where the server is and how to use it."""
    url, key = f"{parts.base_url}/api", parts.settings.api_key
    facts = {
        "url": url,
        "api_key": key,
        "runtime": parts.runtime.name,
        "data_dir": str(parts.settings.data_dir),
        "ssh_port": parts.ssh_gateway.port,
    }
    if as_json:
        print(json.dumps({**facts, "limits": dict(parts.runtime.limits), "pid": os.getpid()}), flush=True)
        return
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"Daytona on this machine; its sandboxes run under [bold]{parts.runtime.name}[/].")
    console.print("Limits: " + "; ".join(f"{name}: {how}" for name, how in parts.runtime.limits.items()))
    console.print(f"SSH: {parts.ssh_gateway.command('TOKEN')}", markup=False)
    console.print(f"Kept in {parts.settings.data_dir}. To use it:\n", markup=False)
    console.print(f"  export DAYTONA_API_URL={url}\n  export DAYTONA_API_KEY={key}\n", markup=False)
    console.print("Ctrl-C ends it; the sandboxes stay.")


def fail(reason: str) -> None:
    """Say in one line why it can't go on, and end with exit status 1."""
    print(f"daytona-local: {reason}", file=sys.stderr)
    raise typer.Exit(1)


def main() -> None:
    """Run the command."""
    app(prog_name="daytona-local")
