"""Remember what a test's clients make in an account, so that just this is removed when the test has ended."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import httpx
from daytona_httpx import DaytonaError, DaytonaNotFoundError

if TYPE_CHECKING:
    from daytona_httpx import AsyncDaytona, Daytona

SANDBOX, SNAPSHOT = "sandbox", "snapshots"
_COLLECTIONS = {SANDBOX, SNAPSHOT, "volumes", "secret", "warm-pools", "docker-registry"}
"""What POST makes one of, and DELETE with its id takes away."""


class MadeInTest:
    """Hold what the clients of one test have made."""

    def __init__(self) -> None:
        self._made: list[tuple[str, str]] = []

    def watch(self, client: Daytona) -> None:
        """Remember what a client makes from now on."""
        prefix = urlsplit(client.api_url).path

        def note(response: httpx.Response) -> None:
            if (place := _made_at(prefix, response)) is not None:
                response.read()
                self._note(place, response)

        client._transport._client.event_hooks["response"].append(note)

    def watch_async(self, client: AsyncDaytona) -> None:
        """Remember what an async client makes from now on."""
        prefix = urlsplit(client.api_url).path

        async def note(response: httpx.Response) -> None:
            if (place := _made_at(prefix, response)) is not None:
                await response.aread()
                self._note(place, response)

        client._transport._client.event_hooks["response"].append(note)

    def remove(self, client: Daytona) -> list[str]:
        """Remove it all, the newest first, and return why what is left could not be removed."""
        reasons = []
        while self._made:
            collection, name = self._made.pop()
            try:
                _remove(client, collection, name)
            except DaytonaNotFoundError:
                continue  # the test has removed it
            except DaytonaError as error:
                reasons.append(f"{collection} {name}: {error}")
        return reasons

    def _note(self, collection: str, response: httpx.Response) -> None:
        self._made.append((collection, _name(response)))


def _made_at(prefix: str, response: httpx.Response) -> str | None:
    """Return the collection that something was added to; None when nothing was."""
    if response.request.method != "POST" or not response.is_success:
        return None
    path = response.request.url.path.removeprefix(prefix).strip("/")
    if path in _COLLECTIONS:
        return path
    if path.startswith("sandbox/"):
        return {"fork": SANDBOX, "snapshot": SNAPSHOT}.get(path.split("/", 2)[-1])
    return None


def _name(response: httpx.Response) -> str:
    """Return what the new thing is found by; a sandbox's snapshot is answered with the sandbox."""
    if response.request.url.path.endswith("/snapshot"):
        return str(json.loads(response.request.content)["name"])
    return str(json.loads(response.content)["id"])


def _remove(client: Daytona, collection: str, name: str) -> None:
    if collection == SANDBOX:
        client.get(name).delete(wait=True)  # a volume can go when no sandbox has it any more
    elif collection == SNAPSHOT:
        client.snapshot.delete(name)
    else:
        client._transport.api("DELETE", f"/{collection}/{quote(name, safe='')}")
