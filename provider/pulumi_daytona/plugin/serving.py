"""Serve until the engine is done with us, or is gone."""

from __future__ import annotations

import asyncio
import signal
from typing import Final

import grpc.aio

from pulumi_daytona.plugin.protocol import provider_pb2_grpc
from pulumi_daytona.plugin.servicer import Servicer
from pulumi_daytona.plugin.watchdog import EVERY_S, gone

_OPTIONS: Final = (("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1))
_GRACE_S: Final = 3.0
"""How long answers that are on their way are waited for: the engine kills after five seconds."""


async def serve(engine_address: str | None, every_s: float = EVERY_S) -> None:
    """Serve on a free port of this machine, which is the first line of the output, until it is over.

    Args:
        engine_address: Where the engine listens; None when it attaches later.
        every_s: Seconds between two looks whether it is still there.
    """
    servicer, server = Servicer(engine_address), grpc.aio.server(options=_OPTIONS)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    over = _signalled()
    print(port, flush=True)
    ends = [
        asyncio.create_task(gone(lambda: servicer.engine_address, every_s)),
        asyncio.create_task(over.wait()),
    ]
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    for end in ends:
        end.cancel()
    servicer.cancel()
    await server.stop(_GRACE_S)
    await servicer.close()


def _signalled() -> asyncio.Event:
    """Return what is set when the process is to end; the engine interrupts it, others terminate it."""
    over, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(over.set))
    return over
