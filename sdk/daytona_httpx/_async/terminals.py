"""New connections to terminals: async code can read in the background, its sync twin can't; both by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from daytona_httpx._async import clock
from daytona_httpx._async.callbacks import OutputHandler
from daytona_httpx._async.pty import AsyncPtyConnection
from daytona_httpx._async.pty_sessions import AsyncPtySessions
from daytona_httpx.deadline import Deadline
from daytona_httpx.errors import prefixed
from daytona_httpx.sessions import PtyResult, PtySize

if TYPE_CHECKING:
    from daytona_httpx._async.websocket import AsyncWebSocket


class AsyncPtyHandle(AsyncPtyConnection):
    r"""Use one terminal: write to it; its output goes to the handler that it was made with.

    Without a handler, its output is read by iterating or with ``wait``. Disconnect it when done.

    Example:
        >>> output = []
        >>> terminal = await sandbox.process.create_pty_session("docs", output.append)
        >>> await terminal.send_input("exit 7\n")
        >>> (await terminal.wait()).exit_code
        7
    """

    _reader: asyncio.Task[PtyResult] | None = None

    async def wait(
        self, on_data: OutputHandler[bytes] | None = None, timeout: float | None = None
    ) -> PtyResult:
        """Wait until the terminal has ended, and return how.

        Args:
            on_data: Takes the output, where the handle was made without a handler.
            timeout: Seconds; 0 and None are no limit.

        Raises:
            DaytonaTimeoutError: It hasn't ended in time; the handle stays as it is.
            DaytonaConnectionError: The connection broke off; it says after how many bytes.
            Exception: What the handler raised.
        """
        if self._reader is None:
            return await super().wait(on_data, timeout)
        done, _ = await asyncio.wait([self._reader], timeout=Deadline(timeout, clock.now).left_s)
        if not done:
            raise self._not_ended(timeout)
        return self._result() if self._reader.cancelled() else self._reader.result()

    async def disconnect(self) -> None:
        """Close the connection; the terminal stays, and ``connect_pty_session`` finds it again."""
        if self._reader and self._reader is not asyncio.current_task():
            self._reader.cancel()
            await asyncio.wait([self._reader])
        await super().disconnect()

    def _read(self, on_data: OutputHandler[bytes]) -> None:
        """Read in the background from now on."""
        self._reader = asyncio.create_task(super().wait(on_data))


class AsyncTerminals(AsyncPtySessions):
    """Connect to the terminals of one sandbox."""

    async def create_pty_session(
        self,
        id: str,
        on_data: OutputHandler[bytes] | None = None,
        cwd: str | None = None,
        envs: Mapping[str, str] | None = None,
        pty_size: PtySize | None = None,
    ) -> AsyncPtyHandle:
        """Make a terminal and connect to it (create pty session).

        Args:
            id: Its id, new in the sandbox.
            on_data: Takes its output as it comes; without one, it is read from the handle.
            cwd: The folder it starts in; the working directory by default.
            envs: More environment variables.
            pty_size: Its size; 24 rows and 80 columns by default.

        Raises:
            DaytonaConflictError: There is one of that id.
            DaytonaConnectionTimeoutError: The sandbox didn't connect it within 10 seconds.
        """
        with prefixed("Failed to create PTY session: "):
            return await self._handle(id, await self._open_new(id, cwd, envs, pty_size), on_data)

    async def connect_pty_session(
        self, session_id: str, on_data: OutputHandler[bytes] | None = None
    ) -> AsyncPtyHandle:
        """Connect to a terminal (connect pty session).

        Args:
            session_id: Its id.
            on_data: Takes its output as it comes; without one, it is read from the handle.

        Raises:
            DaytonaNotFoundError: There is none.
            DaytonaConnectionTimeoutError: The sandbox didn't connect it within 10 seconds.
        """
        with prefixed("Failed to connect PTY session: "):
            return await self._handle(session_id, await self._open(session_id), on_data)

    async def _handle(
        self, session_id: str, websocket: AsyncWebSocket, on_data: OutputHandler[bytes] | None
    ) -> AsyncPtyHandle:
        handle = AsyncPtyHandle(session_id, websocket, self)
        try:
            await handle.wait_for_connection()
        except BaseException:
            await handle.disconnect()
            raise
        if on_data:
            handle._read(on_data)
        return handle
