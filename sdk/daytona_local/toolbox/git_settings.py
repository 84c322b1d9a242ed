"""The git config inside a sandbox, and its store of credentials."""

from __future__ import annotations

from daytona_local.errors import InvalidError
from daytona_local.toolbox.git_errors import refusal
from daytona_local.toolbox.git_program import GitProgram, plain
from daytona_local.toolbox.running import Running

_SCOPES = frozenset({"global", "local", "system"})
_UNSET = 1


class GitSettings:
    """Use the git config in one scope.

    Args:
        running: The sandbox.
        scope: global (the default), local or system.
        path: The repository's folder, for the local scope.

    Raises:
        InvalidError: There is no such scope, or the local one has no path.
    """

    def __init__(self, running: Running, scope: str | None = None, path: str | None = None) -> None:
        scope = scope or "global"
        if scope not in _SCOPES:
            raise InvalidError(f"git config: {scope!r} is no scope; use global, local or system")
        if scope == "local" and not path:
            raise InvalidError("git config: the local scope needs the repository's path; pass it")
        self._git = GitProgram(running, path if scope == "local" else None)
        self._scope = f"--{scope}"

    async def get(self, key: str) -> str | None:
        """Return a value; None when it isn't set."""
        words = ("config", self._scope, "-z", "--get", plain("config key", key))
        done = await self._git.attempt(*words)
        if done.exit_code == 0:
            return done.stdout.decode(errors="replace").removesuffix("\0")
        said = done.stderr.decode(errors="replace")
        if done.exit_code == _UNSET and not said.strip():
            return None
        raise refusal("get git config", done.exit_code, said)

    async def set(self, key: str, value: str) -> None:
        """Set a value."""
        words = ("config", self._scope, "--replace-all", "--", plain("config key", key), value)
        await self._git.run("set git config", *words)

    async def set_user(self, name: str, email: str) -> None:
        """Say who commits."""
        await self.set("user.name", name)
        await self.set("user.email", email)


async def store_credentials(running: Running, username: str, password: str, host: str, protocol: str) -> None:
    """Keep credentials in the user's credential store, readable in a file that is the user's alone.

    Raises:
        InvalidError: One of them has a line break, which would make it two.
    """
    fields = {"protocol": protocol, "host": host, "username": username, "password": password}
    if any(character in value for value in fields.values() for character in "\n\r\0"):
        raise InvalidError("store git credentials: they can't hold line breaks; pass them without")
    given = "".join(f"{name}={value}\n" for name, value in fields.items())
    await GitSettings(running).set("credential.helper", "store")
    await GitProgram(running).run("store git credentials", "credential-store", "store", given=given.encode())
