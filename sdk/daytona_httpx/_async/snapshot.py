"""Snapshots: what sandboxes are made from."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from urllib.parse import quote

from daytona_httpx._async import clock
from daytona_httpx._async.build_logs import AsyncBuildLogs
from daytona_httpx._async.object_storage import AsyncObjectStorage
from daytona_httpx._async.transport import AsyncTransport
from daytona_httpx.answers import url_of
from daytona_httpx.deadline import Deadline, ticks
from daytona_httpx.errors import (
    DaytonaConflictError,
    DaytonaError,
    DaytonaNotFoundError,
    DaytonaTimeoutError,
    DaytonaValidationError,
    prefixed,
)
from daytona_httpx.image import Image
from daytona_httpx.models.base import parse
from daytona_httpx.models.snapshot import PaginatedSnapshots, Snapshot
from daytona_httpx.snapshot_params import CreateSnapshotParams, snapshot_body

FAILED = frozenset({"error", "build_failed", "removing", "inactive"})
ENDED = FAILED | {"active"}
APPEARS_S = 10.0


class AsyncSnapshotService:
    """Make, find, switch on and off, and delete snapshots.

    Args:
        transport: Sends the requests.
        target: The region for new ones, where the caller names none.

    Example:
        >>> [snapshot.name for snapshot in (await daytona.snapshot.list()).items if snapshot.general]
        ['daytona-local:default']
    """

    def __init__(self, transport: AsyncTransport, target: str | None = None) -> None:
        self._transport = transport
        self._target = target

    async def list(
        self, page: int | None = None, limit: int | None = None, source_sandbox_id: str | None = None
    ) -> PaginatedSnapshots:
        """Return one page of snapshots (get all snapshots).

        Args:
            page: Which one, from 1; the first by default.
            limit: How many on a page, 1 to 200; the server's default of 100 when left out.
            source_sandbox_id: Only those made from this sandbox.
        """
        with prefixed("Failed to list snapshots: "):
            if (page is not None and page < 1) or (limit is not None and limit < 1):
                raise DaytonaValidationError("page and limit must be at least 1")
            given = {"page": page, "limit": limit, "sourceSandboxId": source_sandbox_id}
            params = {name: value for name, value in given.items() if value is not None}
            return parse(PaginatedSnapshots, await self._transport.api("GET", "/snapshots", params=params))

    async def get(self, name: str) -> Snapshot:
        """Return a snapshot by name or id (get snapshot).

        Raises:
            DaytonaNotFoundError: There is none.
        """
        with prefixed("Failed to get snapshot: "):
            return await self._get(name)

    async def create(
        self,
        params: CreateSnapshotParams,
        *,
        on_logs: Callable[[str], object] | None = None,
        timeout: float | None = 0,
    ) -> Snapshot:
        """Make a snapshot and wait until it is active (create snapshot).

        Args:
            params: What it should be; they stay as they are.
            on_logs: Takes the log of an image's build, piece by piece; of an async client it may be a
                coroutine function.
            timeout: Seconds for all of it; 0 and None are no limit.

        Raises:
            DaytonaConflictError: There is one of this name.
            DaytonaTimeoutError: The time ran out; the snapshot may exist.
            DaytonaValidationError: The timeout or the parameters can't be; nothing was sent.
            DaytonaError: The API refused, or the snapshot failed.
        """
        with prefixed("Failed to create snapshot: "):
            deadline = self._transport.deadline(timeout)
            body = snapshot_body(params, self._target)
            if isinstance(params.image, Image) and params.image.contexts:
                storage, contexts = AsyncObjectStorage(self._transport), params.image.contexts
                body["buildInfo"]["contextHashes"] = await storage.upload_contexts(contexts, deadline)
            try:
                made = parse(Snapshot, await self._transport.api("POST", "/snapshots", deadline, json=body))
                return await self._active(made, deadline, on_logs if "buildInfo" in body else None)
            except DaytonaTimeoutError as error:
                if not deadline.is_over:
                    raise
                raise DaytonaTimeoutError(
                    f"{params.name} was not active within the {deadline.timeout} seconds timeout period; "
                    "it may exist, and become active yet"
                ) from error

    async def activate(self, snapshot: Snapshot | str) -> Snapshot:
        """Let sandboxes be made from a snapshot that was switched off (activate snapshot).

        Args:
            snapshot: The snapshot, its id or its name.
        """
        with prefixed("Failed to activate snapshot: "):
            path = await self._path(snapshot)
            return parse(Snapshot, await self._transport.api("POST", f"{path}/activate"))

    async def deactivate(self, snapshot: Snapshot | str) -> None:
        """Switch a snapshot off; it stays (deactivate snapshot).

        Args:
            snapshot: The snapshot, its id or its name.
        """
        with prefixed("Failed to deactivate snapshot: "):
            path = await self._path(snapshot)
            await self._transport.api("POST", f"{path}/deactivate")

    async def delete(self, snapshot: Snapshot | str) -> None:
        """Delete a snapshot; it doesn't wait (remove snapshot).

        Args:
            snapshot: The snapshot, its id or its name.

        Raises:
            DaytonaNotFoundError: There is none.
        """
        with prefixed("Failed to delete snapshot: "):
            path = await self._path(snapshot)
            try:
                await self._transport.api("DELETE", path)
            except DaytonaNotFoundError as error:
                if error.attempts == 1:  # a repeated delete whose first answer was lost has done its work
                    raise

    async def get_build_logs_url(self, snapshot: Snapshot | str) -> str:
        """Return where the log of a snapshot's build is read, with the API key (get snapshot build logs url).

        Args:
            snapshot: The snapshot, its id or its name.

        Raises:
            DaytonaNotFoundError: There is none, or it was not built.
        """
        with prefixed("Failed to get build logs URL: "):
            path = await self._path(snapshot)
            return url_of(await self._transport.api("GET", f"{path}/build-logs-url"))

    @staticmethod
    async def process_image_context(object_storage: AsyncObjectStorage, image: Image) -> builtins.list[str]:
        """Upload what an image copies, and return the hashes; ``create`` does so itself."""
        return await object_storage.upload_contexts(image.contexts)

    async def _get(self, name: str, deadline: Deadline | None = None) -> Snapshot:
        if not name:
            raise DaytonaValidationError("name must not be empty")
        path = f"/snapshots/{quote(name, safe='')}"
        return parse(Snapshot, await self._transport.api("GET", path, deadline))

    async def _path(self, snapshot: Snapshot | str) -> str:
        """Return where a snapshot is changed: names are only good for looking."""
        found = snapshot if isinstance(snapshot, Snapshot) else await self._get(snapshot)
        return f"/snapshots/{quote(found.id, safe='')}"

    async def _active(
        self, snapshot: Snapshot, deadline: Deadline, on_logs: Callable[[str], object] | None = None
    ) -> Snapshot:
        if snapshot.state not in ENDED:
            logs = AsyncBuildLogs(self._transport, await self._path(snapshot), on_logs)
            snapshot = parse(Snapshot, await logs.follow(lambda state: state in ENDED, deadline))
        if snapshot.state in FAILED:
            reason = snapshot.error_reason or "none given"
            raise DaytonaError(f"{snapshot.name} ended in state {snapshot.state}, reason: {reason}")
        return snapshot

    async def _must_be_free(self, name: str, deadline: Deadline) -> None:
        """Refuse a name that is taken, for an operation that doesn't."""
        try:
            await self._get(name, deadline)
        except DaytonaNotFoundError:
            return
        raise DaytonaConflictError(f"a snapshot named {name} exists already; delete it, or take another name")

    async def _appear(self, name: str, deadline: Deadline) -> None:
        """Wait for a snapshot that something else makes; it may come a moment after that has ended."""
        grace = self._transport.deadline(deadline.shorten(APPEARS_S))
        for tick_s in ticks():
            try:
                await self._active(await self._get(name, deadline), deadline)
                return
            except DaytonaNotFoundError as error:
                if not grace.allows(tick_s):
                    raise DaytonaError(f"no snapshot named {name} came of it; try again") from error
            await clock.sleep(tick_s)
