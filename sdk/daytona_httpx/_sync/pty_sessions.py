# Generated from _async by `make generate`; do not edit.
"""The terminals of a sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from daytona_httpx._sync.sessions import Sessions
from daytona_httpx.errors import prefixed
from daytona_httpx.models.base import parse
from daytona_httpx.models.process import PtyListResponse, PtySessionInfo
from daytona_httpx.sessions import DEFAULT_SIZE, PtySize, pty_params, pty_path, pty_subprotocols

if TYPE_CHECKING:
    from daytona_httpx._sync.websocket import WebSocket


class PtySessions(Sessions):
    """Look after the terminals of one sandbox; ``request_timeout`` is as for sessions."""

    def list_pty_sessions(self, request_timeout: float | None = None) -> list[PtySessionInfo]:
        """Return the terminals (list pty sessions)."""
        with prefixed("Failed to list PTY sessions: "):
            found = self._request("GET", "/process/pty", request_timeout)
            return parse(PtyListResponse, found).sessions

    def get_pty_session_info(self, session_id: str, request_timeout: float | None = None) -> PtySessionInfo:
        """Return what is known of a terminal (get pty session)."""
        with prefixed("Failed to get PTY session info: "):
            return parse(PtySessionInfo, self._request("GET", pty_path(session_id), request_timeout))

    def kill_pty_session(self, session_id: str, request_timeout: float | None = None) -> None:
        """End a terminal and what runs in it (delete pty session)."""
        with prefixed("Failed to kill PTY session: "):
            self._end(pty_path(session_id), request_timeout)

    def resize_pty_session(
        self, session_id: str, pty_size: PtySize, request_timeout: float | None = None
    ) -> PtySessionInfo:
        """Give a terminal another size (resize pty session).

        Raises:
            DaytonaGoneError: It has ended.
        """
        with prefixed("Failed to resize PTY session: "):
            body = {"cols": pty_size.cols, "rows": pty_size.rows}
            path = f"{pty_path(session_id)}/resize"
            return parse(PtySessionInfo, self._request("POST", path, request_timeout, json=body))

    def _open_new(
        self, session_id: str, cwd: str | None, envs: Mapping[str, str] | None, size: PtySize | None
    ) -> WebSocket:
        from daytona_httpx._sync.stream import open_stream

        params = pty_params(session_id, cwd, size or DEFAULT_SIZE)
        path = "/process/pty/create-connect"
        return open_stream(self._toolbox, path, params, pty_subprotocols(envs), method="POST")

    def _open(self, session_id: str) -> WebSocket:
        from daytona_httpx._sync.stream import open_stream

        return open_stream(self._toolbox, f"{pty_path(session_id)}/connect", {}, pty_subprotocols())
