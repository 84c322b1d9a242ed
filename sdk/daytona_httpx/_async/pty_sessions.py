"""The terminals of a sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from daytona_httpx._async.sessions import AsyncSessions
from daytona_httpx.errors import prefixed
from daytona_httpx.models.base import parse
from daytona_httpx.models.process import PtyListResponse, PtySessionInfo
from daytona_httpx.sessions import DEFAULT_SIZE, PtySize, pty_params, pty_path, pty_subprotocols

if TYPE_CHECKING:
    from daytona_httpx._async.websocket import AsyncWebSocket


class AsyncPtySessions(AsyncSessions):
    """Look after the terminals of one sandbox; ``request_timeout`` is as for sessions."""

    async def list_pty_sessions(self, request_timeout: float | None = None) -> list[PtySessionInfo]:
        """Return the terminals (list pty sessions)."""
        with prefixed("Failed to list PTY sessions: "):
            found = await self._request("GET", "/process/pty", request_timeout)
            return parse(PtyListResponse, found).sessions

    async def get_pty_session_info(
        self, session_id: str, request_timeout: float | None = None
    ) -> PtySessionInfo:
        """Return what is known of a terminal (get pty session)."""
        with prefixed("Failed to get PTY session info: "):
            return parse(PtySessionInfo, await self._request("GET", pty_path(session_id), request_timeout))

    async def kill_pty_session(self, session_id: str, request_timeout: float | None = None) -> None:
        """End a terminal and what runs in it (delete pty session)."""
        with prefixed("Failed to kill PTY session: "):
            await self._end(pty_path(session_id), request_timeout)

    async def resize_pty_session(
        self, session_id: str, pty_size: PtySize, request_timeout: float | None = None
    ) -> PtySessionInfo:
        """Give a terminal another size (resize pty session).

        Raises:
            DaytonaGoneError: It has ended.
        """
        with prefixed("Failed to resize PTY session: "):
            body = {"cols": pty_size.cols, "rows": pty_size.rows}
            path = f"{pty_path(session_id)}/resize"
            return parse(PtySessionInfo, await self._request("POST", path, request_timeout, json=body))

    async def _open_new(
        self, session_id: str, cwd: str | None, envs: Mapping[str, str] | None, size: PtySize | None
    ) -> AsyncWebSocket:
        from daytona_httpx._async.stream import open_stream

        params = pty_params(session_id, cwd, size or DEFAULT_SIZE)
        path = "/process/pty/create-connect"
        return await open_stream(self._toolbox, path, params, pty_subprotocols(envs), method="POST")

    async def _open(self, session_id: str) -> AsyncWebSocket:
        from daytona_httpx._async.stream import open_stream

        return await open_stream(self._toolbox, f"{pty_path(session_id)}/connect", {}, pty_subprotocols())
