"""Tell the engine what is going on: its display shows it in the line of the resource."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any, Final, cast

import grpc.aio
from google.protobuf.empty_pb2 import Empty

from pulumi_daytona.plugin.protocol import engine_pb2, engine_pb2_grpc

_SEVERITIES: Final = (
    (logging.ERROR, engine_pb2.ERROR),
    (logging.WARNING, engine_pb2.WARNING),
    (logging.INFO, engine_pb2.INFO),
)
_LOG_S: Final = 5.0
"""How long the engine has to take a message."""

_LOGGERS: Final = ("pulumi_daytona", "daytona_httpx")

resource_urn: ContextVar[str] = ContextVar("resource_urn", default="")
"""The URN of the resource that is being worked on."""


class EngineLog:
    """Send messages to the engine, in order, while the work goes on.

    A message that the engine doesn't take is dropped: nobody is there to read it.

    Args:
        address: Where the engine listens.
    """

    def __init__(self, address: str) -> None:
        self._channel = grpc.aio.insecure_channel(address)
        self._log: Callable[..., Awaitable[Empty]] = cast(Any, engine_pb2_grpc.EngineStub(self._channel).Log)
        self._messages: asyncio.Queue[engine_pb2.LogRequest | asyncio.Event] = asyncio.Queue()
        self._sending = asyncio.create_task(self._send())

    def status(self, text: str) -> None:
        """Show what is going on now, until the next message."""
        self._put(engine_pb2.INFO, text, ephemeral=True)

    def log(self, text: str, level: int = logging.INFO) -> None:
        """Show what should stay to be read."""
        severity = next((found for least, found in _SEVERITIES if level >= least), engine_pb2.DEBUG)
        self._put(severity, text)

    async def flush(self) -> None:
        """Return when all that was said so far has been sent."""
        if self._sending.done():
            return
        sent = asyncio.Event()
        self._messages.put_nowait(sent)
        await sent.wait()

    async def close(self) -> None:
        """Send no more."""
        self._sending.cancel()
        while not self._messages.empty():
            left = self._messages.get_nowait()
            if isinstance(left, asyncio.Event):
                left.set()
        await self._channel.close(None)

    def _put(self, severity: engine_pb2.LogSeverity.ValueType, text: str, *, ephemeral: bool = False) -> None:
        urn = resource_urn.get()
        self._messages.put_nowait(
            engine_pb2.LogRequest(severity=severity, message=text, urn=urn, ephemeral=ephemeral)
        )

    async def _send(self) -> None:
        while True:
            message = await self._messages.get()
            if isinstance(message, asyncio.Event):
                message.set()
                continue
            try:
                await self._log(message, timeout=_LOG_S)
            except grpc.RpcError as error:
                logging.getLogger(__name__).debug("the engine takes no message: %s", error)


class EngineHandler(logging.Handler):
    """Hand what our packages log over to the engine.

    Args:
        log: Where to.
    """

    def __init__(self, log: EngineLog) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Hand one record over; it stays in the process where the engine is gone."""
        self._log.log(record.getMessage(), record.levelno)


def install(log: EngineLog) -> EngineHandler:
    """Let what our packages log go to the engine."""
    handler = EngineHandler(log)
    for name in _LOGGERS:
        logging.getLogger(name).addHandler(handler)
    return handler


def uninstall(handler: EngineHandler) -> None:
    """Undo ``install``."""
    for name in _LOGGERS:
        logging.getLogger(name).removeHandler(handler)
