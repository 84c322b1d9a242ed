"""New connections to terminals: the sync client reads them in the calling thread; written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from daytona_httpx._sync.pty import PtyConnection
from daytona_httpx._sync.pty_sessions import PtySessions
from daytona_httpx.errors import prefixed
from daytona_httpx.sessions import PtySize

if TYPE_CHECKING:
    from daytona_httpx._sync.websocket import WebSocket


class PtyHandle(PtyConnection):
    r"""Use one terminal: write to it, and read its output by iterating or with ``wait``.

    Output waits in the connection until it is read. Disconnect it when done.

    Example:
        >>> terminal = sandbox.process.create_pty_session("docs-sync")
        >>> terminal.send_input("exit 7\n")
        >>> terminal.wait(lambda output: None).exit_code
        7
    """


class Terminals(PtySessions):
    """Connect to the terminals of one sandbox."""

    def create_pty_session(
        self,
        id: str,
        cwd: str | None = None,
        envs: Mapping[str, str] | None = None,
        pty_size: PtySize | None = None,
    ) -> PtyHandle:
        """Make a terminal and connect to it (create pty session).

        Args:
            id: Its id, new in the sandbox.
            cwd: The folder it starts in; the working directory by default.
            envs: More environment variables.
            pty_size: Its size; 24 rows and 80 columns by default.

        Raises:
            DaytonaConflictError: There is one of that id.
            DaytonaConnectionTimeoutError: The sandbox didn't connect it within 10 seconds.
        """
        with prefixed("Failed to create PTY session: "):
            return self._handle(id, self._open_new(id, cwd, envs, pty_size))

    def connect_pty_session(self, session_id: str) -> PtyHandle:
        """Connect to a terminal (connect pty session).

        Args:
            session_id: Its id.

        Raises:
            DaytonaNotFoundError: There is none.
            DaytonaConnectionTimeoutError: The sandbox didn't connect it within 10 seconds.
        """
        with prefixed("Failed to connect PTY session: "):
            return self._handle(session_id, self._open(session_id))

    def _handle(self, session_id: str, websocket: WebSocket) -> PtyHandle:
        handle = PtyHandle(session_id, websocket, self)
        try:
            handle.wait_for_connection()
        except BaseException:
            handle.disconnect()
            raise
        return handle
