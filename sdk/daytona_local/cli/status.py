"""`daytona-local status`: whether a server runs, and what it has."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.text import Text

from daytona_local.cli.connection import Connected, connected
from daytona_local.cli.disk import disk_bytes
from daytona_local.cli.output import NOT_RUNNING, bytes_text, clean, print_json, stdout
from daytona_local.data_dir import check_owner, is_locked
from daytona_local.run_file import read_run_file

PARTS = {"database": ("daytona.db", "daytona.db-wal"), "sandboxes": ("sandboxes",),
         "snapshots": ("snapshots",), "volumes": ("volumes",)}  # fmt: skip


def run(data_dir: Path, *, as_json: bool) -> int:
    """Print how things are, and return the exit status; raises as ``connected`` for a server that hangs."""
    if data_dir.exists():
        check_owner(data_dir)
    facts: dict[str, Any] = {"running": is_locked(data_dir), "data_dir": str(data_dir)}
    if facts["running"]:
        with connected(data_dir) as server:
            facts |= _of_server(server)
    else:
        facts["was_killed"] = read_run_file(data_dir) is not None
    facts["disk_bytes"] = {
        part: sum(disk_bytes(data_dir / name) for name in names) for part, names in PARTS.items()
    }
    if as_json:
        print_json(facts)
    else:
        _show(facts)
    return 0 if facts["running"] else NOT_RUNNING


def _of_server(server: Connected) -> dict[str, Any]:
    found, ready = server.found, server.daytona.system.check_ready()
    return {
        "url": found.api_url,
        "dashboard_url": found.dashboard_url,
        "pid": found.pid,
        "since": datetime.fromtimestamp(found.started_at, UTC).isoformat(timespec="seconds"),
        "version": found.version,
        "ssh_port": found.ssh_port,
        "runtime": ready.model_dump().get("runtime"),
        "sandboxes": Counter(str(sandbox.state) for sandbox in server.daytona.list()),
    }


def _show(facts: dict[str, Any]) -> None:
    console = stdout()
    console.soft_wrap = True
    if facts["running"]:
        console.print(Text("running", style="bold green"), f"since {facts['since']}, pid {facts['pid']}")
        states = ", ".join(f"{count} {state}" for state, count in sorted(facts["sandboxes"].items()))
        rows = {
            "API": facts["url"],
            "dashboard": facts["dashboard_url"],
            "runtime": facts["runtime"],
            "SSH port": facts["ssh_port"],
            "sandboxes": states or "none",
        }
    else:
        console.print(Text("not running", style="bold red"), "(it was killed)" if facts["was_killed"] else "")
        rows = {}
    sizes = ", ".join(f"{part} {bytes_text(size)}" for part, size in facts["disk_bytes"].items())
    for name, value in {**rows, "data folder": facts["data_dir"], "on disk": sizes}.items():
        console.print(f"{name:<12}{clean(str(value))}")
