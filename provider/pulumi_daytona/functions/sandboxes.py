# Generated from the core's look-ups by `make generate`; do not edit.
"""Look up sandboxes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from pulumi import Input, Output

from pulumi_daytona.function import look_up, look_up_output
from pulumi_daytona.functions.results.sandboxes import SandboxResult


def get_sandbox(sandbox: str) -> SandboxResult:
    """Return a sandbox (get sandbox). Its environment is a secret.

    What is secret in it comes in the clear: export what ``get_sandbox_output`` returns.

    Args:
        sandbox: The sandbox's id or name.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(SandboxResult, "sandboxes.get_sandbox", {"sandbox": sandbox})


def get_sandbox_output(sandbox: Input[str]) -> Output[SandboxResult]:
    """Look up what ``get_sandbox`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(SandboxResult, "sandboxes.get_sandbox", {"sandbox": sandbox})


def list_sandboxes(
    *,
    id: str | None = None,
    name: str | None = None,
    labels: Mapping[str, str] | None = None,
    states: Sequence[str] | None = None,
    snapshots: Sequence[str] | None = None,
    targets: Sequence[str] | None = None,
    is_public: bool | None = None,
    is_recoverable: bool | None = None,
    min_cpu: int | None = None,
    max_cpu: int | None = None,
    min_memory_gib: int | None = None,
    max_memory_gib: int | None = None,
    min_disk_gib: int | None = None,
    max_disk_gib: int | None = None,
    created_at_after: str | datetime | None = None,
    created_at_before: str | datetime | None = None,
    last_activity_after: str | datetime | None = None,
    last_activity_before: str | datetime | None = None,
    auto_destroy_at_after: str | datetime | None = None,
    auto_destroy_at_before: str | datetime | None = None,
    sort: str | None = None,
    order: str | None = None,
    limit: int | None = None,
) -> list[SandboxResult]:
    """Return the sandboxes that pass every filter (list sandboxes). A list lacks their environments, volumes
    and builds.

    What is secret in it comes in the clear: export what ``list_sandboxes_output`` returns.

    Args:
        id: Only those whose id begins with this.
        name: Only those whose name begins with this.
        labels: Only those with all of these labels.
        states: Only those in one of these states, for example ``started``.
        snapshots: Only those made from one of these snapshots, by name.
        targets: Only those in one of these regions, by id.
        is_public: Only those whose preview links need no token, or only others.
        is_recoverable: Only those that failed and can be recovered, or only others.
        min_cpu: Only those with at least so many cores.
        max_cpu: Only those with at most so many cores.
        min_memory_gib: Only those with at least so much memory, in GiB.
        max_memory_gib: Only those with at most so much memory, in GiB.
        min_disk_gib: Only those with at least so much disk, in GiB.
        max_disk_gib: Only those with at most so much disk, in GiB.
        created_at_after: Only those made after this.
        created_at_before: Only those made before this.
        last_activity_after: Only those active after this.
        last_activity_before: Only those not active since this.
        auto_destroy_at_after: Only those whose time to live ends after this.
        auto_destroy_at_before: Only those whose time to live ends before this.
        sort: By ``name``, ``cpu``, ``memoryGib``, ``diskGib``, ``lastActivityAt`` or ``createdAt``; the API's
            order by default.
        order: ``asc`` or ``desc``.
        limit: How many at most; all by default.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        list[SandboxResult],
        "sandboxes.list_sandboxes",
        {
            "id": id,
            "name": name,
            "labels": labels,
            "states": states,
            "snapshots": snapshots,
            "targets": targets,
            "is_public": is_public,
            "is_recoverable": is_recoverable,
            "min_cpu": min_cpu,
            "max_cpu": max_cpu,
            "min_memory_gib": min_memory_gib,
            "max_memory_gib": max_memory_gib,
            "min_disk_gib": min_disk_gib,
            "max_disk_gib": max_disk_gib,
            "created_at_after": created_at_after,
            "created_at_before": created_at_before,
            "last_activity_after": last_activity_after,
            "last_activity_before": last_activity_before,
            "auto_destroy_at_after": auto_destroy_at_after,
            "auto_destroy_at_before": auto_destroy_at_before,
            "sort": sort,
            "order": order,
            "limit": limit,
        },
    )


