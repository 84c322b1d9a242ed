"""Nothing of a sandbox is left behind by who was cancelled while it ended."""

from __future__ import annotations

import asyncio
import contextlib

import pytest
from daytona_local.records import Sandbox
from daytona_local.runtime.bubblewrap import BubblewrapRuntime

from tests.unit.daytona_local.conftest import spec_of

pytestmark = pytest.mark.anyio


async def test_a_stop_that_is_broken_off_ends_the_sandbox_all_the_same(runtime: BubblewrapRuntime) -> None:
    spec = spec_of(Sandbox(name="a"))
    await runtime.create(spec)
    await runtime.start(spec)
    agent = runtime.agent(spec.id)
    stopping = asyncio.create_task(runtime.stop(spec.id))
    await asyncio.sleep(0)
    stopping.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await stopping
    assert agent.closed.done()
