"""Connect to the server that runs in a data folder."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
from daytona_httpx import Daytona, DaytonaNotFoundError

from daytona_local.cli.output import CommandError
from daytona_local.data_dir import (
    DataDirInUseError,
    check_owner,
    data_dir_locked,
    default_data_dir,
    is_locked,
    read_key,
)
from daytona_local.run_file import RunFile, read_run_file, remove_run_file
from daytona_local.settings import TARGET

if TYPE_CHECKING:
    from daytona_httpx import Sandbox

SILENCE_S = 90.0
"""How long a server may be silent that says every now and then that it lives."""

ANSWER_S = 20.0
"""How long a server may take to say that it lives, on however busy a machine."""


@dataclass(frozen=True)
class Connected:
    """Hold a server that answers.

    Args:
        found: What its run file says.
        daytona: A client of the API.
        http: A client of everything below its URL, with the key.
    """

    found: RunFile
    daytona: Daytona
    http: httpx.Client

    def get(self, path: str) -> httpx.Response:
        """Return what is at a path below the server's URL."""
        return self.http.get(path).raise_for_status()

    def happenings(self) -> Iterator[dict[str, Any]]:
        """Yield what there is now (its type is ``hello``), and what happens from now on.

        Raises:
            CommandError: The server has ended.
        """
        with self.http.stream("GET", "/dashboard/api/events", timeout=SILENCE_S) as events:
            events.raise_for_status()
            for line in events.iter_lines():
                yield json.loads(line)
        raise CommandError(f"the server at {self.found.url} has ended")


@contextmanager
def connected(data_dir: Path) -> Iterator[Connected]:
    """Connect to the server of a data folder.

    Raises:
        CommandError: None runs there, or it doesn't answer, now or later.
        DataDirError: The folder belongs to someone else, or its key is damaged.
    """
    found = running_server(data_dir)
    key = read_key(data_dir)
    headers = {"Authorization": f"Bearer {key}"}
    with (
        httpx.Client(base_url=found.url, headers=headers, timeout=90, trust_env=False) as http,
        Daytona(api_key=key, api_url=found.api_url, target=TARGET) as daytona,
        _answered(found),
    ):
        http.get("/api/health", timeout=ANSWER_S).raise_for_status()
        yield Connected(found, daytona, http)


def running_server(data_dir: Path) -> RunFile:
    """Return where the server of a data folder answers; raises as ``connected``."""
    if data_dir.exists():
        check_owner(data_dir)
    found, is_held = read_run_file(data_dir), is_locked(data_dir)
    if found and is_held:
        return found
    if found:
        raise CommandError(
            f"the server of {data_dir} (pid {found.pid}) was killed; start it again: {_serve(data_dir)}"
        )
    if is_held:
        raise CommandError(
            f"a daytona-local works with {data_dir}, but takes no requests (yet); try again later"
        )
    raise CommandError(f"no server runs in {data_dir}; start one: {_serve(data_dir)}")


@contextmanager
def _answered(found: RunFile) -> Iterator[None]:
    try:
        yield
    except httpx.HTTPError as error:
        raise CommandError(
            f"the server at {found.url} (pid {found.pid}) doesn't answer ({error}); "
            f"wait, or end it with kill -9 {found.pid} and start it again"
        ) from None


@contextmanager
def alone(data_dir: Path) -> Iterator[None]:
    """Keep servers out of a data folder; where one is already, say where it answers.

    Raises:
        CommandError: One is.
        DataDirError: The folder can't be used.
    """
    try:
        with data_dir_locked(data_dir):
            remove_run_file(data_dir)  # a server that was killed left it
            yield
    except DataDirInUseError:
        found = read_run_file(data_dir)
        if found is None:
            raise
        raise CommandError(
            f"a server runs in {data_dir} already: {found.api_url} (pid {found.pid}); "
            f"use it, end it with kill {found.pid}, or take another --data-dir"
        ) from None


def sandbox_named(daytona: Daytona, name: str) -> Sandbox:
    """Return a sandbox by its name or id.

    Raises:
        CommandError: There is none; the nearest name is suggested.
    """
    try:
        return daytona.get(name)
    except DaytonaNotFoundError:
        nearest = difflib.get_close_matches(name, [sandbox.name for sandbox in daytona.list()], n=1)
        advice = f'did you mean "{nearest[0]}"?' if nearest else "daytona-local ls lists them"
        raise CommandError(f'there is no sandbox "{name}"; {advice}') from None


def started_sandbox(daytona: Daytona, name: str, *, start: bool) -> Sandbox:
    """Return a sandbox that runs.

    Args:
        daytona: The client.
        name: Its name or id.
        start: Whether it is started if it doesn't.

    Raises:
        CommandError: It doesn't run, or there is none.
    """
    sandbox = sandbox_named(daytona, name)
    if sandbox.state == "started":
        return sandbox
    if not start:
        raise CommandError(f'sandbox "{sandbox.name}" is {sandbox.state}; start it with --start')
    sandbox.start()
    return sandbox


def _serve(data_dir: Path) -> str:
    options = "" if data_dir == default_data_dir() else f" --data-dir {data_dir}"
    return f"daytona-local serve{options}"
