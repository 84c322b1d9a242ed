# Generated from _async by `make generate`; do not edit.
"""Git repositories in a sandbox."""

from __future__ import annotations

from daytona_httpx._sync.git_config import GitConfig
from daytona_httpx._sync.git_remotes import GitRemotes
from daytona_httpx.errors import DaytonaGitBranchNotFoundError, prefixed
from daytona_httpx.models.base import parse
from daytona_httpx.models.git import GitCommitResponse, GitStatus, ListBranchResponse


class Git(GitRemotes, GitConfig):
    """Use the git repositories of one sandbox; relative paths start from its working directory.

    The ``request_timeout`` of a method is the seconds for its request; 0 is no limit, None the default:
    90, and 1800 for what asks a remote repository (``clone``, ``push``, ``pull``, ``remote_add``).
    A refusal is its own error where git says why, such as ``DaytonaGitRepoNotFoundError``.

    Example:
        >>> (sandbox.git.status("repo")).current_branch
        'main'
    """

    def init(
        self,
        path: str,
        bare: bool = False,
        initial_branch: str | None = None,
        request_timeout: float | None = None,
    ) -> None:
        """Make a new repository, with ``bare`` one without a worktree (init repository)."""
        with prefixed("Failed to initialize repository: "):
            self._post("/git/init", request_timeout, path=path, bare=bare, initial_branch=initial_branch)

    def status(self, path: str, request_timeout: float | None = None) -> GitStatus:
        """Return the state of a repository (get status)."""
        with prefixed("Failed to get status: "):
            return parse(GitStatus, self._get("/git/status", request_timeout, path=path))

    def add(self, path: str, files: list[str], request_timeout: float | None = None) -> None:
        """Take files, relative to the repository, into the next commit; ``.`` is all (add files)."""
        with prefixed("Failed to add files: "):
            self._post("/git/add", request_timeout, path=path, files=files)

    def commit(
        self,
        path: str,
        message: str,
        author: str,
        email: str,
        allow_empty: bool = False,
        request_timeout: float | None = None,
    ) -> GitCommitResponse:
        """Commit what was added, and return the commit's hash (commit changes)."""
        with prefixed("Failed to commit changes: "):
            answer = self._post(
                "/git/commit",
                request_timeout,
                path=path,
                message=message,
                author=author,
                email=email,
                allow_empty=allow_empty,
            )
            return parse(GitCommitResponse, answer)

    def reset(
        self,
        path: str,
        mode: str | None = None,
        target: str | None = None,
        files: list[str] | None = None,
        request_timeout: float | None = None,
    ) -> None:
        """Move the branch, or take files out of the next commit (reset changes).

        Args:
            path: The repository.
            mode: soft, mixed (the default), hard, merge or keep.
            target: The revision; HEAD by default.
            files: Only these.
            request_timeout: Seconds for the request.
        """
        with prefixed("Failed to reset: "):
            self._post("/git/reset", request_timeout, path=path, mode=mode, target=target, files=files)

    def restore(
        self,
        path: str,
        files: list[str],
        staged: bool | None = None,
        worktree: bool | None = None,
        source: str | None = None,
        request_timeout: float | None = None,
    ) -> None:
        """Undo changes of files (restore files).

        Args:
            path: The repository.
            files: The files, relative to it.
            staged: Whether to restore what the next commit has of them.
            worktree: Whether to restore the files themselves; so by default, unless ``staged`` is given.
            source: The revision to restore from.
            request_timeout: Seconds for the request.
        """
        with prefixed("Failed to restore files: "):
            self._post(
                "/git/restore",
                request_timeout,
                path=path,
                files=files,
                staged=staged,
                worktree=worktree,
                source=source,
            )

    def branches(self, path: str, request_timeout: float | None = None) -> ListBranchResponse:
        """Return the branches of a repository (list branches)."""
        with prefixed("Failed to list branches: "):
            return parse(ListBranchResponse, self._get("/git/branches", request_timeout, path=path))

    def create_branch(self, path: str, name: str, request_timeout: float | None = None) -> None:
        """Make a branch from what is checked out (create branch)."""
        with prefixed("Failed to create branch: "):
            self._post("/git/branches", request_timeout, path=path, name=name)

    def checkout_branch(self, path: str, branch: str, request_timeout: float | None = None) -> None:
        """Check out a branch or a commit (checkout branch)."""
        with prefixed("Failed to checkout branch: "):
            self._post("/git/checkout", request_timeout, path=path, branch=branch)

    def delete_branch(self, path: str, name: str, request_timeout: float | None = None) -> None:
        """Delete a branch (delete branch)."""
        with prefixed("Failed to delete branch: "):
            try:
                self._delete("/git/branches", request_timeout, path=path, name=name)
            except DaytonaGitBranchNotFoundError as error:
                if error.attempts == 1:  # a repeated one whose first answer was lost has done its work
                    raise
