"""Adapt the process that hosts Python's dynamic providers; each step leaves it alone when it is not as known.

The host (``python -m pulumi.dynamic``) serves at most four operations at once, prefixes every expected
error with a traceback, and outlives an engine that was killed. All three are mended here, from inside.
"""

from __future__ import annotations

import asyncio
import atexit
import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any, cast

from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2

from pulumi_daytona.core.errors import ProviderError

WORKERS = 256
"""How many operations may wait at once; most of a worker's time is waiting."""

_HOST = "pulumi.dynamic.__main__"
_WATCH_S = 2.0

logger = logging.getLogger(__name__)


def adapt() -> None:
    """Widen the host's worker pool, show expected errors in one line, and leave when the engine is gone.

    Call it from a provider's ``configure``, which runs in a worker of the pool. Outside the host (in a
    test, or in a program) it does nothing.
    """
    host = sys.modules.get("__main__")
    if getattr(getattr(host, "__spec__", None), "name", None) != _HOST or host is None:
        return
    if isinstance(getattr(host, "traceback", None), _OneLine):
        return  # done before, for a provider that could not be configured
    _widen_pool()
    _show_one_line(host)
    address = engine_address()
    if address is not None:
        threading.Thread(target=_leave_with_engine, args=address, name="engine-watch", daemon=True).start()


def with_unknowns(news: dict[str, Any]) -> dict[str, Any]:
    """Return the inputs of the check that is going on, with what is still unknown among them.

    The host reads a check's inputs so that unknown ones are lost (it keeps them for a diff). Its request has
    them still: it is read anew, from the host's own frame. Where that isn't found, the inputs stay as given.
    """
    frame = sys._getframe()
    while frame is not None:
        request = frame.f_locals.get("request")
        if frame.f_code.co_name == "Check" and isinstance(request, provider_pb2.CheckRequest):
            return dict(rpc.deserialize_properties(request.news, True))
        frame = frame.f_back  # type: ignore[assignment]
    return news


def engine_address() -> tuple[str, int] | None:
    """Return where the engine listens, the host's only argument; None when there is none."""
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "").rpartition(":")
    return (host, int(port)) if host and port.isdigit() else None


async def engine_alive() -> bool:
    """Tell whether the engine still listens; True where it can't be asked."""
    address = engine_address()
    return True if address is None else await _listens(*address)


def at_end(finish: Callable[[], None]) -> None:
    """Run something when the host ends in good order, while threads can still be started.

    ``atexit`` alone comes too late: by then executors take no more work, and names can't be resolved.
    """
    register = getattr(threading, "_register_atexit", atexit.register)
    register(finish)


def _widen_pool() -> None:
    """Raise the limit of the pool that runs this thread; its first argument is a reference to the pool."""
    arguments = getattr(threading.current_thread(), "_args", ())
    pool = arguments[0]() if arguments and callable(arguments[0]) else None
    if isinstance(pool, ThreadPoolExecutor) and isinstance(getattr(pool, "_max_workers", None), int):
        pool._max_workers = max(pool._max_workers, WORKERS)
    else:
        logger.warning("the dynamic provider stays at four operations at once: its host is not as expected")


def _show_one_line(host: ModuleType) -> None:
    """Replace the host's formatting of errors for ours alone: an expected one needs no traceback."""
    if getattr(host, "traceback", None) is traceback:
        host.__dict__["traceback"] = _OneLine()


class _OneLine:
    """Stand in for the traceback module inside the host, which uses ``format_exc`` only."""

    def format_exc(self) -> str:
        error = sys.exc_info()[1]
        return str(error) if isinstance(error, ProviderError) else traceback.format_exc()

    def __getattr__(self, name: str) -> object:
        return cast(object, getattr(traceback, name))


def _leave_with_engine(host: str, port: int) -> None:
    """End this process when the engine is gone: nobody waits for its answers any more."""
    waiting = threading.Event()
    missed = 0
    while missed < 2:
        waiting.wait(_WATCH_S)
        missed = 0 if asyncio.run(_listens(host, port)) else missed + 1
    os._exit(1)


async def _listens(host: str, port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection(host, port)
    except OSError:
        return False
    writer.close()
    return True
