"""A loopback port that answers ``ssh``: a token is the user's name, and leads into its sandbox."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from daytona_local.lifecycle import Lifecycle
from daytona_local.ssh_access import SshAccesses
from daytona_local.toolbox.running import Toolboxes

if TYPE_CHECKING:  # asyncssh takes as long to import as the rest of the server: the first connection pays
    from daytona_local.ssh_server import SshServer

logger = logging.getLogger(__name__)

HOST = "127.0.0.1"
BACKLOG = 128


class SshGateway:
    """Listen from the start, and load what speaks SSH when somebody connects.

    Args:
        data_dir: The server's private folder; the host key and the port are kept there.
        accesses: The tokens.
        toolboxes: Find sandboxes that run.
        lifecycle: Tells of those that stop: their connections end.
    """

    def __init__(
        self, data_dir: Path, accesses: SshAccesses, toolboxes: Toolboxes, lifecycle: Lifecycle
    ) -> None:
        self._folder = data_dir / "ssh"
        self._accesses = accesses
        self._toolboxes = toolboxes
        self._lifecycle = lifecycle
        self._listener: socket.socket | None = None
        self._opening: asyncio.Task[None] | None = None
        self._server: SshServer | None = None
        accesses.on_revoke.append(self._revoked)
        lifecycle.before_stop.append(self._before_stop)

    @property
    def port(self) -> int:
        """Return the port: that of the last time, where it is free, so that commands given then still hold.

        Raises:
            OSError: The system has none.
        """
        return int(self._listening().getsockname()[1])

    def command(self, token: str) -> str:
        """Return the command that leads into a sandbox."""
        return f"ssh -p {self.port} {token}@{HOST}"

    def start(self) -> None:
        """Begin to answer.

        Raises:
            OSError: No port could be opened.
        """
        listener = self._listening()
        asyncio.get_running_loop().add_reader(listener, self._begin, listener)

    async def close(self) -> None:
        """End all connections, and answer no more."""
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.gather(self._opening, return_exceptions=True)
        if self._server is not None:
            await self._server.close()
        if self._listener is not None:
            asyncio.get_running_loop().remove_reader(self._listener)
            self._listener.close()

    def _listening(self) -> socket.socket:
        if self._listener is None:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            self._listener = _listen(self._folder / "port")
        return self._listener

    def _begin(self, listener: socket.socket) -> None:
        asyncio.get_running_loop().remove_reader(listener)
        self._opening = asyncio.create_task(self._open(listener))

    async def _open(self, listener: socket.socket) -> None:
        try:
            module = await asyncio.to_thread(importlib.import_module, "daytona_local.ssh_server")
            made: SshServer = module.SshServer(self._accesses, self._toolboxes, self._lifecycle)
            await made.start(listener.dup(), self._folder / "host-key")
            self._server = made
        except (ImportError, OSError, ValueError) as error:
            logger.error("answer ssh on port %s: %s; correct that and start again", self.port, error)
            listener.close()

    def _revoked(self, sandbox_id: str, token: str | None) -> None:
        if self._server is not None:
            self._server.end(sandbox_id, token, "the access was revoked")

    async def _before_stop(self, sandbox_id: str) -> None:
        if self._server is not None:
            self._server.end(sandbox_id, None, "the sandbox stops")


def _listen(kept: Path) -> socket.socket:
    """Listen on the port that a file names, or on a free one, and keep its number."""
    with contextlib.suppress(OSError, ValueError, OverflowError):
        return _opened(int(kept.read_text()))
    listener = _opened(0)
    with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(str(listener.getsockname()[1]))
    return listener


def _opened(port: int) -> socket.socket:
    listener = socket.create_server((HOST, port), backlog=BACKLOG)
    listener.setblocking(False)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
