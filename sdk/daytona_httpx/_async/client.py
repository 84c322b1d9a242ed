"""The client: make, find, list and end sandboxes."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator, Callable
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from daytona_httpx._async.groups import AsyncGroups
from daytona_httpx._async.transport import AsyncTransport
from daytona_httpx._async.watcher import AsyncWatcher
from daytona_httpx.answers import object_of
from daytona_httpx.config import DaytonaConfig, resolve
from daytona_httpx.deadline import Deadline
from daytona_httpx.errors import DaytonaError, DaytonaTimeoutError, DaytonaValidationError, prefixed

# What needs pydantic is imported when it is first used: a client costs little to make.
if TYPE_CHECKING:
    from daytona_httpx._async.object_storage import AsyncObjectStorage
    from daytona_httpx._async.sandbox import AsyncSandbox
    from daytona_httpx._async.secret import AsyncSecretService
    from daytona_httpx._async.snapshot import AsyncSnapshotService
    from daytona_httpx._async.volume import AsyncVolumeService
    from daytona_httpx._async.warm_pool import AsyncWarmPoolService
    from daytona_httpx.params import CreateParams
    from daytona_httpx.query import ListSandboxesQuery


class AsyncDaytona(AsyncGroups):
    """Talk to Daytona, or to anything that speaks its API.

    Args:
        config: The settings; what is left out comes from the environment.
        api_key: Wins over the config's.
        api_url: Wins over the config's.
        jwt_token: Wins over the config's.
        organization_id: Wins over the config's.
        target: Wins over the config's.
        transport: An httpx transport, for tests and for servers in the same process.

    Raises:
        DaytonaAuthenticationError: There is no key and no token.
        DaytonaValidationError: The URL or the key can't be one.

    Example:
        >>> async with AsyncDaytona(api_key=key, api_url=url) as client:
        ...     made = await client.create(CreateSandboxFromSnapshotParams(labels={"for": "docs"}))
        ...     found = [item.id async for item in client.list(ListSandboxesQuery(labels={"for": "docs"}))]
        ...     await made.delete(wait=True)
        >>> found == [made.id]
        True
    """

    def __init__(
        self,
        config: DaytonaConfig | None = None,
        *,
        api_key: str | None = None,
        api_url: str | None = None,
        jwt_token: str | None = None,
        organization_id: str | None = None,
        target: str | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        explicit = {
            "api_key": api_key,
            "api_url": api_url,
            "jwt_token": jwt_token,
            "organization_id": organization_id,
            "target": target,
        }
        given: dict[str, Any] = {name: value for name, value in explicit.items() if value is not None}
        connection = resolve(dataclasses.replace(config or DaytonaConfig(), **given))
        self._transport = AsyncTransport(connection, transport)
        self._watcher = AsyncWatcher(self._transport)
        self._target = connection.target
        self.api_url = connection.api_url

    @cached_property
    def volume(self) -> AsyncVolumeService:
        """Return the volumes."""
        from daytona_httpx._async.volume import AsyncVolumeService

        return AsyncVolumeService(self._transport)

    @cached_property
    def snapshot(self) -> AsyncSnapshotService:
        """Return the snapshots."""
        from daytona_httpx._async.snapshot import AsyncSnapshotService

        return AsyncSnapshotService(self._transport, self._target)

    @cached_property
    def object_storage(self) -> AsyncObjectStorage:
        """Return the store for the files that images copy."""
        from daytona_httpx._async.object_storage import AsyncObjectStorage

        return AsyncObjectStorage(self._transport)

    @cached_property
    def secret(self) -> AsyncSecretService:
        """Return the secrets."""
        from daytona_httpx._async.secret import AsyncSecretService

        return AsyncSecretService(self._transport)

    @cached_property
    def warm_pool(self) -> AsyncWarmPoolService:
        """Return the warm pools."""
        from daytona_httpx._async.warm_pool import AsyncWarmPoolService

        return AsyncWarmPoolService(self._transport)

    async def __aenter__(self) -> AsyncDaytona:
        """Return the client."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await self._transport.close()

    async def create(
        self,
        params: CreateParams | None = None,
        *,
        timeout: float | None = 60,
        wait: bool = True,
        on_snapshot_create_logs: Callable[[str], object] | None = None,
    ) -> AsyncSandbox:
        """Make a sandbox and wait until it is started (create sandbox).

        Args:
            params: What it should be; they stay as they are.
            timeout: Seconds for all of it; 0 and None are no limit.
            wait: Whether to wait until it is started; the server may block for up to 30 s all the same.
            on_snapshot_create_logs: Takes the log of an image's build, piece by piece; of an async client
                it may be a coroutine function.

        Raises:
            DaytonaTimeoutError: The time ran out; ``sandbox_id`` names the one that exists, if known.
            DaytonaValidationError: The timeout or the parameters can't be; nothing was sent.
            DaytonaError: The API refused, or the sandbox failed. A create whose answer was lost is
                never sent again: look for the sandbox by its name.
        """
        from daytona_httpx.params import CreateSandboxFromSnapshotParams, contexts_of, create_body

        with prefixed("Failed to create sandbox: "):
            deadline = self._transport.deadline(timeout)
            params = params or CreateSandboxFromSnapshotParams()
            body = create_body(params, self._target)
            if contexts := contexts_of(params):
                hashes = await self.object_storage.upload_contexts(contexts, deadline)
                body["buildInfo"]["contextHashes"] = hashes
            sandbox = await self._post(body, deadline)
            if wait:
                await self._wait(sandbox, deadline, on_snapshot_create_logs)
            return sandbox

    async def get(self, sandbox_id_or_name: str, request_timeout: float | None = None) -> AsyncSandbox:
        """Return a sandbox by id or name (get sandbox).

        Args:
            sandbox_id_or_name: Its id or its name.
            request_timeout: Seconds for the request; 0 is no limit, None the default of 90.

        Raises:
            DaytonaNotFoundError: There is none.
        """
        with prefixed("Failed to get sandbox: "):
            if not sandbox_id_or_name:
                raise DaytonaValidationError("sandbox_id_or_name must not be empty")
            deadline = self._transport.request_deadline(request_timeout)
            path = f"/sandbox/{quote(sandbox_id_or_name, safe='')}"
            return self._sandbox(await self._transport.api("GET", path, deadline))

    async def list(
        self, query: ListSandboxesQuery | None = None, request_timeout: float | None = None
    ) -> AsyncIterator[AsyncSandbox]:
        """Yield sandboxes, page by page (list sandboxes).

        Args:
            query: Which ones; all by default. ``limit`` is the size of a page, 1 to 200.
            request_timeout: Seconds for the request of each page; 0 is no limit, None the default of 90.
        """
        from daytona_httpx.query import ListSandboxesQuery, list_params

        with prefixed("Failed to list sandboxes: "):
            params = list_params(query or ListSandboxesQuery())
        while True:
            with prefixed("Failed to list sandboxes: "):
                deadline = self._transport.request_deadline(request_timeout)
                page = object_of(await self._transport.api("GET", "/sandbox", deadline, params=params))
                found = [self._sandbox(item) for item in page.get("items") or ()]
            for sandbox in found:
                yield sandbox
            if not page.get("nextCursor"):
                return
            params["cursor"] = page["nextCursor"]

    async def delete(self, sandbox: AsyncSandbox, timeout: float | None = 60, wait: bool = False) -> None:
        """Delete a sandbox (delete sandbox); as its own ``delete``."""
        await sandbox.delete(timeout, wait)

    async def start(self, sandbox: AsyncSandbox, timeout: float | None = 60) -> None:
        """Start a sandbox and wait until it is started (start sandbox); as its own ``start``."""
        await sandbox.start(timeout)

    async def stop(self, sandbox: AsyncSandbox, timeout: float | None = 60) -> None:
        """Stop a sandbox and wait until it is stopped (stop sandbox); as its own ``stop``."""
        await sandbox.stop(timeout)

    def _sandbox(self, answer: Any) -> AsyncSandbox:
        from daytona_httpx._async.sandbox import AsyncSandbox

        return AsyncSandbox._of(answer, self._transport, self._watcher)

    async def _post(self, body: dict[str, Any], deadline: Deadline) -> AsyncSandbox:
        try:
            return self._sandbox(await self._transport.api("POST", "/sandbox", deadline, json=body))
        except DaytonaTimeoutError as error:
            if not deadline.is_over:
                raise
            raise DaytonaTimeoutError(
                f"no answer within the {deadline.timeout} seconds timeout period; the sandbox may exist "
                "all the same, look for it by its name"
            ) from error

    async def _wait(
        self, sandbox: AsyncSandbox, deadline: Deadline, on_logs: Callable[[str], object] | None
    ) -> None:
        try:
            await sandbox._become_started(deadline, on_logs)
        except DaytonaError as error:
            error.sandbox_id = sandbox.id
            raise
