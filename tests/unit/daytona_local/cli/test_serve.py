"""`serve`: where the other commands find it, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.unit.daytona_local.cli.commands import LIMIT_S, Cli, line_of, started

HEAVY = ("asyncssh", "daytona_local.server", "httpx", "pydantic.main", "sqlite3", "starlette", "uvicorn")


@contextmanager
def serving(folder: Path) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """Run `serve` as a process of its own, and what it said."""
    with started("serve", "--port", "0", "--json", "--data-dir", folder) as process:
        yield process, json.loads(line_of(process))


def test_a_server_is_found_by_its_run_file_and_seen_as_killed_afterwards(cli: Cli) -> None:
    file = cli.folder / "server.json"
    with serving(cli.folder) as (process, said):
        found = json.loads(file.read_text())
        assert (process.pid, said["url"]) == (found["pid"], f"{found['url']}/api")
        assert 0o600 == stat.S_IMODE(file.stat().st_mode)
        assert said["api_key"] not in file.read_text()
        assert f"{found['url']}/dashboard#{said['api_key']}" == said["dashboard_url"]

        second = cli("serve", "--port", "0")
        assert 1 == second.status
        assert f"runs in {cli.folder} already: {said['url']} (pid {process.pid})" in second.line

        status = cli("status", "--json")
        assert (0, True, process.pid, said["url"], "bubblewrap", {}) == (
            status.status, *(status.json[name] for name in ("running", "pid", "url", "runtime", "sandboxes"))
        )  # fmt: skip
        process.send_signal(signal.SIGKILL)
        process.wait(LIMIT_S)

    status = cli("status", "--json")
    assert (3, False, True) == (status.status, status.json["running"], status.json["was_killed"])
    assert f"(pid {process.pid}) was killed; start it again" in cli("ls").line
    with serving(cli.folder) as (process, said):  # what is stale stops nobody
        assert process.pid == json.loads(file.read_text())["pid"]
        process.send_signal(signal.SIGINT)
        assert 0 == process.wait(LIMIT_S)
    assert not file.exists()
    status = cli("status", "--json")
    assert (3, False) == (status.status, status.json["was_killed"])


def test_a_port_that_is_taken_is_one_line_that_says_who_has_it(cli: Cli) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        taken = cli("serve", "--port", port)
    assert 1 == taken.status
    assert taken.line.startswith(f"serve on port {port}: ")
    assert f"(pid {os.getpid()}) has it; take another --port" in taken.line


def test_help_loads_nothing_of_the_server_or_the_client() -> None:
    program = (
        "import sys; from daytona_local.cli import main\n"
        "try: main(['--help'])\n"
        f"except SystemExit: print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "serve" in done.stdout
    assert "[]" == done.stderr.strip()
