# Generated from _async by `make generate`; do not edit.
"""A connection to a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from daytona_httpx._sync import clock
from daytona_httpx._sync.callbacks import OutputHandler, call
from daytona_httpx._sync.pty_sessions import PtySessions
from daytona_httpx.deadline import Deadline
from daytona_httpx.errors import (
    DaytonaConnectionError,
    DaytonaConnectionTimeoutError,
    DaytonaTimeoutError,
    prefixed,
)
from daytona_httpx.models.process import PtySessionInfo
from daytona_httpx.pty_state import PtyState
from daytona_httpx.sessions import PtyResult, PtySize

if TYPE_CHECKING:
    from daytona_httpx._sync.websocket import WebSocket

LAST_OUTPUT_S = 2.0
"""How long output may still come from a terminal that has ended."""


class PtyConnection:
    """Use one terminal: write to it, and read its output by iterating or with ``wait``.

    Args:
        session_id: The terminal's id.
        websocket: The connection; ``disconnect`` closes it.
        sessions: Where terminals are resized and ended.
    """

    def __init__(self, session_id: str, websocket: WebSocket, sessions: PtySessions) -> None:
        self._session_id = session_id
        self._websocket = websocket
        self._sessions = sessions
        self._state = PtyState()
        self._early: list[bytes] = []

    @property
    def session_id(self) -> str:
        """Return the terminal's id."""
        return self._session_id

    @property
    def exit_code(self) -> int | None:
        """Return its exit code, None while it runs."""
        return self._state.exit_code

    @property
    def error(self) -> str | None:
        """Return what went wrong, None when nothing did."""
        return self._state.error

    def is_connected(self) -> bool:
        """Tell whether the terminal takes input."""
        return self._state.is_alive

    def wait_for_connection(self, timeout: float = 10.0) -> None:
        """Wait until the sandbox says that the terminal is connected; a new handle has done that already.

        Args:
            timeout: Seconds; 0 is no limit.

        Raises:
            DaytonaConnectionTimeoutError: It didn't say so in time.
            DaytonaConnectionError: The terminal could not be connected.
        """
        deadline = Deadline(timeout, clock.now)
        while not self._state.is_established:
            try:
                output = self._next(deadline)
            except DaytonaTimeoutError as error:
                raise DaytonaConnectionTimeoutError(
                    f"the sandbox didn't say within {timeout:g} seconds that the terminal is connected"
                ) from error
            if output:
                self._early.append(output)
            elif not self._state.is_established and (self._state.error or output is None):
                raise DaytonaConnectionError(self._state.error or "the terminal was closed at once")

    def send_input(self, data: str | bytes) -> None:
        """Write to the terminal, as a keyboard does.

        Args:
            data: The keys; a line ends with a newline.

        Raises:
            DaytonaConnectionError: It is not connected, or no longer.
        """
        sent = data.encode() if isinstance(data, str) else data
        if not (self.is_connected() and self._websocket.send(sent)):
            raise DaytonaConnectionError(f'write to PTY session "{self._session_id}": it is not connected')

    def resize(self, pty_size: PtySize) -> PtySessionInfo:
        """Give the terminal another size (resize pty session)."""
        return self._sessions.resize_pty_session(self._session_id, pty_size)

    def kill(self) -> None:
        """End the terminal and what runs in it (delete pty session)."""
        self._sessions.kill_pty_session(self._session_id)

    def wait(self, on_data: OutputHandler[bytes] | None = None, timeout: float | None = None) -> PtyResult:
        """Wait until the terminal has ended, and return how.

        Args:
            on_data: Takes the output; what nobody takes is dropped.
            timeout: Seconds; 0 and None are no limit.

        Raises:
            DaytonaTimeoutError: It hasn't ended in time; the handle stays as it is.
            DaytonaConnectionError: The connection broke off; it says after how many bytes.
        """
        deadline = Deadline(timeout, clock.now)
        while (output := self._next_before(deadline)) is not None:
            if output and on_data:
                call(on_data, output)
        return self._result()

    def __iter__(self) -> Iterator[bytes]:
        """Yield the output until the terminal has ended; raises as ``wait``."""
        deadline = Deadline(None, clock.now)
        while (output := self._next(deadline)) is not None:
            if output:
                yield output
        self._result()

    def disconnect(self) -> None:
        """Close the connection; the terminal stays, and ``connect_pty_session`` finds it again."""
        self._state.leave()
        self._websocket.close()

    def _result(self) -> PtyResult:
        with prefixed(f'PTY session "{self._session_id}": '):
            return self._state.result()

    def _not_ended(self, timeout: float | None) -> DaytonaTimeoutError:
        return DaytonaTimeoutError(f'PTY session "{self._session_id}" has not ended within {timeout} seconds')

    def _next_before(self, deadline: Deadline) -> bytes | None:
        try:
            return self._next(deadline)
        except DaytonaTimeoutError as error:
            raise self._not_ended(deadline.timeout) from error

    def _next(self, deadline: Deadline) -> bytes | None:
        """Return the next output, nothing for a message without any, None when it is over."""
        if self._early and self._state.is_established:
            return self._early.pop(0)
        if self._state.is_over:
            return None
        message = self._receive(deadline)
        if message is not None:
            return self._state.take(message)
        self._state.close(self._websocket.closing)
        self._websocket.close()
        return None

    def _receive(self, deadline: Deadline) -> str | bytes | None:
        if not self._state.has_exited:
            return self._websocket.receive(deadline)
        try:
            return self._websocket.receive(Deadline(LAST_OUTPUT_S, clock.now))
        except DaytonaTimeoutError:  # all is said: the server just doesn't close
            return None
