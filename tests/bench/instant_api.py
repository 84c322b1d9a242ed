"""As much of the API as sandboxes need, with nothing behind it: what is measured against it is the client.

Run as a program it prints its port, serves until its input ends, and then prints the requests it had.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections import Counter
from typing import Any

STARTS_IN_S = 1.0
ID = re.compile(r"/sandbox/([^/?]+)")


class Sandboxes:
    """Hold the sandboxes: each is started a second after it was created, and gone a second after a delete."""

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Any]] = {}
        self.due: dict[str, float] = {}
        self.asked: Counter[str] = Counter()

    def answer(self, method: str, target: str, body: dict[str, Any]) -> tuple[int, Any]:
        """Answer a request: its status and its body."""
        found = ID.search(target)
        self.asked[f"{method} {'/sandbox/*' if found else target.partition('?')[0]}"] += 1
        if not found:
            if method == "POST":
                return 200, self._create(body)
            return 200, {"items": [self._now(each) for each in list(self.records)], "nextCursor": None}
        record = self._by(found[1])
        if record is None:
            return 404, {"statusCode": 404, "message": f"Sandbox with ID or name {found[1]} not found"}
        if method == "DELETE":
            record["state"], self.due[record["id"]] = "destroying", time.monotonic() + STARTS_IN_S
        elif method == "PUT":
            record["labels"] = body["labels"]
        return 200, self._now(record["id"]) or record

    def _create(self, body: dict[str, Any]) -> dict[str, Any]:
        number = len(self.due)
        id_ = f"00000000-0000-4000-8000-{number:012d}"
        self.due[id_] = time.monotonic() + STARTS_IN_S
        self.records[id_] = {
            "id": id_, "organizationId": "org", "name": id_, "user": "daytona", "env": {}, "labels": {},
            "public": False, "networkBlockAll": False, "target": "local", "snapshot": "default",
            "cpu": 1, "gpu": 0, "memory": 1, "disk": 3, "volumes": [], "autoStopInterval": 15,
            "autoArchiveInterval": 10080, "autoDeleteInterval": -1, "state": "creating",
            "toolboxProxyUrl": "http://127.0.0.1:1/toolbox",
        } | body  # fmt: skip
        return self.records[id_]

    def _by(self, id_or_name: str) -> dict[str, Any] | None:
        if id_or_name in self.records:
            return self._now(id_or_name)
        named = [id_ for id_, record in self.records.items() if record["name"] == id_or_name]
        return self._now(named[0]) if named else None

    def _now(self, id_: str) -> dict[str, Any] | None:
        record = self.records[id_]
        if time.monotonic() >= self.due[id_]:
            if record["state"] == "destroying":
                del self.records[id_]
                return None
            record["state"] = "started"
        return record


async def serve(sandboxes: Sandboxes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the requests of one connection."""
    while head := await _head(reader):
        method, target = head.split(" ", 2)[:2]
        length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
        body = json.loads(await reader.readexactly(int(length[1]))) if length and int(length[1]) else {}
        status, said = sandboxes.answer(method, target, body)
        text = json.dumps(said).encode()
        line = f"HTTP/1.1 {status} .\r\nContent-Type: application/json\r\nContent-Length: {len(text)}\r\n\r\n"
        writer.write(line.encode() + text)
    writer.close()


async def _head(reader: asyncio.StreamReader) -> str:
    try:
        return (await reader.readuntil(b"\r\n\r\n")).decode()
    except (asyncio.IncompleteReadError, ConnectionError):
        return ""


async def main() -> None:
    """Serve until the input ends."""
    sandboxes = Sandboxes()
    server = await asyncio.start_server(lambda r, w: serve(sandboxes, r, w), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    print(json.dumps(sandboxes.asked))


if __name__ == "__main__":
    asyncio.run(main())
