"""Many sandboxes that start together: a few at a time, so that each is ready in its time."""

from __future__ import annotations

import asyncio
import socket

import pytest
from daytona_local.records import Sandbox
from daytona_local.runtime import Agent
from daytona_local.runtime.bubblewrap import BubblewrapRuntime
from daytona_local.toolbox.commands import run_command

from tests.unit.daytona_local.conftest import boot

pytestmark = pytest.mark.anyio

CROWD, AT_ONCE = 6, 2


async def test_a_crowd_starts_in_turns_and_all_of_it_runs(
    runtime: BubblewrapRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    starting, most = set[int](), [0]

    class Counted(Agent):
        """Take note of how many are on their way at once."""

        def __init__(self, channel: socket.socket, home: str, workdir: str | None = None) -> None:
            super().__init__(channel, home, workdir)
            starting.add(id(self))
            most.append(len(starting))
            self.ready.add_done_callback(lambda _: starting.discard(id(self)))

    monkeypatch.setattr("daytona_local.runtime.boot.Agent", Counted)
    monkeypatch.setattr(runtime._boots, "_turns", asyncio.Semaphore(AT_ONCE))

    boxes = await asyncio.gather(*(boot(runtime, Sandbox(name=f"{number}")) for number in range(CROWD)))
    done = await asyncio.gather(*(run_command(box, ["echo", "hi"]) for box in boxes))

    assert AT_ONCE == max(most)
    assert ["hi\n"] * CROWD == [one.text for one in done]
