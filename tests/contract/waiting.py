"""Wait for what a server does in the background."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.contract.conftest import Api


async def state_of(api: Api, path: str) -> str:
    """Return the state of what is at a path, "gone" where nothing is."""
    answer = await api.call("GET", path)
    return str(answer.json().get("state")) if answer.status_code == 200 else "gone"


async def becomes(api: Api, path: str, state: str) -> dict[str, Any]:
    """Wait until what is at a path is in a state, and return it; real processes take their time."""
    for _ in range(2000):
        if await state_of(api, path) == state:
            found: dict[str, Any] = (await api.call("GET", path)).json()
            return found
        await asyncio.sleep(0.01)
    raise AssertionError(f"it never was {state}: {(await api.call('GET', path)).text}")


async def passes(api: Api) -> None:
    """Let a transition that was begun come to its end: it takes a second of the server's clock."""
    await settled(api)
    api.clock.advance(1)
    await settled(api)


async def settled(api: Api) -> None:
    """Let the server come to rest: what is due has been done when requests are answered again."""
    for _ in range(20):
        await api.call("GET", "/health")
        await asyncio.sleep(0.005)
