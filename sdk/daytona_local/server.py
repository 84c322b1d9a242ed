"""Run a server: in this process for tests and notebooks, or for as long as a command lasts."""

from __future__ import annotations

import asyncio
import resource
import socket
import tempfile
import threading
from collections.abc import Callable
from contextlib import AsyncExitStack, ExitStack, suppress
from pathlib import Path
from types import TracebackType

import uvicorn

from daytona_local.app import build_app, open_services
from daytona_local.clock import Clock, ManualClock, SystemClock
from daytona_local.data_dir import check_whole, data_dir_locked
from daytona_local.loop_errors import LoopErrors
from daytona_local.protocols import Websockets, bounded_http
from daytona_local.services import Services
from daytona_local.settings import STALL_S, TRANSITION_S, Settings, new_key

HOST = "127.0.0.1"
SHUTDOWN_S = 3
KEPT_ALIVE_S = 20
"""Longer than clients keep a connection that isn't used: it must not end while a request is on its way."""

BACKLOG = 2048
MOST_FILES = 65536
"""What the soft limit is raised to at most: some programs try to close every number below theirs."""


class Server(uvicorn.Server):
    """Serve one app on one socket, and tell when that has begun.

    Args:
        parts: What it works with.
        on_ready: Called when requests are answered.
    """

    def __init__(self, parts: Services, on_ready: Callable[[], object] = lambda: None) -> None:
        allow_many_connections()
        self._app = build_app(parts)
        super().__init__(
            uvicorn.Config(
                self._app,
                lifespan="off",  # it would turn what goes wrong into a traceback and an exit of its own
                log_config=None,
                access_log=False,
                loop="asyncio",
                http=bounded_http(parts.settings.stall_s),
                ws=Websockets,
                ws_max_size=16 * 1024 * 1024,
                timeout_keep_alive=KEPT_ALIVE_S,
                timeout_graceful_shutdown=SHUTDOWN_S,
                server_header=False,
            )
        )
        self.ready = threading.Event()
        self.failure: Exception | None = None
        self._on_ready = on_ready
        self._feed = parts.feed
        self._running = AsyncExitStack()

    def run_in_thread(self, listener: socket.socket) -> None:
        """Serve, and keep why it could not begin."""
        try:
            self.run([listener])
        except Exception as error:
            if self.ready.is_set():
                raise
            self.failure = error

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve; where that can't be, all ends that has begun.

        Raises:
            OSError: The system has no port or descriptor left, say.
        """
        asyncio.get_running_loop().set_exception_handler(LoopErrors())
        async with AsyncExitStack() as running:
            await running.enter_async_context(self._app.router.lifespan_context(self._app))
            await super().startup(sockets)
            self._on_ready()
            self._running = running.pop_all()
        self.ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End; first what would stay open for ever."""
        self._feed.close()
        await super().shutdown(sockets)
        if not self.force_exit:
            await self._running.aclose()


def listen(port: int) -> socket.socket:
    """Return a socket that listens on a loopback port; 0 takes a free one.

    Raises:
        OSError: The port is taken.
    """
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Connections inherit it. Without it a small answer waits for the client's delayed acknowledgement: 40 ms.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def allow_many_connections() -> None:
    """Let this process have as many files and connections as its hard limit says; less serves too."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def url_of(listener: socket.socket) -> str:
    """Return where a listening socket is reached."""
    return f"http://{HOST}:{listener.getsockname()[1]}"


class LocalDaytona:
    """Run a server in a thread of this process: ``with LocalDaytona() as server``.

    Args:
        data_dir: Where it keeps everything; a private temporary folder by default, removed at the end.
        api_key: What clients must send; a new one by default.
        port: The loopback port; 0 takes a free one.
        runtime: ``auto`` or ``bubblewrap`` (isolated), or ``process`` (not isolated).
        transition_s: Seconds that each change of state takes at least, by the clock; by default 0.05, and
            none with a clock that a test moves.
        blocking_s: Seconds that a create or start may keep its caller waiting.
        clock: What the intervals are counted by; ``ManualClock()`` lets a test move the time.
        control: Whether ``/_local`` has what only tests need: faults on demand and the clock.
        substitute_images: Whether any image that isn't here may be built upon: the default stands for it.
        stall_s: Seconds that a request may stand still while it comes in.

    Raises:
        StoreError: The database can't be used.
        RuntimeFailedError: Sandboxes can't be run here as asked for.
        DataDirError: Another server works with the data folder, or it can't be used.
    """

    def __init__(
        self,
        data_dir: Path | None = None,
        *,
        api_key: str | None = None,
        port: int = 0,
        runtime: str = "auto",
        transition_s: float | None = None,
        blocking_s: float = 30.0,
        clock: Clock | None = None,
        control: bool = False,
        substitute_images: bool = False,
        stall_s: float = STALL_S,
    ) -> None:
        self._data_dir = data_dir
        self._port = port
        self._runtime = runtime
        self._clock = clock or SystemClock()
        usual_s = 0.0 if isinstance(self._clock, ManualClock) else TRANSITION_S
        self._transition_s = usual_s if transition_s is None else transition_s
        self._blocking_s = blocking_s
        self._control = control
        self._substitute_images = substitute_images
        self._stall_s = stall_s
        self._stack = ExitStack()
        self.api_key = api_key or new_key()
        self.url = ""

    @property
    def api_url(self) -> str:
        """Return what a client takes as its API URL."""
        return f"{self.url}/api"

    def start(self) -> None:
        """Begin to serve, and return when requests are answered."""
        with ExitStack() as stack:
            listener = stack.enter_context(listen(self._port))
            self.url = url_of(listener)
            data_dir = self._data_dir or Path(stack.enter_context(_temporary_folder()))
            stack.enter_context(data_dir_locked(data_dir))
            check_whole(data_dir)
            server = Server(open_services(self._settings(data_dir), self.url))
            thread = threading.Thread(target=server.run_in_thread, args=(listener,), name="daytona-local")
            thread.start()
            stack.callback(_stop, server, thread)
            while not server.ready.wait(0.05) and thread.is_alive():
                continue
            if not server.ready.is_set():
                raise server.failure or RuntimeError("the server did not start; its log says why")
            self._stack = stack.pop_all()

    def stop(self) -> None:
        """End the server and what runs in its sandboxes; a data folder that was given stays."""
        self._stack.close()

    def __enter__(self) -> LocalDaytona:
        """Start it."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it."""
        self.stop()

    def _settings(self, data_dir: Path) -> Settings:
        return Settings(
            data_dir=data_dir,
            api_key=self.api_key,
            runtime=self._runtime,
            transition_s=self._transition_s,
            blocking_s=self._blocking_s,
            clock=self._clock,
            control=self._control,
            substitute_images=self._substitute_images,
            stall_s=self._stall_s,
        )


def _temporary_folder() -> tempfile.TemporaryDirectory[str]:
    # What a sandbox made may be closed even to its owner: what can't be removed is left to the system.
    return tempfile.TemporaryDirectory(prefix="daytona-local-", ignore_cleanup_errors=True)


def _stop(server: Server, thread: threading.Thread) -> None:
    server.should_exit = True
    thread.join()
