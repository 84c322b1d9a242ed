# Generated from _async by `make generate`; do not edit.
"""Wait for the build of a sandbox or a snapshot, and hand over its log.

The log is read again and again: its following form closes early and repeats what it said.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from daytona_httpx._sync import clock
from daytona_httpx._sync.callbacks import call
from daytona_httpx._sync.transport import Transport
from daytona_httpx.answers import object_of, url_of
from daytona_httpx.deadline import Deadline, ticks
from daytona_httpx.errors import DaytonaError, DaytonaTimeoutError


class BuildLogs:
    """Hand over the log of one build as it grows.

    Args:
        transport: Sends the requests.
        path: What is built, by its path in the API.
        on_logs: Takes each new piece, whole lines except at the end; None only waits.
    """

    def __init__(self, transport: Transport, path: str, on_logs: Callable[[str], object] | None) -> None:
        self._transport = transport
        self._path = path
        self._on_logs = on_logs
        self._handed_over = 0
        self._url = ""

    def follow(self, has_ended: Callable[[object], bool], deadline: Deadline) -> dict[str, Any]:
        """Return the record of what is built once its build has ended, well or badly.

        Args:
            has_ended: Tells it from the state.
            deadline: When to give up.

        Raises:
            DaytonaTimeoutError: The time ran out.
        """
        for tick_s in ticks():
            if deadline.is_over:
                break
            clock.sleep(deadline.shorten(tick_s) or 0.0)
            record = object_of(self._transport.api("GET", self._path, deadline))
            is_over = has_ended(record.get("state"))
            if self._on_logs:
                self._read(self._on_logs, is_over, deadline)
            if is_over:
                return record
        raise DaytonaTimeoutError(f"the build is not done after {deadline.timeout} s")

    def _read(self, on_logs: Callable[[str], object], is_last: bool, deadline: Deadline) -> None:
        try:
            if not self._url:
                answer = self._transport.api("GET", f"{self._path}/build-logs-url", deadline)
                self._url = url_of(answer)
            log = (self._transport.send("GET", self._url, deadline)).content
        except DaytonaError as error:
            if error.status_code == 404:  # a build that waits for its turn has no log yet
                return
            raise
        end = len(log) if is_last else log.rfind(b"\n") + 1
        if end > self._handed_over:
            piece = log[self._handed_over : end].decode(errors="replace")
            self._handed_over = end
            call(on_logs, piece)
