"""Git's settings in a sandbox."""

from __future__ import annotations

from daytona_httpx._async.git_calls import AsyncGitCalls
from daytona_httpx.answers import object_of
from daytona_httpx.errors import prefixed


class AsyncGitConfig(AsyncGitCalls):
    """Read and write git's configuration and credentials."""

    async def set_config(
        self,
        key: str,
        value: str,
        scope: str = "global",
        path: str | None = None,
        request_timeout: float | None = None,
    ) -> None:
        """Set a value of git's configuration (set git config).

        Args:
            key: Its name, such as ``core.autocrlf``.
            value: The value.
            scope: global, local or system.
            path: The repository, for local.
            request_timeout: Seconds for the request.
        """
        with prefixed("Failed to set config: "):
            await self._post("/git/config", request_timeout, key=key, value=value, scope=scope, path=path)

    async def get_config(
        self,
        key: str,
        scope: str = "global",
        path: str | None = None,
        request_timeout: float | None = None,
    ) -> str | None:
        """Return a value of git's configuration, None when it isn't set (get git config)."""
        with prefixed("Failed to get config: "):
            found = object_of(
                await self._get("/git/config", request_timeout, key=key, scope=scope, path=path)
            )
            value = found.get("value")
            return None if value is None else str(value)

    async def configure_user(
        self,
        name: str,
        email: str,
        scope: str = "global",
        path: str | None = None,
        request_timeout: float | None = None,
    ) -> None:
        """Set the name and address that commits get; arguments as for ``set_config`` (configure user)."""
        with prefixed("Failed to configure user: "):
            await self._post(
                "/git/config/user", request_timeout, name=name, email=email, scope=scope, path=path
            )

    async def dangerously_authenticate(
        self,
        username: str,
        password: str,
        host: str | None = None,
        protocol: str | None = None,
        request_timeout: float | None = None,
    ) -> None:
        """Let git use credentials from now on; they lie readable in the sandbox (authenticate).

        Args:
            username: The user.
            password: The password or token.
            host: The host they are for; github.com by default.
            protocol: https by default.
            request_timeout: Seconds for the request.
        """
        with prefixed("Failed to authenticate: "):
            await self._post(
                "/git/credentials",
                request_timeout,
                username=username,
                password=password,
                host=host,
                protocol=protocol,
            )
