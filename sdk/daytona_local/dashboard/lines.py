"""What the dashboard is told as things happen: one JSON object a line."""

from __future__ import annotations

import json
from typing import Any

from daytona_local.api.wire import sandbox_item
from daytona_local.journal import Entry
from daytona_local.records import Sandbox
from daytona_local.timers import running


def sandbox_line(sandbox: Sandbox, base_url: str, now: float) -> bytes:
    """Return the line of a sandbox that is new, changed or gone."""
    if sandbox.is_hidden:
        return _line({"type": "gone", "id": sandbox.id})
    return _line({"type": "sandbox", "now": now, "sandbox": shown(sandbox, base_url)})


def request_line(entry: Entry) -> bytes:
    """Return the line of a request that has been answered."""
    return _line({"type": "request", "request": entry.as_json()})


def alive_line(now: float) -> bytes:
    """Return the line that tells the time when there is nothing else to tell."""
    return _line({"type": "alive", "now": now})


def shown(sandbox: Sandbox, base_url: str) -> dict[str, Any]:
    """Return a sandbox as the API lists it, with its timers and its history."""
    return {
        **sandbox_item(sandbox, base_url),
        "timers": [{"name": timer.name, "at": timer.at} for timer in running(sandbox)],
        "history": [{"state": state, "at": at} for state, at in sandbox.history],
    }


def in_json(value: dict[str, Any]) -> bytes:
    """Return an object in compact JSON."""
    return json.dumps(value, separators=(",", ":")).encode()


def _line(value: dict[str, Any]) -> bytes:
    return in_json(value) + b"\n"
