# Generated from the core by `make generate`; do not edit.
"""The ``GitRepository`` resource of Pulumi programs, by the native plugin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pulumi
from pulumi import Input, Output

from pulumi_daytona.native.resource import NativeResource


class GitRepository(NativeResource, kind="GitRepository", secrets=("password",)):
    """Declare a clone of a git repository in a sandbox, at a branch or a commit (clone repository).

    Another branch or commit is checked out in place. A change of what is checked out in the sandbox is put
    right after a refresh; commits that go on on the branch, and files that are not committed, are left alone.
    Git has to be in the sandbox.

    Attributes:
        revision: The commit that is checked out.
        current_branch: The branch that is checked out; none for a commit by itself.
        dirty: Whether it has changes that are not committed; they are left alone.
        sandbox_id: Id of the sandbox that it is in; another sandbox gets one of its own.
        url: Where it is cloned from, without a password.
        path: The folder in the sandbox; a relative path starts from the working directory.
        branch: The branch; by default the one that the remote repository prefers. Its commits may go on.
        commit: The commit, instead of a branch: its hash, or the first 7 digits of it or more.
        triggers: Any values; when one changes the branch is brought to where the remote one is.
        depth: How many commits of the history to fetch; all when left out.
        username: Who may read it; with a token often any name.
        password: The password or token. It is used for the requests to this host and kept nowhere in the
            sandbox.
        timeout: Seconds for an operation, 0 for no limit. Default 300.
    """

    revision: Output[str]
    current_branch: Output[str | None]
    dirty: Output[bool]
    sandbox_id: Output[str]
    url: Output[str]
    path: Output[str]
    branch: Output[str | None]
    commit: Output[str | None]
    triggers: Output[list[Any] | None]
    depth: Output[int | None]
    username: Output[str | None]
    password: Output[str | None]
    timeout: Output[float | None]

    def __init__(
        self,
        resource_name: str,
        *,
        sandbox_id: Input[str],
        url: Input[str],
        path: Input[str],
        branch: Input[str] | None = None,
        commit: Input[str] | None = None,
        triggers: Input[Sequence[Input[Any]]] | None = None,
        depth: Input[int] | None = None,
        username: Input[str] | None = None,
        password: Input[str] | None = None,
        timeout: Input[float] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a clone of a git repository in a sandbox, at a branch or a commit (clone repository).

        Args:
            resource_name: The logical name in the program.
            sandbox_id: Id of the sandbox that it is in; another sandbox gets one of its own. A change
                replaces.
            url: Where it is cloned from, without a password. A change replaces.
            path: The folder in the sandbox; a relative path starts from the working directory. A change
                replaces.
            branch: The branch; by default the one that the remote repository prefers. Its commits may go on.
                Changes in place.
            commit: The commit, instead of a branch: its hash, or the first 7 digits of it or more. Changes in
                place.
            triggers: Any values; when one changes the branch is brought to where the remote one is. Changes
                in place.
            depth: How many commits of the history to fetch; all when left out.
            username: Who may read it; with a token often any name.
            password: The password or token. It is used for the requests to this host and kept nowhere in the
                sandbox. Kept as a secret.
            timeout: Seconds for an operation, 0 for no limit. Default 300.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "sandbox_id": sandbox_id,
                "url": url,
                "path": path,
                "branch": branch,
                "commit": commit,
                "triggers": triggers,
                "depth": depth,
                "username": username,
                "password": password,
                "timeout": timeout,
            },
            opts,
        )
