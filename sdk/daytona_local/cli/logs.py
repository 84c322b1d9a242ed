"""`daytona-local logs`: what a sandbox wrote, or what was asked of the server."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from daytona_httpx import Sandbox
from rich.text import Text

from daytona_local.cli.connection import Connected, connected, sandbox_named, started_sandbox
from daytona_local.cli.output import CommandError, clean, stdout

_STREAMS = ("stdout", "stderr")


def journal(data_dir: Path, *, follow: bool, as_json: bool) -> None:
    """Print the requests that the server has answered; with ``follow``, those to come too.

    Raises:
        CommandError: No server runs, or it ended.
    """
    console = stdout()
    console.soft_wrap = True
    with connected(data_dir) as server:
        for request in _followed(server) if follow else server.get("/_local/journal").json():
            if as_json:
                print(json.dumps(request), flush=True)
            else:
                console.print(_line(request))


def of_sandbox(data_dir: Path, name: str, *, build: bool, follow: bool, as_json: bool) -> None:
    """Print what a sandbox's entry point wrote, or its build; with ``follow``, what is to come too.

    Raises:
        CommandError: There is no such sandbox, it doesn't run, or it was not built.
    """
    with connected(data_dir) as server:
        if build:
            _build(server, sandbox_named(server.daytona, name), _writer("stdout", as_json), follow=follow)
            return
        process = started_sandbox(server.daytona, name, start=False).process
        out, err = (_writer(stream, as_json) for stream in _STREAMS)
        if follow:
            process.get_entrypoint_logs_async(out, err)
        else:
            said = process.get_entrypoint_logs()
            out(said.stdout or "")
            err(said.stderr or "")


def _followed(server: Connected) -> Iterator[dict[str, Any]]:
    """Yield the newest requests, and then each one as it is answered."""
    for happening in server.happenings():
        if happening["type"] == "hello":
            yield from happening["requests"]
        elif happening["type"] == "request":
            yield happening["request"]


def _line(request: dict[str, Any]) -> Text:
    status = request["status"]
    style = "bold red" if status >= 500 or not status else "yellow" if status >= 400 else "green"
    at = datetime.fromtimestamp(request["at"]).astimezone()
    return Text.assemble(
        (f"{at:%H:%M:%S} ", "dim"),
        (f"{status or 'cut':>3} ", style),
        f"{request['seconds'] * 1000:7.1f} ms  {request['method']:<6} {clean(request['path'])}",
    )


def _build(server: Connected, sandbox: Sandbox, write: Callable[[str], None], *, follow: bool) -> None:
    params = {"follow": "true"} if follow else {}
    with server.http.stream(
        "GET", f"/api/sandbox/{sandbox.id}/build-logs", params=params, timeout=None
    ) as log:
        if log.status_code == httpx.codes.NOT_FOUND:
            raise CommandError(
                f'sandbox "{sandbox.name}" has no build log: its image was there, or the build has not begun'
            )
        log.raise_for_status()
        for piece in log.iter_text():
            write(piece)


def _writer(stream: str, as_json: bool) -> Callable[[str], None]:
    return partial(_write_json, stream) if as_json else partial(write_text, stream)


def write_text(stream: str, text: str) -> None:
    """Write what a sandbox wrote, as it is, to standard output (``stdout``) or error (``stderr``)."""
    target = getattr(sys, stream)
    target.write(text)
    target.flush()


def _write_json(stream: str, text: str) -> None:
    if text:
        print(json.dumps({"stream": stream, "text": text}), flush=True)
