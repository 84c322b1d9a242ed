"""Follow the log of a session's command."""

from __future__ import annotations

from contextlib import aclosing

from daytona_httpx._async import clock
from daytona_httpx._async.callbacks import OutputHandler, call
from daytona_httpx._async.stream import open_stream
from daytona_httpx._async.toolbox import AsyncToolbox
from daytona_httpx._async.websocket import AsyncWebSocket
from daytona_httpx.closing import NORMAL, NOT_SAID, Closing
from daytona_httpx.errors import DaytonaError
from daytona_httpx.log_marks import STDERR_MARK, STDOUT_MARK, LogMarks, Piece
from daytona_httpx.retry import MAX_REPEATS, pause_s


class AsyncSessionLogs:
    """Hand over the log of one command as it grows, every byte of it once.

    The server sends a log from its start. So where the connection breaks off, the log is asked for again
    and what was handed over already is skipped.

    Args:
        toolbox: The sandbox's toolbox.
        path: The path of the log.
        on_stdout: Takes the output.
        on_stderr: Takes the errors.
    """

    def __init__(
        self,
        toolbox: AsyncToolbox,
        path: str,
        on_stdout: OutputHandler[str],
        on_stderr: OutputHandler[str],
    ) -> None:
        self._toolbox = toolbox
        self._path = path
        self._handlers = {STDOUT_MARK: on_stdout, STDERR_MARK: on_stderr}
        self._marks = LogMarks()

    async def follow(self) -> None:
        """Return when the log has ended.

        Raises:
            DaytonaConnectionError: The connection broke off again and again, without anything new.
        """
        drops = 0
        while True:
            before = self._marks.received
            closing = await self._read()
            if closing.code in (NORMAL, NOT_SAID):
                return await self._hand_over(self._marks.finish())
            drops = 1 if self._marks.received > before else drops + 1
            if drops > MAX_REPEATS:
                raise closing.broke_off(self._marks.received)
            await clock.sleep(pause_s("lost", drops))

    async def _read(self) -> Closing:
        """Read until the stream is closed, well or badly."""
        forever = self._toolbox.transport.deadline(None)
        self._marks.restart()
        async with aclosing(await self._open()) as websocket:
            while (message := await websocket.receive(forever)) is not None:
                data = message.encode() if isinstance(message, str) else message
                await self._hand_over(self._marks.feed(data))
            return websocket.closing

    async def _open(self) -> AsyncWebSocket:
        try:
            return await open_stream(self._toolbox, self._path, {"follow": "true"})
        except DaytonaError as error:
            if self._marks.received:
                error.message += f"; {self._marks.received} bytes had arrived"
                error.args = (error.message,)
            raise

    async def _hand_over(self, pieces: list[Piece]) -> None:
        for mark, text in pieces:
            await call(self._handlers[mark], text)
