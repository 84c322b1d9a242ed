"""Remote git repositories, seen from a sandbox."""

from __future__ import annotations

from daytona_httpx._async.git_calls import AsyncGitCalls
from daytona_httpx.errors import prefixed
from daytona_httpx.models.base import parse
from daytona_httpx.models.git import ListRemotesResponse


class AsyncGitRemotes(AsyncGitCalls):
    """Exchange commits with remote repositories."""

    async def clone(
        self,
        url: str,
        path: str,
        branch: str | None = None,
        commit_id: str | None = None,
        username: str | None = None,
        password: str | None = None,
        insecure_skip_tls: bool | None = None,
        depth: int | None = None,
        request_timeout: float | None = None,
    ) -> None:
        """Clone a repository (clone repository).

        Args:
            url: Where from.
            path: Where to in the sandbox.
            branch: The branch to check out; the remote's own choice by default.
            commit_id: The commit to check out, with no branch.
            username: For repositories that ask for it.
            password: The password or token.
            insecure_skip_tls: Whether to accept any certificate.
            depth: How many commits of history; all by default.
            request_timeout: Seconds for the request.

        Raises:
            DaytonaGitAuthFailedError: The remote doesn't accept the credentials.
            DaytonaGitRepoNotFoundError: There is no such repository.
        """
        with prefixed("Failed to clone repository: "):
            await self._transfer(
                "/git/clone",
                request_timeout,
                url=url,
                path=path,
                branch=branch,
                commit_id=commit_id,
                username=username,
                password=password,
                insecure_skip_tls=insecure_skip_tls,
                depth=depth,
            )

    async def push(
        self,
        path: str,
        username: str | None = None,
        password: str | None = None,
        branch: str | None = None,
        remote: str | None = None,
        set_upstream: bool = False,
        request_timeout: float | None = None,
    ) -> None:
        """Push a branch (push changes).

        Args:
            path: The repository.
            username: For remotes that ask for it.
            password: The password or token.
            branch: The branch; the one that is checked out by default.
            remote: The remote; the branch's own by default.
            set_upstream: Whether the branch follows the remote one from now on.
            request_timeout: Seconds for the request.

        Raises:
            DaytonaGitPushRejectedError: The remote branch has moved on; pull first.
        """
        with prefixed("Failed to push changes: "):
            await self._transfer(
                "/git/push",
                request_timeout,
                path=path,
                username=username,
                password=password,
                branch=branch,
                remote=remote,
                set_upstream=set_upstream,
            )

    async def pull(
        self,
        path: str,
        username: str | None = None,
        password: str | None = None,
        branch: str | None = None,
        remote: str | None = None,
        request_timeout: float | None = None,
    ) -> None:
        """Pull a branch (pull changes); arguments as for ``push``.

        Raises:
            DaytonaGitMergeConflictError: Both sides changed the same.
        """
        with prefixed("Failed to pull changes: "):
            await self._transfer(
                "/git/pull",
                request_timeout,
                path=path,
                username=username,
                password=password,
                branch=branch,
                remote=remote,
            )

    async def remote_add(
        self,
        path: str,
        name: str,
        url: str,
        fetch: bool = False,
        overwrite: bool = False,
        request_timeout: float | None = None,
    ) -> None:
        """Add a remote; ``fetch`` gets what it has, ``overwrite`` replaces one of that name (add remote)."""
        with prefixed("Failed to add remote: "):
            await self._transfer(
                "/git/remotes",
                request_timeout,
                path=path,
                name=name,
                url=url,
                fetch=fetch,
                overwrite=overwrite,
            )

    async def remotes(self, path: str, request_timeout: float | None = None) -> ListRemotesResponse:
        """Return the remotes of a repository (list remotes)."""
        with prefixed("Failed to list remotes: "):
            return await self._remotes(path, request_timeout)

    async def remote_get(self, path: str, name: str, request_timeout: float | None = None) -> str | None:
        """Return the URL of a remote, None when there is none of that name (list remotes)."""
        with prefixed("Failed to get remote: "):
            found = await self._remotes(path, request_timeout)
            return next((remote.url for remote in found.remotes if remote.name == name), None)

    async def _remotes(self, path: str, request_timeout: float | None) -> ListRemotesResponse:
        return parse(ListRemotesResponse, await self._get("/git/remotes", request_timeout, path=path))
