"""Fixtures: a small disk of its own, and a server that is watched while its machine runs out of something."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from daytona_httpx import Daytona

SERVE = [sys.executable, "-m", "daytona_local", "serve", "--port", "0", "--json"]
LIMIT_S = 60


@dataclass
class Watched:
    """Hold a server that runs as a process of its own.

    Args:
        process: Its process.
        said: What it announced.
        log: What it writes to its standard error.
    """

    process: subprocess.Popen[str]
    said: dict[str, Any]
    log: Path

    @property
    def pid(self) -> int:
        """Return the id of its process."""
        return self.process.pid

    def client(self) -> Daytona:
        """Return a new client of it."""
        return Daytona(api_key=self.said["api_key"], api_url=self.said["url"])

    def lines(self) -> list[str]:
        """Return what it has logged; each line is its own and whole, never part of a traceback."""
        lines = self.log.read_text().splitlines()
        assert all(line.startswith("daytona-local: ") for line in lines), "\n".join(lines)
        return lines


Serving = Callable[..., contextlib.AbstractContextManager[Watched]]


@contextlib.contextmanager
def serve(log: Path, command: Sequence[str], env: dict[str, str] | None = None) -> Iterator[Watched]:
    """Run a server's command, and kill it afterwards."""
    with (
        log.open("a") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=env) as process,
    ):
        try:
            assert process.stdout is not None
            yield Watched(process, json.loads(process.stdout.readline()), log)
        finally:
            process.kill()


@pytest.fixture
def serving(tmp_path: Path) -> Serving:
    """Return what runs a server: its data folder, words before its command, its environment and options."""

    def run(
        folder: Path, *options: str, before: Sequence[str] = (), env: dict[str, str] | None = None
    ) -> contextlib.AbstractContextManager[Watched]:
        return serve(tmp_path / "server.log", [*before, *SERVE, "--data-dir", str(folder), *options], env)

    return run


def refused_to_serve(
    folder: Path, *options: str, before: Sequence[str] = (), env: dict[str, str] | None = None
) -> str:
    """Return the one line with which a server says that it can't begin."""
    command = [*before, *SERVE, "--data-dir", str(folder), *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False, env=env)
    assert 1 == done.returncode, done
    (line,) = done.stderr.splitlines()
    assert line.startswith("daytona-local: ")
    return line


def eventually(found: Callable[[], bool]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + LIMIT_S
    while not found():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@dataclass(frozen=True)
class SmallDisk:
    """Hold a disk that only programs in a mount namespace of its own see.

    Args:
        enter: The words before a command that lead into the namespace.
        folder: Where the disk is in there.
        outside: Where it is for everyone else.
    """

    enter: Sequence[str]
    folder: Path
    outside: Path

    def fill(self) -> None:
        """Leave not a byte."""
        with (self.outside / "filling").open("wb", 0) as file, contextlib.suppress(OSError):
            while True:
                file.write(b"\0" * 4096)

    def free(self) -> None:
        """Make room again."""
        (self.outside / "filling").unlink()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """Return a disk of 24 MiB; needs a kernel that lets this user mount one."""
    folder = tmp_path / "disk"
    folder.mkdir(mode=0o700)
    mount = 'mount -t tmpfs -o size=24m,mode=700 none "$0" && echo ready && exec sleep infinity'
    command = ["unshare", "--map-root-user", "--mount", "--", "sh", "-c", mount, str(folder)]
    with ExitStack() as stack:
        holder = stack.enter_context(
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        )
        stack.callback(holder.kill)
        assert holder.stdout is not None
        assert holder.stderr is not None
        if holder.stdout.readline() != "ready\n":
            pytest.skip(f"no disk of its own can be mounted here: {holder.stderr.read().strip()}")
        enter = ["nsenter", f"--target={holder.pid}", "--user", "--mount", "--preserve-credentials", "--"]
        yield SmallDisk(enter, folder, Path(f"/proc/{holder.pid}/root{folder}"))