def list_sandboxes_output(
    *,
    id: Input[str] | None = None,
    name: Input[str] | None = None,
    labels: Input[Mapping[str, Input[str]]] | None = None,
    states: Input[Sequence[Input[str]]] | None = None,
    snapshots: Input[Sequence[Input[str]]] | None = None,
    targets: Input[Sequence[Input[str]]] | None = None,
    is_public: Input[bool] | None = None,
    is_recoverable: Input[bool] | None = None,
    min_cpu: Input[int] | None = None,
    max_cpu: Input[int] | None = None,
    min_memory_gib: Input[int] | None = None,
    max_memory_gib: Input[int] | None = None,
    min_disk_gib: Input[int] | None = None,
    max_disk_gib: Input[int] | None = None,
    created_at_after: Input[str | datetime] | None = None,
    created_at_before: Input[str | datetime] | None = None,
    last_activity_after: Input[str | datetime] | None = None,
    last_activity_before: Input[str | datetime] | None = None,
    auto_destroy_at_after: Input[str | datetime] | None = None,
    auto_destroy_at_before: Input[str | datetime] | None = None,
    sort: Input[str] | None = None,
    order: Input[str] | None = None,
    limit: Input[int] | None = None,
) -> Output[list[SandboxResult]]:
    """Look up what ``list_sandboxes`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(
        list[SandboxResult],
        "sandboxes.list_sandboxes",
        {
            "id": id,
            "name": name,
            "labels": labels,
            "states": states,
            "snapshots": snapshots,
            "targets": targets,
            "is_public": is_public,
            "is_recoverable": is_recoverable,
            "min_cpu": min_cpu,
            "max_cpu": max_cpu,
            "min_memory_gib": min_memory_gib,
            "max_memory_gib": max_memory_gib,
            "min_disk_gib": min_disk_gib,
            "max_disk_gib": max_disk_gib,
            "created_at_after": created_at_after,
            "created_at_before": created_at_before,
            "last_activity_after": last_activity_after,
            "last_activity_before": last_activity_before,
            "auto_destroy_at_after": auto_destroy_at_after,
            "auto_destroy_at_before": auto_destroy_at_before,
            "sort": sort,
            "order": order,
            "limit": limit,
        },
    )


def list_sandbox_forks(sandbox: str, *, include_destroyed: bool = False) -> list[SandboxResult]:
    """Return the sandboxes that were forked from a sandbox (get sandbox forks). Their environments are
    secrets.

    What is secret in it comes in the clear: export what ``list_sandbox_forks_output`` returns.

    Args:
        sandbox: The sandbox's id or name.
        include_destroyed: Whether those that are gone are among them.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        list[SandboxResult],
        "sandboxes.list_sandbox_forks",
        {"sandbox": sandbox, "include_destroyed": include_destroyed},
    )


def list_sandbox_forks_output(
    sandbox: Input[str], *, include_destroyed: Input[bool] = False
) -> Output[list[SandboxResult]]:
    """Look up what ``list_sandbox_forks`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(
        list[SandboxResult],
        "sandboxes.list_sandbox_forks",
        {"sandbox": sandbox, "include_destroyed": include_destroyed},
    )


def get_sandbox_parent(sandbox: str) -> SandboxResult:
    """Return the sandbox that a sandbox was forked from (get sandbox parent). Its environment is a secret.

    What is secret in it comes in the clear: export what ``get_sandbox_parent_output`` returns.

    Args:
        sandbox: The sandbox's id or name.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(SandboxResult, "sandboxes.get_sandbox_parent", {"sandbox": sandbox})


def get_sandbox_parent_output(sandbox: Input[str]) -> Output[SandboxResult]:
    """Look up what ``get_sandbox_parent`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(SandboxResult, "sandboxes.get_sandbox_parent", {"sandbox": sandbox})


def list_sandbox_ancestors(sandbox: str) -> list[SandboxResult]:
    """Return what a sandbox was forked from, what that was forked from, and so on (get sandbox ancestors).
    Their environments are secrets.

    What is secret in it comes in the clear: export what ``list_sandbox_ancestors_output`` returns.

    Args:
        sandbox: The sandbox's id or name.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[SandboxResult], "sandboxes.list_sandbox_ancestors", {"sandbox": sandbox})


def list_sandbox_ancestors_output(sandbox: Input[str]) -> Output[list[SandboxResult]]:
    """Look up what ``list_sandbox_ancestors`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(list[SandboxResult], "sandboxes.list_sandbox_ancestors", {"sandbox": sandbox})
