"""The channel between server and agent: messages and file descriptors over a socket pair."""

from __future__ import annotations

import array
import errno
import json
import os
import socket
from typing import Any

INLINE_BYTES = 32_768
"""A longer message goes through a memory file, whose descriptor is sent."""

MESSAGE_BYTES = 64 * 1024 * 1024
MOST_FDS = 4

Message = dict[str, Any]
Answer = tuple[Message, tuple[int, ...]]
"""What an operation answers, and the descriptors that go with it."""


def send(channel: socket.socket, message: Message, fds: tuple[int, ...] = ()) -> None:
    """Send a message and descriptors; a long one through a memory file.

    Raises:
        ValueError: It is longer than the other side would take.
    """
    data = json.dumps(message).encode()
    if len(data) > MESSAGE_BYTES:
        raise ValueError("there is too much to tell; ask for less")
    if len(data) <= INLINE_BYTES:
        socket.send_fds(channel, [data], list(fds))
        return
    memory = os.memfd_create("message")
    try:
        with open(memory, "wb", closefd=False) as file:
            file.write(data)
        socket.send_fds(channel, [b"@%d" % message.get("id", 0)], [memory, *fds])
    finally:
        os.close(memory)


def receive(channel: socket.socket) -> tuple[Message, list[int]] | None:
    """Receive a message and descriptors; None when the other side is gone.

    Where a descriptor finds no place in this process, the message says so instead, as an answer would.

    Raises:
        ValueError: What came is no message.
    """
    data, ancillary, flags, _ = channel.recvmsg(
        INLINE_BYTES + 1,
        socket.CMSG_SPACE((MOST_FDS + 1) * array.array("i").itemsize),
        socket.MSG_CMSG_CLOEXEC,
    )
    fds = array.array("i")
    for level, kind, payload in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            fds.frombytes(payload[: len(payload) - len(payload) % fds.itemsize])
    received = list(fds)
    if not data:
        return None
    try:
        if flags & socket.MSG_CTRUNC:
            return _without_place(data, received)
        if data.startswith(b"@"):
            data = _read_memory(received.pop(0))
        message = json.loads(data)
        if not isinstance(message, dict):
            raise ValueError("a message is an object")
    except (ValueError, TypeError, LookupError, OSError) as error:
        for fd in received:
            os.close(fd)
        raise ValueError(f"not a message: {error}") from error
    return message, received


def _without_place(data: bytes, received: list[int]) -> tuple[Message, list[int]]:
    number = data[1:] if data.startswith(b"@") else json.loads(data)["id"]
    for fd in received:
        os.close(fd)
    received.clear()
    return {"id": int(number), "errno": errno.EMFILE, "error": os.strerror(errno.EMFILE)}, []


def shown(name: str) -> str:
    """Return a file's name as a text: bytes in it that are no UTF-8 are replaced."""
    return os.fsencode(name).decode(errors="replace")


def _read_memory(fd: int) -> bytes:
    with open(fd, "rb") as file:
        if os.fstat(fd).st_size > MESSAGE_BYTES:
            raise ValueError("too long")
        file.seek(0)
        return file.read(MESSAGE_BYTES)
