#!/usr/bin/env python3
"""A small language server: it speaks the protocol, and knows one word.

It notes every message in ~/messages, and misbehaves as the variable FAKE says.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

MODE = os.environ.get("FAKE", "")
RANGE = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 5}}


def send(message: dict[str, Any]) -> None:
    data = json.dumps({"jsonrpc": "2.0", **message}).encode()
    sys.stdout.buffer.write(b"Content-Length: %d\r\nContent-Type: text\r\n\r\n%s" % (len(data), data))
    sys.stdout.buffer.flush()


def receive() -> dict[str, Any] | None:
    length = 0
    while (line := sys.stdin.buffer.readline().strip()) != b"":
        length = int(line.split(b":")[1])
    if not length:
        return None
    message: dict[str, Any] = json.loads(sys.stdin.buffer.read(length))
    with open(os.path.expanduser("~/messages"), "a") as file:
        file.write(json.dumps(message) + "\n")
    return message


def answer(method: str, params: Any) -> Any:
    if method == "initialize":
        return {"capabilities": {"workspaceSymbolProvider": MODE != "no workspace"}}
    if method == "textDocument/completion":
        if MODE == "list":
            return [{"label": "word", "textEdit": {"newText": "words", "range": RANGE}}]
        if MODE == "null":
            return None
        if MODE == "odd":
            return [1]
        return {"isIncomplete": True, "items": [{"label": "word", "kind": 3, "data": {"secret": 1}}]}
    if method == "textDocument/documentSymbol":
        inner = {"name": "inner", "kind": 6, "range": RANGE, "selectionRange": RANGE}
        return [{"name": "outer", "kind": 5, "range": RANGE, "selectionRange": RANGE, "children": [inner]}]
    if method == "workspace/symbol":
        return [{"name": params["query"], "kind": 12, "location": {"uri": "file:///x"}}]
    return None


def misbehave(method: str) -> None:
    if method == "initialize":
        if MODE == "crash":
            sys.exit("the fake fell over")
        send({"id": "a", "method": "workspace/configuration", "params": {"items": [{}, {}]}})
        send({"id": "b", "method": "client/registerCapability", "params": {}})
        send({"id": "c", "method": "made/up", "params": {}})
        send({"method": "window/logMessage", "params": {"message": "hello"}})
    elif MODE == "nonsense":
        sys.stdout.buffer.write(b"Content-Length: nonsense\r\n\r\n")
        sys.stdout.buffer.flush()
    elif MODE == "huge":
        sys.stdout.buffer.write(b"Content-Length: 99999999999\r\n\r\n")
        sys.stdout.buffer.flush()
    elif MODE == "slow":
        time.sleep(600)
    elif MODE == "leave":
        sys.exit(0)


def main() -> None:
    if MODE == "deaf":
        time.sleep(600)
    while (message := receive()) is not None:
        if "method" not in message or message["method"] == "exit":
            continue
        if "id" not in message:
            continue
        misbehave(message["method"])
        if MODE == "refuse" and message["method"] != "initialize":
            send({"id": message["id"], "error": {"code": -1, "message": "not today"}})
        else:
            send({"id": message["id"], "result": answer(message["method"], message.get("params"))})


if __name__ == "__main__":
    main()
