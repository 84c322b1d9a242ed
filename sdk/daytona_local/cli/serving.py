"""`daytona-local serve`: run a server until it is told to end."""

from __future__ import annotations

import contextlib
import errno
import json
import logging
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from daytona_httpx import __version__

from daytona_local.app import open_services
from daytona_local.cli.connection import alone
from daytona_local.cli.output import CommandError, stdout
from daytona_local.cli.ports import process_at
from daytona_local.data_dir import check_whole, kept_key
from daytona_local.run_file import RunFile, remove_run_file
from daytona_local.runtime import RuntimeFailedError
from daytona_local.server import Server, listen, url_of
from daytona_local.services import Services
from daytona_local.settings import Settings
from daytona_local.store import StoreError


@dataclass(frozen=True)
class Options:
    """Hold what `serve` was told; as the arguments of ``LocalDaytona``."""

    port: int
    runtime: str
    transition_s: float
    control: bool
    substitute_images: bool
    as_json: bool


def run(data_dir: Path, options: Options) -> int:
    """Serve until SIGINT or SIGTERM, and return the exit status.

    Raises:
        CommandError: It can't be served.
        DataDirError: The folder can't be used.
    """
    logging.basicConfig(level=logging.WARNING, format="daytona-local: %(message)s")
    with alone(data_dir), _listening(options.port) as listener:
        check_whole(data_dir)
        try:
            parts = open_services(_settings(data_dir, options), url_of(listener))
        except (StoreError, RuntimeFailedError) as error:
            raise CommandError(str(error)) from error
        server = Server(parts, lambda: _announce(parts, options.as_json))
        try:
            _run_until_told(server, listener)
        finally:
            remove_run_file(data_dir)
    if not server.ready.is_set():
        raise CommandError(f"the server of {data_dir} could not begin; the lines before say why")
    return 0


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    try:
        listener = listen(port)
    except OSError as error:
        holder = process_at(port) if error.errno == errno.EADDRINUSE else None
        reason = f"{holder} has it" if holder else (error.strerror or str(error))
        raise CommandError(
            f"serve on port {port}: {reason}; take another --port, or 0 for a free one"
        ) from error
    with listener:
        yield listener


def _settings(data_dir: Path, options: Options) -> Settings:
    return Settings(
        data_dir,
        kept_key(data_dir),
        runtime=options.runtime,
        transition_s=options.transition_s,
        control=options.control,
        substitute_images=options.substitute_images,
    )


def _run_until_told(server: Server, listener: socket.socket) -> None:
    # uvicorn takes the signals while it serves, and raises them once more when it has ended.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        server.run([listener])


def _announce(parts: Services, as_json: bool) -> None:
    """Let the other commands find the server, and say where it is and how to use it."""
    settings, ssh_port = parts.settings, parts.ssh_gateway.port
    found = RunFile(os.getpid(), parts.base_url, ssh_port, time.time(), __version__)
    found.write(settings.data_dir)
    facts = {
        "url": found.api_url,
        "api_key": settings.api_key,
        "dashboard_url": f"{found.dashboard_url}#{settings.api_key}",
        "runtime": parts.runtime.name,
        "data_dir": str(settings.data_dir),
        "ssh_port": ssh_port,
    }
    if as_json:
        print(json.dumps({**facts, "limits": dict(parts.runtime.limits), "pid": found.pid}), flush=True)
        return
    console = stdout()
    console.soft_wrap = True
    console.print(f"Daytona on this machine; its sandboxes run under {parts.runtime.name}.")
    console.print("Limits: " + "; ".join(f"{name}: {how}" for name, how in parts.runtime.limits.items()))
    console.print(f"SSH: {parts.ssh_gateway.command('TOKEN')}")
    console.print(f"Dashboard: {facts['dashboard_url']}")
    console.print(f"Kept in {settings.data_dir}. To use it:\n")
    console.print(f"  export DAYTONA_API_URL={found.api_url}\n  export DAYTONA_API_KEY={settings.api_key}\n")
    console.print("Ctrl-C ends it; the sandboxes stay.")
