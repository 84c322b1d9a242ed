# Generated from _async by `make generate`; do not edit.
"""The client: make, find, list and end sandboxes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Callable
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx

from daytona_httpx._sync.groups import Groups
from daytona_httpx._sync.transport import Transport
from daytona_httpx._sync.watcher import Watcher
from daytona_httpx.answers import object_of
from daytona_httpx.config import DaytonaConfig, resolve
from daytona_httpx.deadline import Deadline
from daytona_httpx.errors import DaytonaError, DaytonaTimeoutError, DaytonaValidationError, prefixed

# What needs pydantic is imported when it is first used: a client costs little to make.
if TYPE_CHECKING:
    from daytona_httpx._sync.object_storage import ObjectStorage
    from daytona_httpx._sync.sandbox import Sandbox
    from daytona_httpx._sync.secret import SecretService
    from daytona_httpx._sync.snapshot import SnapshotService
    from daytona_httpx._sync.volume import VolumeService
    from daytona_httpx._sync.warm_pool import WarmPoolService
    from daytona_httpx.params import CreateParams
    from daytona_httpx.query import ListSandboxesQuery


class Daytona(Groups):
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
        >>> with Daytona(api_key=key, api_url=url) as client:
        ...     made = client.create(CreateSandboxFromSnapshotParams(labels={"for": "docs"}))
        ...     found = [item.id for item in client.list(ListSandboxesQuery(labels={"for": "docs"}))]
        ...     made.delete(wait=True)
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
        transport: httpx.BaseTransport | None = None,
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
        self._transport = Transport(connection, transport)
        self._watcher = Watcher(self._transport)
        self._target = connection.target
        self.api_url = connection.api_url

    @cached_property
    def volume(self) -> VolumeService:
        """Return the volumes."""
        from daytona_httpx._sync.volume import VolumeService

        return VolumeService(self._transport)

    @cached_property
    def snapshot(self) -> SnapshotService:
        """Return the snapshots."""
        from daytona_httpx._sync.snapshot import SnapshotService

        return SnapshotService(self._transport, self._target)

    @cached_property
    def object_storage(self) -> ObjectStorage:
        """Return the store for the files that images copy."""
        from daytona_httpx._sync.object_storage import ObjectStorage

        return ObjectStorage(self._transport)

    @cached_property
    def secret(self) -> SecretService:
        """Return the secrets."""
        from daytona_httpx._sync.secret import SecretService

        return SecretService(self._transport)

    @cached_property
    def warm_pool(self) -> WarmPoolService:
        """Return the warm pools."""
        from daytona_httpx._sync.warm_pool import WarmPoolService

        return WarmPoolService(self._transport)

    def __enter__(self) -> Daytona:
        """Return the client."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._transport.close()

    def create(
        self,
        params: CreateParams | None = None,
        *,
        timeout: float | None = 60,
        wait: bool = True,
        on_snapshot_create_logs: Callable[[str], object] | None = None,
    ) -> Sandbox:
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
                hashes = self.object_storage.upload_contexts(contexts, deadline)
                body["buildInfo"]["contextHashes"] = hashes
            sandbox = self._post(body, deadline)
            if wait:
                self._wait(sandbox, deadline, on_snapshot_create_logs)
            return sandbox

    def get(self, sandbox_id_or_name: str, request_timeout: float | None = None) -> Sandbox:
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
            return self._sandbox(self._transport.api("GET", path, deadline))

    def list(
        self, query: ListSandboxesQuery | None = None, request_timeout: float | None = None
    ) -> Iterator[Sandbox]:
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
                page = object_of(self._transport.api("GET", "/sandbox", deadline, params=params))
                found = [self._sandbox(item) for item in page.get("items") or ()]
            for sandbox in found:
                yield sandbox
            if not page.get("nextCursor"):
                return
            params["cursor"] = page["nextCursor"]

    def delete(self, sandbox: Sandbox, timeout: float | None = 60, wait: bool = False) -> None:
        """Delete a sandbox (delete sandbox); as its own ``delete``."""
        sandbox.delete(timeout, wait)

    def start(self, sandbox: Sandbox, timeout: float | None = 60) -> None:
        """Start a sandbox and wait until it is started (start sandbox); as its own ``start``."""
        sandbox.start(timeout)

    def stop(self, sandbox: Sandbox, timeout: float | None = 60) -> None:
        """Stop a sandbox and wait until it is stopped (stop sandbox); as its own ``stop``."""
        sandbox.stop(timeout)

    def _sandbox(self, answer: Any) -> Sandbox:
        from daytona_httpx._sync.sandbox import Sandbox

        return Sandbox._of(answer, self._transport, self._watcher)

    def _post(self, body: dict[str, Any], deadline: Deadline) -> Sandbox:
        try:
            return self._sandbox(self._transport.api("POST", "/sandbox", deadline, json=body))
        except DaytonaTimeoutError as error:
            if not deadline.is_over:
                raise
            raise DaytonaTimeoutError(
                f"no answer within the {deadline.timeout} seconds timeout period; the sandbox may exist "
                "all the same, look for it by its name"
            ) from error

    def _wait(self, sandbox: Sandbox, deadline: Deadline, on_logs: Callable[[str], object] | None) -> None:
        try:
            sandbox._become_started(deadline, on_logs)
        except DaytonaError as error:
            error.sandbox_id = sandbox.id
            raise
