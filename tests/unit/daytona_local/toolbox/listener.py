"""Serve from a test what a sandbox reaches: in the sandbox's own network, since no other is in its reach."""

from __future__ import annotations

import socket

from daytona_local.toolbox.running import Running

_LISTEN = """
import socket
server = socket.create_server(("127.0.0.1", 0))
socket.send_fds(socket.socket(fileno=0), [b"here"], [server.fileno()])
"""


async def listen(box: Running) -> socket.socket:
    """Return a socket that listens on a port of the sandbox's loopback."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        end = theirs.fileno()
        process = await box.agent.spawn(["python3", "-c", _LISTEN], {}, None, (end, end, end))
        assert 0 == await process.ended
        _, fds, _, _ = socket.recv_fds(ours, 16, 1)
    return socket.socket(fileno=fds[0])
