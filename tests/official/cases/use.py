"""What every case is given: a package, a client of it, and the sandbox that the cases before have left."""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError

from . import ways


def answer_of(url: str, headers: dict[str, str] | None = None, body: bytes | None = None) -> bytes:
    """Return what a page answers."""
    request = urllib.request.Request(url, body, headers or {})
    with urllib.request.urlopen(request) as answer:
        return bytes(answer.read())


def post(url: str, content: bytes) -> None:
    """Send a file as a form does."""
    head = 'Content-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
    body = b"--x\r\n" + head.encode() + content + b"\r\n--x--\r\n"
    answer_of(url, {"Content-Type": "multipart/form-data; boundary=x"}, body)


def order(path: str, body: dict[str, Any]) -> None:
    """Order something of the server that the official client has no word for.

    Args:
        path: Where, from the server's root.
        body: What.
    """
    root = os.environ["DAYTONA_API_URL"].removesuffix("/api")
    key = {"Authorization": f"Bearer {os.environ['DAYTONA_API_KEY']}"}
    answer_of(root + path, {**key, "Content-Type": "application/json"}, json.dumps(body).encode())


@dataclass
class Use:
    """Hold what the cases of one program share.

    Attributes:
        sdk: The package.
        daytona: A client.
        folder: A local folder, empty at the start.
        sandbox: The sandbox that most cases use.
        kept: What a case keeps for a later one.
    """

    sdk: Any
    daytona: Any
    folder: Path
    sandbox: Any = None
    kept: dict[str, Any] = field(default_factory=dict)

    async def sh(self, command: str) -> str:
        """Run a command that must succeed in the sandbox, and return its output."""
        answer = await self.sandbox.process.exec(command)
        assert answer.exit_code == 0, answer
        return str(answer.result).strip()

    async def fetch(self, url: str, headers: dict[str, str] | None = None) -> bytes:
        """Get a page that may not be there yet."""
        for attempt in range(100):
            try:
                return answer_of(url, headers)
            except URLError:
                if attempt == 99:
                    raise
                await ways.sleep(0.1)
        raise AssertionError

    def opens(self, url: str) -> bool:
        """Tell whether a page opens without any key."""
        try:
            answer_of(url)
        except HTTPError as error:
            error.close()
            return False
        except URLError:
            return False
        return True

    async def settled(self, call: Callable[..., Any], **named: Any) -> None:
        """Make a change that has to wait for the one before."""
        for _ in range(100):
            try:
                await call(**named)
            except self.sdk.DaytonaConflictError:
                await ways.sleep(0.1)
            else:
                return
        raise AssertionError("the change before has not ended")

    async def state(self, sandbox: Any) -> str:
        """Return the state of a sandbox; the official client may keep an older one after a wait."""
        await sandbox.refresh_data()
        return str(sandbox.state.value)

    async def until(self, thing: Any, state: str) -> None:
        """Wait until a sandbox is in a state."""
        for _ in range(300):
            await thing.refresh_data()
            if thing.state == state:
                return
            await ways.sleep(0.05)
        raise AssertionError(f"{thing.state}, not {state}")

    async def gone(self, sandbox_id: str) -> None:
        """Wait until a sandbox is no more."""
        for _ in range(300):
            try:
                await self.daytona.get(sandbox_id)
            except self.sdk.DaytonaNotFoundError:
                return
            await ways.sleep(0.05)
        raise AssertionError("it is there still")
