"""The wire models of the toolbox: git."""

from __future__ import annotations

from pydantic import Field

from daytona_httpx.models.base import OpenEnum, WireModel
from daytona_httpx.models.listed import Listed


class GitFileState(OpenEnum):
    """Name what git says of a file, in the index or in the worktree.

    Example:
        >>> sandbox.fs.upload_file(b"new", "repo/added.txt")
        >>> sandbox.git.add("repo", ["added.txt"])
        >>> sandbox.git.status("repo").file_status[0].staging is GitFileState.ADDED
        True
        >>> sandbox.git.reset("repo", mode="hard")
    """

    UNMODIFIED = "Unmodified"
    UNTRACKED = "Untracked"
    MODIFIED = "Modified"
    ADDED = "Added"
    DELETED = "Deleted"
    RENAMED = "Renamed"
    COPIED = "Copied"
    UPDATED_BUT_UNMERGED = "Updated but unmerged"


class FileStatus(WireModel):
    """Hold what git says of one file; ``extra`` is the old name of a renamed one.

    Example:
        >>> sandbox.fs.upload_file(b"new", "repo/new.txt")
        >>> [(file.name, file.worktree.value) for file in sandbox.git.status("repo").file_status]
        [('new.txt', 'Untracked')]
        >>> sandbox.fs.delete_file("repo/new.txt")
    """

    name: str
    staging: GitFileState
    worktree: GitFileState
    extra: str = ""


class GitStatus(WireModel):
    """Hold the state of a repository.

    Attributes:
        current_branch: The branch that is checked out.
        file_status: The files that differ.
        branch_published: Whether the branch exists in the remote repository.
        ahead: How many commits the remote branch lacks.
        behind: How many commits of the remote branch are missing here.
        detached: Whether no branch is checked out.
        upstream: The branch that this one follows, such as ``origin/main``; empty when there is none.

    Example:
        >>> status = sandbox.git.status("repo")
        >>> status.current_branch, status.detached
        ('main', False)
    """

    current_branch: str
    file_status: Listed[FileStatus]
    branch_published: bool | None = None
    ahead: int | None = None
    behind: int | None = None
    detached: bool | None = None
    upstream: str | None = None


class ListBranchResponse(WireModel):
    """Hold the branches, and the one that is checked out, empty when none is.

    Example:
        >>> found = sandbox.git.branches("repo")
        >>> "main" in found.branches
        True
    """

    branches: Listed[str]
    current: str | None = None


class GitCommitResponse(WireModel):
    """Hold the hash of a new commit.

    Example:
        >>> made = sandbox.git.commit("repo", "Nothing yet", "A Name", "a@example.com", allow_empty=True)
        >>> len(made.sha)
        40
    """

    sha: str = Field(alias="hash")


class GitRemote(WireModel):
    """Hold a remote repository; its URL may have credentials in it.

    Example:
        >>> sandbox.git.remote_add("repo", "fork", "https://example.com/fork.git", overwrite=True)
        >>> [remote.url for remote in sandbox.git.remotes("repo").remotes if remote.name == "fork"]
        ['https://example.com/fork.git']
    """

    name: str
    url: str = Field(repr=False)


class ListRemotesResponse(WireModel):
    """Hold the remote repositories.

    Example:
        >>> sandbox.git.remote_add("repo", "origin", "https://example.com/a.git", overwrite=True)
        >>> "origin" in [remote.name for remote in sandbox.git.remotes("repo").remotes]
        True
    """

    remotes: Listed[GitRemote]
