"""Tell which ports processes of the sandbox listen on, and connect to them."""

from __future__ import annotations

import errno
import os
import socket

from .channel import Answer, Message

CONNECT_S = 5


def connect(message: Message, _: list[int]) -> Answer:
    """Connect to a port that a process of this sandbox listens on."""
    port = message["port"]
    if message["own"] and port not in _own_ports():
        raise OSError(errno.ECONNREFUSED, f"nothing in the sandbox listens on port {port}")
    try:
        connection = socket.create_connection(("127.0.0.1", port), timeout=CONNECT_S)
    except ConnectionRefusedError:
        connection = socket.create_connection(("::1", port), timeout=CONNECT_S)
    connection.setblocking(False)
    return {}, (connection.detach(),)


def list_ports(message: Message, _: list[int]) -> Answer:
    """List the ports that processes of this sandbox listen on."""
    return {"ports": sorted(_own_ports())}, ()


def _own_ports() -> set[int]:
    """Return the ports on which processes that this agent can see listen."""
    listening: dict[str, int] = {}
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        if os.path.exists(table):
            with open(table) as file:
                rows = [line.split() for line in file.readlines()[1:]]
            listening |= {row[9]: int(row[1].rsplit(":", 1)[1], 16) for row in rows if row[3] == "0A"}
    return {listening[inode] for inode in _socket_inodes() if inode in listening}


def _socket_inodes() -> set[str]:
    inodes = set()
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            links = [os.readlink(f"/proc/{pid}/fd/{fd}") for fd in os.listdir(f"/proc/{pid}/fd")]
        except OSError:
            continue  # it has just ended, or is another user's
        inodes |= {link[8:-1] for link in links if link.startswith("socket:[")}
    return inodes


OPERATIONS = {"connect": connect, "ports": list_ports}
