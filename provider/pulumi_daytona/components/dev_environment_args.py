"""What a development environment is made of, beside its sandbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, TypedDict

import pulumi
from pulumi import Input


class EnvironmentVolume(TypedDict):
    """Describe the volume of a development environment, which outlives its sandbox.

    Args:
        mount_path: The absolute path in the sandbox.
        name: The name in Daytona; by default it follows from who the volume is. A change replaces it.
    """

    mount_path: Input[str]
    name: NotRequired[Input[str] | None]


class EnvironmentRepository(TypedDict):
    """Describe the clone in a development environment, by the inputs of ``GitRepository``.

    Args:
        url: Where it is cloned from, without a password.
        path: The folder in the sandbox; a relative path starts from the working directory.
        branch: The branch; by default the one that the remote repository prefers.
        commit: The commit, instead of a branch.
        triggers: Any values; when one changes the branch is brought to where the remote one is.
        depth: How many commits of the history to fetch; all when left out.
        username: Who may read it; with a token often any name.
        password: The password or token; a secret, kept nowhere in the sandbox.
    """

    url: Input[str]
    path: Input[str]
    branch: NotRequired[Input[str] | None]
    commit: NotRequired[Input[str] | None]
    triggers: NotRequired[Input[Sequence[Input[Any]]] | None]
    depth: NotRequired[Input[int] | None]
    username: NotRequired[Input[str] | None]
    password: NotRequired[Input[str] | None]


class EnvironmentFile(TypedDict):
    """Describe a file in a development environment, by the inputs of ``SandboxFile``.

    Args:
        content: The text in it; a secret stays one.
        source: Instead of content: the path of a local file, a ``FileAsset`` or a ``StringAsset``.
        mode: Its mode, as octal text such as 600.
        user: The user that it belongs to.
        group: The group that it belongs to.
    """

    content: NotRequired[Input[str] | None]
    source: NotRequired[Input[str | pulumi.Asset] | None]
    mode: NotRequired[Input[str] | None]
    user: NotRequired[Input[str] | None]
    group: NotRequired[Input[str] | None]


File = Input[str] | pulumi.Asset | pulumi.Archive | EnvironmentFile
"""A text, a local file, the files of a local folder, or a file with more about it."""

Previews = Mapping[str, Input[int]] | Sequence[int]
"""Ports by their names, or ports that are their own names."""


def described(file: Input[str] | pulumi.Asset | EnvironmentFile) -> EnvironmentFile:
    """Return a file as the inputs of ``SandboxFile``."""
    if isinstance(file, pulumi.Asset):
        return {"source": file}
    if isinstance(file, Mapping):
        return file
    return {"content": file}


def ports(resource_name: str, previews: Previews) -> Mapping[str, Input[int]]:
    """Return ports by their names.

    Raises:
        ValueError: One is there twice.
    """
    if isinstance(previews, Mapping):
        return previews
    named = {str(port): port for port in previews}
    if len(named) != len(previews):
        raise ValueError(f'declare environment "{resource_name}": a port is there twice in previews')
    return named
