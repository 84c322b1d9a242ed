"""Reach a sandbox of a real local server by SSH, as asyncssh's own client does."""

from __future__ import annotations

from dataclasses import dataclass

import asyncssh
from daytona_httpx import CreateSandboxFromSnapshotParams, Daytona, Sandbox, SshAccessDto
from daytona_local import LocalDaytona


@dataclass(frozen=True)
class Box:
    """Hold a running sandbox, its server and a client of that."""

    server: LocalDaytona
    client: Daytona
    sandbox: Sandbox

    def access(self) -> SshAccessDto:
        """Return a new token; it revokes the older one."""
        return self.sandbox.create_ssh_access()

    def another(self, name: str) -> Box:
        """Return another sandbox of the server."""
        return Box(self.server, self.client, self.client.create(CreateSandboxFromSnapshotParams(name=name)))


def command(access: SshAccessDto) -> list[str]:
    """Return the words of the command that the API tells."""
    assert access.ssh_command is not None
    return access.ssh_command.split()


def where(access: SshAccessDto) -> tuple[int, str]:
    """Return the port and the user of the command that the API tells."""
    program, option, port, target = command(access)
    user, _, host = target.partition("@")
    assert ("ssh", "-p", "127.0.0.1") == (program, option, host)
    return int(port), user


async def connected(
    access: SshAccessDto, client: type[asyncssh.SSHClient] | None = None, user: str | None = None
) -> asyncssh.SSHClientConnection:
    """Connect with a token, or as another user; any host key will do."""
    port, token = where(access)
    return await asyncssh.connect(
        "127.0.0.1",
        port,
        username=user or token,
        known_hosts=None,
        config=[],
        client_keys=[],
        agent_path=None,
        client_factory=client,
    )


async def said(access: SshAccessDto, command: str, given: bytes = b"") -> tuple[int | None, bytes, bytes]:
    """Run a command; return its exit status and what it wrote to each of its streams."""
    async with await connected(access) as connection:
        done = await connection.run(command, input=given, encoding=None)
    assert isinstance(done.stdout, bytes)
    assert isinstance(done.stderr, bytes)
    return done.exit_status, done.stdout, done.stderr
