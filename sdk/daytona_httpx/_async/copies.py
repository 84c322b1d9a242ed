"""Copies of a sandbox: another sandbox, or a snapshot; and what is a copy of what."""

from __future__ import annotations

from typing import Any, Self

from daytona_httpx._async.lifecycle import AsyncSandboxLifecycle
from daytona_httpx._async.snapshot import AsyncSnapshotService
from daytona_httpx.answers import items_of, url_of
from daytona_httpx.errors import DaytonaError, prefixed


class AsyncSandboxCopies(AsyncSandboxLifecycle):
    """Copy a sandbox."""

    async def fork(self, name: str | None = None, timeout: float | None = 60) -> Self:
        """Make a sandbox with the same files, wait until it is started, and return it (fork sandbox).

        Args:
            name: Its name; the server names it when left out.
            timeout: Seconds for all of it; 0 and None are no limit.

        Raises:
            DaytonaTimeoutError: The time ran out; ``sandbox_id`` names the one that exists, if known.
            DaytonaValidationError: The timeout is negative or not finite; nothing was sent.
            DaytonaError: The API refused, or the new sandbox failed.
        """
        with prefixed("Failed to fork sandbox: "):
            deadline = self._transport.deadline(timeout)
            with self._timed("fork", deadline, "; the fork may exist all the same"):
                body = {"name": name} if name else {}
                answer = await self._call("POST", "/fork", deadline, json=body)
            forked = type(self)._of(answer, self._transport, self._watcher)
            try:
                await forked._become_started(deadline)
            except DaytonaError as error:
                error.sandbox_id = forked.id
                raise
            return forked

    async def get_forks(self, include_destroyed: bool = False) -> list[Self]:
        """Return the sandboxes that were forked from this one (get sandbox forks).

        Args:
            include_destroyed: Whether those that are gone are among them.
        """
        params = {"includeDestroyed": "true"} if include_destroyed else {}
        with prefixed("Failed to get forks: "):
            return self._these(await self._call("GET", "/forks", params=params))

    async def get_parent(self) -> Self:
        """Return the sandbox that this one was forked from (get sandbox parent).

        Raises:
            DaytonaNotFoundError: It is no fork, or its parent is gone.
        """
        with prefixed("Failed to get parent: "):
            return type(self)._of(await self._call("GET", "/parent"), self._transport, self._watcher)

    async def get_ancestors(self) -> list[Self]:
        """Return what this one was forked from, what that was forked from, and so on (get sandbox ancestors).

        The nearest comes first; a sandbox that is no fork has none.
        """
        with prefixed("Failed to get ancestors: "):
            return self._these(await self._call("GET", "/ancestors"))

    async def get_build_logs_url(self) -> str:
        """Return where the log of its build is read, with the API key (get build logs url).

        Raises:
            DaytonaNotFoundError: It was not built.
        """
        with prefixed("Failed to get build logs URL: "):
            return url_of(await self._call("GET", "/build-logs-url"))

    async def create_snapshot(self, name: str, timeout: float | None = 60) -> None:
        """Make a snapshot of the sandbox's files and wait until it is active (create sandbox snapshot).

        Args:
            name: The snapshot's name.
            timeout: Seconds for all of it; 0 and None are no limit.

        Raises:
            DaytonaConflictError: There is a snapshot of this name; nothing was sent. The API would take it.
            DaytonaTimeoutError: The time ran out; the snapshot may exist.
            DaytonaValidationError: The timeout is negative or not finite; nothing was sent.
            DaytonaError: The API refused, the sandbox failed, or no snapshot came of it.
        """
        verb = "become a snapshot"
        with prefixed("Failed to create snapshot: "), self._within(verb, timeout) as deadline:
            snapshots = AsyncSnapshotService(self._transport)
            await snapshots._must_be_free(name, deadline)
            self._take(await self._call("POST", "/snapshot", deadline, json={"name": name}))
            await self._watch(lambda state: state != "snapshotting", deadline)
            await snapshots._appear(name, deadline)

    def _these(self, answer: Any) -> list[Self]:
        return [type(self)._of(item, self._transport, self._watcher) for item in items_of(answer)]
