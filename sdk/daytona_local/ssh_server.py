"""The server that speaks SSH for the gateway; only the gateway imports it, when somebody connects."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
import socket
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import asyncssh

from daytona_local.errors import NotFoundError, RefusedError
from daytona_local.lifecycle import Lifecycle
from daytona_local.runtime import AgentError, NotRunningError, RuntimeFailedError
from daytona_local.ssh_access import SshAccess, SshAccesses, same
from daytona_local.ssh_forwarding import Forwarded
from daytona_local.ssh_session import Session
from daytona_local.toolbox.running import Running, Toolboxes

LOGIN_S = 30
LOOPBACK = ("localhost", "127.0.0.1", "::1")
_TOKEN = re.compile(r"\b[0-9a-f]{32}\b")


class SshServer:
    """Keep the connections.

    Args:
        accesses: The tokens.
        toolboxes: Find sandboxes that run.
        lifecycle: Finds sandboxes, and takes note that they are in use.
    """

    def __init__(self, accesses: SshAccesses, toolboxes: Toolboxes, lifecycle: Lifecycle) -> None:
        self.accesses = accesses
        self.toolboxes = toolboxes
        self.lifecycle = lifecycle
        self.doors: set[Door] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._acceptor: asyncssh.SSHAcceptor | None = None

    async def start(self, listener: socket.socket, key_file: Path) -> None:
        """Begin to answer.

        Args:
            listener: Where; it is closed at the end.
            key_file: The host's private key, made when there is none.
        """
        logging.getLogger("asyncssh").addFilter(_hide_tokens)
        key = await asyncio.to_thread(_host_key, key_file)
        self._acceptor = await asyncssh.listen(
            sock=listener,
            server_factory=lambda: Door(self),
            server_host_keys=[key],
            login_timeout=LOGIN_S,
            encoding=None,
            line_editor=False,
            agent_forwarding=False,
            x11_forwarding=False,
            config=[],
        )

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something in the background, until the server closes."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def end(self, sandbox_id: str, token: str | None, reason: str) -> None:
        """End the connections into a sandbox, of one token or all."""
        for door in list(self.doors):
            access = door.access
            if access and access.sandbox_id == sandbox_id and (token is None or same(access.token, token)):
                door.shut(reason)

    async def close(self) -> None:
        """End all connections."""
        if self._acceptor is not None:
            self._acceptor.close()
        for door in list(self.doors):
            door.shut("the server ends")
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


class Door(asyncssh.SSHServer):
    """Let in who gives a token as the user's name, and nobody else."""

    def __init__(self, server: SshServer) -> None:
        self._server = server
        self.access: SshAccess | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        """Take the connection."""
        self._connection = conn
        self._server.doors.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._server.doors.discard(self)

    def begin_auth(self, username: str) -> bool:
        """Tell whether more is needed than the name: there is nothing else that would help."""
        self.access = self._server.accesses.valid(username)
        with contextlib.suppress(NotFoundError):
            return self.access is None or not self._server.lifecycle.find(self.access.sandbox_id)
        return True

    def shut(self, reason: str) -> None:
        """End the connection, and say why."""
        self._connection.disconnect(asyncssh.DISC_SERVICE_NOT_AVAILABLE, reason)

    def session_requested(self) -> Session:
        """Open a session."""
        return Session(self._box, self._touch, self._server.begin)

    def connection_requested(
        self, dest_host: str, dest_port: int, orig_host: str, orig_port: int
    ) -> Any:  # a coroutine that returns a session, which asyncssh's annotation doesn't know
        """Forward a port of the sandbox; nothing outside of it."""
        if dest_host not in LOOPBACK:
            reason = f"only ports of the sandbox are forwarded: name localhost, not {dest_host}"
            raise asyncssh.ChannelOpenError(asyncssh.OPEN_ADMINISTRATIVELY_PROHIBITED, reason)
        return self._forward(dest_port)

    async def _forward(self, port: int) -> asyncssh.SSHTCPSession[bytes]:
        try:
            inside = await (await self._box()).agent.connect(port)
        except (RefusedError, AgentError, NotRunningError, RuntimeFailedError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise asyncssh.ChannelOpenError(asyncssh.OPEN_CONNECT_FAILED, reason) from None
        return Forwarded(inside, self._touch)

    async def _box(self) -> Running:
        assert self.access is not None
        return await self._server.toolboxes.of(self.access.sandbox_id)

    def _touch(self) -> None:
        assert self.access is not None
        with contextlib.suppress(NotFoundError):
            self._server.lifecycle.touch(self._server.lifecycle.find(self.access.sandbox_id))


def _host_key(file: Path) -> asyncssh.SSHKey:
    """Return the key that tells this server from others, for its owner only."""
    if not file.exists():
        made = asyncssh.generate_private_key("ssh-ed25519").export_private_key()
        partial = file.with_name(f"{file.name}.partial")
        partial.unlink(missing_ok=True)
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
            written.write(made)
        partial.rename(file)
    return asyncssh.read_private_key(file)


def _hide_tokens(record: logging.LogRecord) -> bool:
    """Let no log show a token: asyncssh tells there who comes."""
    message = record.getMessage()
    if _TOKEN.search(message):
        record.msg, record.args = _TOKEN.sub("<token>", message), ()
    return True
