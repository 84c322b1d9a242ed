"""Run the command: in this process where nothing is lost by that, else as a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from daytona_httpx import Daytona
from daytona_local import LocalDaytona
from daytona_local.cli import main
from daytona_local.data_dir import kept_key
from daytona_local.run_file import RunFile

COMMAND = [sys.executable, "-m", "daytona_local"]
LIMIT_S = 60


@dataclass(frozen=True)
class Outcome:
    """Hold how a command ended, and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return what it printed as JSON."""
        return json.loads(self.out)

    @property
    def line(self) -> str:
        """Return the only line of errors, of one that failed and printed nothing else."""
        [line] = self.err.splitlines()
        assert "" == self.out
        assert line.startswith("daytona-local: ")
        return line.removeprefix("daytona-local: ")


class Cli:
    """Run the command in this process, on one data folder."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self._capsys = capsys
        self.folder = folder

    def __call__(self, *args: object) -> Outcome:
        """Run it; the data folder is added."""
        end = args.index("--") if "--" in args else len(args)
        return self.bare(*args[:end], "--data-dir", self.folder, *args[end:])

    def bare(self, *args: object) -> Outcome:
        """Run it with these arguments only."""
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        said = self._capsys.readouterr()
        return Outcome(int(ended.value.code or 0), said.out, said.err)


@dataclass(frozen=True)
class Here:
    """Hold a server in this process that the commands find, and a client of it."""

    folder: Path
    server: LocalDaytona
    client: Daytona


@contextlib.contextmanager
def serving_here(folder: Path) -> Iterator[Here]:
    """Run a server in this process that the commands find by its data folder."""
    folder.mkdir(mode=0o700, exist_ok=True)
    with LocalDaytona(folder, api_key=kept_key(folder)) as server:
        RunFile(os.getpid(), server.url, 0, time.time(), "0").write(folder)
        with Daytona(api_key=server.api_key, api_url=server.api_url) as client:
            yield Here(folder, server, client)


def run(*args: object, given: str | bytes = "", **variables: str) -> Outcome:
    """Run the command as a process of its own, with something piped to it."""
    data = given.encode() if isinstance(given, str) else given
    done = subprocess.run(
        [*COMMAND, *map(str, args)],
        input=data,
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, **variables},
    )
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


@contextlib.contextmanager
def started(*args: object) -> Iterator[subprocess.Popen[str]]:
    """Start the command as a process of its own; it is gone when the block ends."""
    with subprocess.Popen(
        [*COMMAND, *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_heed_ctrl_c,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def line_of(process: subprocess.Popen[str]) -> str:
    """Return the next line that a command prints."""
    assert process.stdout is not None
    return process.stdout.readline()


def _heed_ctrl_c() -> None:
    """Heed it even where these tests run in the background of a shell, which has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """Run the command on a terminal of its own.

    Args:
        args: Its arguments.
        variables: More environment variables.
    """

    def __init__(self, *args: object, **variables: str) -> None:
        self.seen = b""
        environment = {**os.environ, "TERM": "xterm-256color", **variables}
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execve(COMMAND[0], [*COMMAND, *map(str, args)], environment)

    def write(self, keys: bytes) -> None:
        """Type something."""
        os.write(self.fd, keys)

    def until(self, text: bytes) -> bytes:
        """Return all that is shown up to a text."""
        deadline = time.monotonic() + LIMIT_S
        while text not in self.seen:
            assert time.monotonic() < deadline, self.seen
            assert self._read(), self.seen
        shown, found, self.seen = self.seen.partition(text)
        return shown + found

    def end(self) -> int:
        """Return the exit status, once all has been shown."""
        deadline = time.monotonic() + LIMIT_S
        while self._read():
            assert time.monotonic() < deadline, self.seen
        os.close(self.fd)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def _read(self) -> bool:
        """Take what is shown within a second; tell whether there may be more."""
        if select.select([self.fd], [], [], 1)[0]:
            try:
                self.seen += os.read(self.fd, 65536)
            except OSError:
                return False
        return True
