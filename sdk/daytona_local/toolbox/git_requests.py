"""What clients send to the git operations; unlike elsewhere in the API the names are in snake_case."""

from __future__ import annotations

from pydantic import BaseModel, Field


class InRepository(BaseModel):
    """Name the repository's folder."""

    path: str


class AddRequest(InRepository):
    """Name files for the index."""

    files: list[str]


class BranchRequest(InRepository):
    """Name a branch to create or delete."""

    name: str


class CheckoutRequest(InRepository):
    """Name a branch or commit."""

    branch: str


class CommitRequest(InRepository):
    """Describe a commit."""

    message: str
    author: str
    email: str
    allow_empty: bool | None = None


class InitRequest(InRepository):
    """Describe a new repository."""

    bare: bool | None = None
    initial_branch: str | None = None


class ResetRequest(InRepository):
    """Say where to reset to, and what."""

    mode: str | None = None
    target: str | None = None
    files: list[str] | None = None


class RestoreRequest(InRepository):
    """Say what to restore, from where."""

    files: list[str]
    staged: bool | None = None
    worktree: bool | None = None
    source: str | None = None


class RemoteRequest(InRepository):
    """Describe a new remote."""

    name: str
    url: str
    fetch: bool | None = None
    overwrite: bool | None = None


class Credentials(BaseModel):
    """Hold what may be needed to reach a remote."""

    username: str | None = None
    password: str | None = Field(default=None, repr=False)


class PullRequest(InRepository, Credentials):
    """Say what to pull from where."""

    branch: str | None = None
    remote: str | None = None


class PushRequest(PullRequest):
    """Say what to push where."""

    set_upstream: bool | None = None


class CloneRequest(InRepository, Credentials):
    """Say what to clone where."""

    url: str = Field(repr=False)
    branch: str | None = None
    commit_id: str | None = None
    depth: int | None = Field(default=None, ge=0)
    insecure_skip_tls: bool | None = None


class Scoped(BaseModel):
    """Name the scope of a config: global by default; local needs the repository's folder."""

    scope: str | None = None
    path: str | None = None


class ConfigRequest(Scoped):
    """Hold a value for the config."""

    key: str
    value: str


class UserRequest(Scoped):
    """Say who commits."""

    name: str
    email: str


class StoreRequest(BaseModel):
    """Hold credentials to keep."""

    username: str
    password: str = Field(repr=False)
    host: str | None = None
    protocol: str | None = None
