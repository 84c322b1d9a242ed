"""A replacement that the user forces: the engine says what it has only when it deletes it."""

from __future__ import annotations

from typing import Any

import pytest
from daytona_local.settings import DEFAULT_SNAPSHOT

from tests.rpc.engine import Engine

KINDS: dict[str, dict[str, Any]] = {
    "ApiKey": {"permissions": ["write:sandboxes"]},
    "Secret": {"value": "x"},
    "Snapshot": {"image": DEFAULT_SNAPSHOT},
    "Volume": {},
}


@pytest.mark.parametrize("kind", KINDS)
async def test_what_a_create_has_taken_over_stays_when_the_engine_deletes_the_predecessor(
    engine: Engine, kind: str
) -> None:
    first = await engine.create(kind, KINDS[kind])
    second = await engine.create(kind, KINDS[kind])
    assert first == second
    await engine.delete(kind, first)
    assert second == (await engine.read(kind, second)).id
