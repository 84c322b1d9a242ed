"""`daytona-local ls`: the sandboxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from daytona_httpx import ListSandboxesQuery, Sandbox, SandboxState
from rich.text import Text

from daytona_local.cli.connection import connected
from daytona_local.cli.output import CommandError, clean, print_json, stdout, table

_STYLES = {"started": "green", "error": "bold red", "build_failed": "bold red"}
_FIELDS = (
    "id name state snapshot labels cpu memory disk auto_stop_interval auto_archive_interval "
    "auto_delete_interval created_at last_activity_at error_reason"
)


def run(data_dir: Path, states: Sequence[str], labels: Mapping[str, str], *, as_json: bool) -> None:
    """Print the sandboxes in some states and with some labels; all when none are named.

    Raises:
        CommandError: There is no such state, or no server.
    """
    for state in states:
        if state not in [known.value for known in SandboxState]:
            raise CommandError(f"there is no state {state!r}; the most frequent are started and stopped")
    query = ListSandboxesQuery(states=states or None, labels=labels or None, sort="name", order="asc")
    with connected(data_dir) as server:
        found, now = list(server.daytona.list(query)), next(server.happenings())
    timers = {sandbox["id"]: min(sandbox["timers"], key=_at, default=None) for sandbox in now["sandboxes"]}
    if as_json:
        print_json([{**_facts(sandbox), "next_timer": timers.get(sandbox.id)} for sandbox in found])
    elif found:
        rows = [_row(sandbox, _left(timers.get(sandbox.id), now["now"])) for sandbox in found]
        stdout().print(table("NAME", "STATE", "CPU", "MEMORY", "DISK", "NEXT TIMER", "LABELS", rows=rows))
    else:
        stdout().print("no sandboxes")


def _at(timer: dict[str, Any]) -> float:
    return float(timer["at"])


def _left(timer: dict[str, Any] | None, now: float) -> str:
    """Return what a timer does, and how long from now."""
    if timer is None:
        return "-"
    minutes, seconds = divmod(max(int(_at(timer) - now), 0), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = (f"{days} d", f"{hours} h", f"{minutes} min", f"{seconds} s")
    first = next((place for place, count in enumerate((days, hours, minutes)) if count), 3)
    return f"{timer['name']} in {' '.join(parts[first : first + 2])}"


def _row(sandbox: Sandbox, timer: str) -> list[str | Text]:
    state = str(sandbox.state)
    return [
        sandbox.name,
        Text(clean(state), style=_STYLES.get(state, "yellow")),
        str(sandbox.cpu),
        f"{sandbox.memory} GiB",
        f"{sandbox.disk} GiB",
        timer,
        " ".join(f"{key}={value}" for key, value in sandbox.labels.items()),
    ]


def _facts(sandbox: Sandbox) -> dict[str, Any]:
    return sandbox.model_dump(mode="json", include=set(_FIELDS.split()))
