"""The run file: where the server of a data folder answers, for the commands that look for it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from daytona_local.data_dir import write_private

NAME = "server.json"


@dataclass(frozen=True)
class RunFile:
    """Hold where a server answers; the key is not in it.

    Args:
        pid: Its process.
        url: Where it answers, without a path.
        ssh_port: The loopback port for ``ssh``.
        started_at: Since when it answers, in seconds since 1970.
        version: The version of daytona-local.
    """

    pid: int
    url: str
    ssh_port: int
    started_at: float
    version: str

    @property
    def api_url(self) -> str:
        """Return what a client takes as its API URL."""
        return f"{self.url}/api"

    @property
    def dashboard_url(self) -> str:
        """Return the page to look at, without the key."""
        return f"{self.url}/dashboard"

    def write(self, data_dir: Path) -> None:
        """Put it into a data folder."""
        write_private(data_dir / NAME, json.dumps(asdict(self)) + "\n")


def read_run_file(data_dir: Path) -> RunFile | None:
    """Return the run file of a data folder, None where there is none that can be read.

    A server that was killed leaves its own: only the folder's lock tells whether it is still there.
    """
    try:
        found = json.loads((data_dir / NAME).read_text(encoding="utf-8"))
        return RunFile(**found)
    except (FileNotFoundError, NotADirectoryError, ValueError, TypeError):
        return None


def remove_run_file(data_dir: Path) -> None:
    """Remove the run file; none is fine."""
    (data_dir / NAME).unlink(missing_ok=True)
