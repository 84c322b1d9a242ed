"""The local server's control plane, as tests use it: faults, the clock, and the journal of requests."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import httpx
from daytona_local import LocalDaytona

_ID = re.compile(r"/[0-9a-f]{8}-[0-9a-f-]{27}(?=/|$)")
_NAME = re.compile(r"/[A-Za-z][\w-]*-[0-9a-f]{7}(-[0-9a-f]{8})?(-\d+)?(?=/|$)")


@dataclass(frozen=True)
class Control:
    """Arrange what goes wrong, and read what was asked.

    Args:
        server: The server, which serves its control plane.
    """

    server: LocalDaytona
    _client: httpx.Client = field(default_factory=httpx.Client)

    def fault(self, **fault: Any) -> None:
        """Ask for a fault."""
        self._ask("POST", "faults", fault)

    def is_met(self) -> bool:
        """Tell whether every fault has happened."""
        return bool([] == self.faults())

    def faults(self) -> list[dict[str, Any]]:
        """Return the faults that are still to come, and how many requests have met each."""
        faults: list[dict[str, Any]] = self._ask("GET", "faults").json()
        return faults

    def clear(self) -> None:
        """Let everything go well, and forget the requests so far."""
        self._ask("DELETE", "faults")
        self._ask("DELETE", "journal")

    def requests(self) -> list[str]:
        """Return the requests in the order of their answers, ids and names as ``*``."""
        entries = self._ask("GET", "journal").json()
        return [f"{entry['method']} {_plain(entry['path'])}" for entry in entries]

    def changes(self) -> list[str]:
        """Return the requests that may change something."""
        return [asked for asked in self.requests() if not asked.startswith("GET")]

    def move_clock(self, seconds: float) -> None:
        """Move the time of a server with a manual clock on."""
        self._ask("POST", "clock", {"seconds": seconds})

    def reset(self) -> None:
        """Remove all that the server holds, the faults and the journal."""
        self._ask("POST", "reset")

    def close(self) -> None:
        """Give the connection back."""
        self._client.close()

    def _ask(self, method: str, what: str, body: dict[str, Any] | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.server.api_key}"}
        answer = self._client.request(method, f"{self.server.url}/_local/{what}", json=body, headers=headers)
        return answer.raise_for_status()


def _plain(path: str) -> str:
    return _NAME.sub("/*", _ID.sub("/*", path.removeprefix("/api")))
