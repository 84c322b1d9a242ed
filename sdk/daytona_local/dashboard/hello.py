"""What a reader is told at first: all that there is now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from daytona_httpx import __version__

from daytona_local.dashboard.lines import in_json, shown
from daytona_local.services import Services

REQUESTS = 500
"""How many of the newest requests it tells of."""

PIECE = 100
"""How many sandboxes are put into words before others have their turn."""


def hello(parts: Services) -> Iterator[bytes]:
    """Yield the line in pieces: the server, the newest requests, and every sandbox."""
    yield in_json(_greeting(parts)).removesuffix(b"}") + b',"sandboxes":['
    sandboxes = [sandbox for sandbox in parts.sandboxes if not sandbox.is_hidden]
    for first in range(0, len(sandboxes), PIECE):
        piece = (in_json(shown(one, parts.base_url)) for one in sandboxes[first : first + PIECE])
        yield (b"," if first else b"") + b",".join(piece)
    yield b"]}\n"


def _greeting(parts: Services) -> dict[str, Any]:
    return {
        "type": "hello",
        "now": parts.settings.clock.now(),
        "server": {
            "version": __version__,
            "runtime": parts.runtime.name,
            "limits": dict(parts.runtime.limits),
            "url": parts.base_url,
            "ssh_port": parts.ssh_gateway.port,
        },
        "requests": [entry.as_json() for entry in parts.journal.newest(REQUESTS)],
    }
