# Generated from the core by `make generate`; do not edit.
"""Look up what sandboxes are made from: snapshots, their builds, registries and warm pools."""

from __future__ import annotations

import pulumi
from pulumi import Input, Output

from pulumi_daytona.functions.results.snapshots import (
    DockerRegistryResult,
    RegistryPushAccessResult,
    SnapshotResult,
    WarmPoolResult,
)
from pulumi_daytona.native.function import look_up, look_up_output


def get_snapshot(snapshot: str, *, opts: pulumi.InvokeOptions | None = None) -> SnapshotResult:
    """Return a snapshot (get snapshot).

    Args:
        snapshot: The snapshot's name or id.
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(SnapshotResult, "snapshots.get_snapshot", {"snapshot": snapshot}, opts)


def get_snapshot_output(
    snapshot: Input[str], *, opts: pulumi.InvokeOptions | None = None
) -> Output[SnapshotResult]:
    """Look up what ``get_snapshot`` does, as an output; its arguments may be outputs."""
    return look_up_output(SnapshotResult, "snapshots.get_snapshot", {"snapshot": snapshot}, opts)


def list_snapshots(
    *, source_sandbox_id: str | None = None, opts: pulumi.InvokeOptions | None = None
) -> list[SnapshotResult]:
    """Return the snapshots of the organization, and those that everyone has (get all snapshots).

    Args:
        source_sandbox_id: Only those made from this sandbox, by id.
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        list[SnapshotResult], "snapshots.list_snapshots", {"source_sandbox_id": source_sandbox_id}, opts
    )


def list_snapshots_output(
    *, source_sandbox_id: Input[str] | None = None, opts: pulumi.InvokeOptions | None = None
) -> Output[list[SnapshotResult]]:
    """Look up what ``list_snapshots`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        list[SnapshotResult], "snapshots.list_snapshots", {"source_sandbox_id": source_sandbox_id}, opts
    )


def get_build_logs_url(sandbox: str, *, opts: pulumi.InvokeOptions | None = None) -> str:
    """Return where the log of a sandbox's build is read, with the API key (get build logs url).

    Args:
        sandbox: The sandbox's id or name.
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(str, "snapshots.get_build_logs_url", {"sandbox": sandbox}, opts)


def get_build_logs_url_output(
    sandbox: Input[str], *, opts: pulumi.InvokeOptions | None = None
) -> Output[str]:
    """Look up what ``get_build_logs_url`` does, as an output; its arguments may be outputs."""
    return look_up_output(str, "snapshots.get_build_logs_url", {"sandbox": sandbox}, opts)


def get_snapshot_build_logs_url(snapshot: str, *, opts: pulumi.InvokeOptions | None = None) -> str:
    """Return where the log of a snapshot's build is read, with the API key (get snapshot build logs url).

    Args:
        snapshot: The snapshot's name or id.
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(str, "snapshots.get_snapshot_build_logs_url", {"snapshot": snapshot}, opts)


def get_snapshot_build_logs_url_output(
    snapshot: Input[str], *, opts: pulumi.InvokeOptions | None = None
) -> Output[str]:
    """Look up what ``get_snapshot_build_logs_url`` does, as an output; its arguments may be outputs."""
    return look_up_output(str, "snapshots.get_snapshot_build_logs_url", {"snapshot": snapshot}, opts)


def get_docker_registry(
    registry_id: str, *, opts: pulumi.InvokeOptions | None = None
) -> DockerRegistryResult:
    """Return a Docker registry, without its password (get registry).

    Args:
        registry_id: The registry's id.
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(DockerRegistryResult, "snapshots.get_docker_registry", {"registry_id": registry_id}, opts)


def get_docker_registry_output(
    registry_id: Input[str], *, opts: pulumi.InvokeOptions | None = None
) -> Output[DockerRegistryResult]:
    """Look up what ``get_docker_registry`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        DockerRegistryResult, "snapshots.get_docker_registry", {"registry_id": registry_id}, opts
    )


def list_docker_registries(*, opts: pulumi.InvokeOptions | None = None) -> list[DockerRegistryResult]:
    """Return the Docker registries of the organization, without their passwords (list registries).

    Args:
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[DockerRegistryResult], "snapshots.list_docker_registries", {}, opts)


def list_docker_registries_output(
    *, opts: pulumi.InvokeOptions | None = None
) -> Output[list[DockerRegistryResult]]:
    """Look up what ``list_docker_registries`` does, as an output; its arguments may be outputs."""
    return look_up_output(list[DockerRegistryResult], "snapshots.list_docker_registries", {}, opts)


def get_docker_registry_push_access(
    *, region_id: str | None = None, opts: pulumi.InvokeOptions | None = None
) -> RegistryPushAccessResult:
    """Return credentials to push an image with, for a while (get transient push access). Every run makes
    others.

    What is secret in it comes in the clear: export what ``get_docker_registry_push_access_output`` returns.

    Args:
        region_id: To the registry of this region; by default to that of the organization's region.
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        RegistryPushAccessResult, "snapshots.get_docker_registry_push_access", {"region_id": region_id}, opts
    )


def get_docker_registry_push_access_output(
    *, region_id: Input[str] | None = None, opts: pulumi.InvokeOptions | None = None
) -> Output[RegistryPushAccessResult]:
    """Look up what ``get_docker_registry_push_access`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(
        RegistryPushAccessResult, "snapshots.get_docker_registry_push_access", {"region_id": region_id}, opts
    )


def get_warm_pool(warm_pool_id: str, *, opts: pulumi.InvokeOptions | None = None) -> WarmPoolResult:
    """Return a warm pool (list warm pools). The environment of its sandboxes is a secret.

    What is secret in it comes in the clear: export what ``get_warm_pool_output`` returns.

    Args:
        warm_pool_id: The pool's id.
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(WarmPoolResult, "snapshots.get_warm_pool", {"warm_pool_id": warm_pool_id}, opts)


def get_warm_pool_output(
    warm_pool_id: Input[str], *, opts: pulumi.InvokeOptions | None = None
) -> Output[WarmPoolResult]:
    """Look up what ``get_warm_pool`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(WarmPoolResult, "snapshots.get_warm_pool", {"warm_pool_id": warm_pool_id}, opts)


def list_warm_pools(*, opts: pulumi.InvokeOptions | None = None) -> list[WarmPoolResult]:
    """Return the warm pools of the organization (list warm pools). The environments of their sandboxes are
    secrets.

    What is secret in it comes in the clear: export what ``list_warm_pools_output`` returns.

    Args:
        opts: Pulumi's options, for example another provider.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[WarmPoolResult], "snapshots.list_warm_pools", {}, opts)


def list_warm_pools_output(*, opts: pulumi.InvokeOptions | None = None) -> Output[list[WarmPoolResult]]:
    """Look up what ``list_warm_pools`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(list[WarmPoolResult], "snapshots.list_warm_pools", {}, opts)
