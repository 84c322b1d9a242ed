"""What a terminal's messages say: its output, that it is connected, and how it ended."""

from __future__ import annotations

import json
from typing import Any

from daytona_httpx.closing import NORMAL, Closing
from daytona_httpx.sessions import PtyResult


class PtyState:
    """Follow a terminal through its messages.

    Attributes:
        received: How many bytes of output have arrived.
        is_established: Whether the sandbox said that the terminal is connected, or has ended already.
        has_exited: Whether the terminal has ended; output may still be on its way.
        is_over: Whether nothing more comes.
        exit_code: Its exit code, once it has ended.
        error: What went wrong.
    """

    def __init__(self) -> None:
        self.received = 0
        self.is_established = False
        self.has_exited = False
        self.is_over = False
        self.exit_code: int | None = None
        self.error: str | None = None
        self._broken: Closing | None = None

    @property
    def is_alive(self) -> bool:
        """Tell whether the terminal takes input."""
        return not (self.has_exited or self.is_over or self.error)

    def take(self, message: str | bytes) -> bytes:
        """Take a message, and return the output in it."""
        if isinstance(message, str):
            said = _object(message)
            if said.get("type") == "control":
                self._control(said)
                return b""
            message = message.encode()
        self.received += len(message)
        return message

    def leave(self) -> None:
        """Take note that nobody listens any more; how the terminal ends stays unknown."""
        self.is_over = True

    def close(self, closing: Closing) -> None:
        """Take note of how the connection was closed."""
        if self.is_over:
            return
        self.is_over = True
        said = _object(closing.reason)
        self._exit(said)
        if isinstance(said.get("error"), str):
            self.error = said["error"]
        if self.exit_code is not None or self.error is not None:
            return
        if closing.code == NORMAL:
            self.exit_code = 0
        elif not self.has_exited:
            self._broken = closing
            self.error = closing.broke_off(self.received).message

    def result(self) -> PtyResult:
        """Return how the terminal ended.

        Raises:
            DaytonaConnectionError: The connection broke off before that.
        """
        if self._broken:
            raise self._broken.broke_off(self.received, "; connect_pty_session finds what still runs")
        return PtyResult(self.exit_code, self.error)

    def _control(self, said: dict[str, Any]) -> None:
        status = said.get("status")
        if status == "connected":
            self.is_established = True
        elif status == "exited":
            self.is_established = self.has_exited = True
            self._exit(said)
        elif status == "error":
            self.error = str(said.get("error") or "the sandbox gave no reason")

    def _exit(self, said: dict[str, Any]) -> None:
        if isinstance(said.get("exitCode"), int):
            self.is_established = True
            self.exit_code = said["exitCode"]
        if isinstance(said.get("exitReason"), str) and said["exitReason"]:
            self.error = said["exitReason"]


def _object(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}
