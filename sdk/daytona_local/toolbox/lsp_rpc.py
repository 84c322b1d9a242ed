"""JSON-RPC with a language server, over its standard input and output."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from daytona_local.errors import InvalidError, RefusedError, TimeExceededError
from daytona_local.toolbox.pipes import PipeWriter

MOST_BYTES = 32 * 1024 * 1024
NOT_STARTED = "LSP_SERVER_NOT_INITIALIZED"

_NO_SUCH_METHOD = -32601
_BROKEN = (
    asyncio.IncompleteReadError, asyncio.LimitOverrunError, RecursionError, RefusedError,
    ValueError, LookupError, TypeError, AttributeError,
)  # fmt: skip
"""What reading raises when the language server has ended, or talks nonsense."""


class Rpc:
    """Ask a language server, and answer what it asks.

    What comes from it is not trusted: a message that is none, or too long, ends the connection.

    Args:
        stdout: What it says.
        stdin: What it reads.

    Attributes:
        ended: Whether nothing more will come.
    """

    def __init__(self, stdout: asyncio.StreamReader, stdin: PipeWriter) -> None:
        self._stdout = stdout
        self._stdin = stdin
        self._calls: dict[int, asyncio.Future[Any]] = {}
        self._next = 0
        self.ended = False
        self._reading = asyncio.create_task(self._read())

    async def request(self, method: str, params: Any, timeout_s: float) -> Any:
        """Ask for something, and return the result.

        Raises:
            InvalidError: The language server refuses, or has ended.
            TimeExceededError: It took longer.
        """
        if self.ended:
            raise _gone()
        self._next += 1
        number, answer = self._next, asyncio.get_running_loop().create_future()
        self._calls[number] = answer
        self._send({"id": number, "method": method, "params": params})
        try:
            return await asyncio.wait_for(answer, timeout_s)
        except TimeoutError:
            self.notify("$/cancelRequest", {"id": number})
            raise TimeExceededError(
                f"the language server took longer than {timeout_s:g} s; try again"
            ) from None
        finally:
            self._calls.pop(number, None)

    def notify(self, method: str, params: Any) -> None:
        """Tell something."""
        if not self.ended:
            self._send({"method": method, "params": params})

    def close(self) -> None:
        """End the connection; who waits for an answer is told so."""
        self.ended = True
        self._reading.cancel()
        self._stdin.close()
        for answer in self._calls.values():
            if not answer.done():
                answer.set_exception(_gone())

    def _send(self, message: dict[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False).encode(errors="replace")
        self._stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))

    async def _read(self) -> None:
        try:
            while True:
                self._take(await self._message())
        except _BROKEN:
            self.close()

    async def _message(self) -> dict[str, Any]:
        head = (await self._stdout.readuntil(b"\r\n\r\n")).decode()
        fields = dict(line.lower().split(":", 1) for line in head.splitlines() if line)
        length = int(fields["content-length"])
        if length > MOST_BYTES:
            raise ValueError("too long")
        message = json.loads(await self._stdout.readexactly(length))
        if not isinstance(message, dict):
            raise TypeError("a message is an object")
        return message

    def _take(self, message: dict[str, Any]) -> None:
        if "method" in message:
            if "id" in message:
                self._send({"id": message["id"], **_reply(message)})
            return
        answer = self._calls.get(message["id"])
        if answer is None or answer.done():
            return
        error = message.get("error")
        if error is None:
            answer.set_result(message.get("result"))
        else:
            said = error.get("message") if isinstance(error, dict) else error
            answer.set_exception(InvalidError(f"the language server refused: {said}"))


def _reply(message: dict[str, Any]) -> dict[str, Any]:
    """Answer what a language server asks: there are no settings, and nothing to show to anyone."""
    if message["method"] == "workspace/configuration":
        return {"result": [None] * len(message["params"]["items"])}
    if message["method"].startswith(("client/", "window/", "workspace/")):
        return {"result": None}
    return {"error": {"code": _NO_SUCH_METHOD, "message": "no such method"}}


def _gone() -> InvalidError:
    return InvalidError("the language server has ended; start it again", NOT_STARTED)
