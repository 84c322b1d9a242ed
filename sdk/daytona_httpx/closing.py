"""How a websocket ended."""

from __future__ import annotations

from dataclasses import dataclass

from daytona_httpx.errors import DaytonaConnectionError

NORMAL = 1000
NOT_SAID = 1005
"""The code of a proper close that gave none."""

ABNORMAL = 1006
"""The code of a connection that broke off without a close."""

LONGEST_REASON = 123
"""What a close frame holds."""


@dataclass(frozen=True)
class Closing:
    """Hold the code and the reason that a websocket was closed with."""

    code: int
    reason: str = ""

    def broke_off(self, received: int, hint: str = "") -> DaytonaConnectionError:
        """Return the error of a stream that ended too early.

        Args:
            received: How many bytes had arrived.
            hint: What to do next.
        """
        said = " ".join(self.reason[:LONGEST_REASON].split())
        words = f", {said}" if said else ""
        return DaytonaConnectionError(
            f"the connection broke off after {received} bytes (close code {self.code}{words}){hint}"
        )
