"""A sandbox as the state keeps it: what the API tells in another shape than the program."""

from __future__ import annotations

import pytest
from pulumi_daytona.core.resources.sandbox import SANDBOX

from tests.unit.pulumi_daytona.resources.stack import Stack

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("given", "by_hand", "expected"),
    [(60, None, 60), (60, 10, 10), (60, 0, 0), (0, None, 0), (0, 10, 10), (None, 10, None)],
)
async def test_another_time_to_live_is_seen_by_the_end_that_the_api_tells(
    stack: Stack, given: int | None, by_hand: int | None, expected: int | None
) -> None:
    box = await stack.up(SANDBOX, ttl_minutes=given)
    if by_hand is not None:
        await (await stack.session.client.get(box.id)).set_ttl(by_hand)
    assert await stack.refresh() is not None
    assert expected == box.state.get("ttl_minutes")

    await stack.up(SANDBOX, ttl_minutes=given)
    assert bool(given or (given is None and by_hand)) == bool(box.state["auto_destroy_at"])
    stack.transport.requests.clear()
    await stack.refresh()
    await stack.up(SANDBOX, ttl_minutes=given)
    assert [] == stack.transport.changes
    await stack.destroy()
