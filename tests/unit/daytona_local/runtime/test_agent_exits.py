"""What the agent's two kinds of messages, answers and exits, mean in either order."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
from daytona_local.runtime.agent import Agent, Process
from daytona_local.runtime.agent_program import receive, send


@pytest.fixture
async def ends() -> AsyncIterator[tuple[Agent, socket.socket]]:
    """Return an agent as the server sees it, and the other end of its channel."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    agent = Agent(ours, "/home/daytona")
    yield agent, theirs
    agent.close()
    theirs.close()


async def started(agent: Agent, inside: socket.socket, *, first: str) -> Process:
    """Return a process whose agent tells of its start and of its end in this order."""
    spawning = asyncio.create_task(agent.spawn(["true"], {}, None, (0, 1, 2)))
    await asyncio.sleep(0)
    received = receive(inside)
    assert received is not None
    messages = [{"id": received[0]["id"], "pid": 7}, {"exit": 7, "code": 3}]
    for message in messages if first == "start" else reversed(messages):
        send(inside, message)
    return await asyncio.wait_for(spawning, 5)


@pytest.mark.parametrize("first", ["start", "end"])
async def test_a_process_has_its_exit_code_whichever_message_comes_first(
    ends: tuple[Agent, socket.socket], first: str
) -> None:
    process = await started(*ends, first=first)

    assert 3 == await asyncio.wait_for(process.ended, 5)


async def test_a_process_id_that_is_used_again_has_an_exit_of_its_own(
    ends: tuple[Agent, socket.socket],
) -> None:
    agent, inside = ends
    await (await started(agent, inside, first="end")).ended

    again = await started(agent, inside, first="start")

    assert 3 == await asyncio.wait_for(again.ended, 5)
