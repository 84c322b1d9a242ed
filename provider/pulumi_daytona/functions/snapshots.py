# Generated from the core's look-ups by `make generate`; do not edit.
"""Look up what sandboxes are made from: snapshots, their builds, registries and warm pools."""

from __future__ import annotations

from pulumi import Input, Output

from pulumi_daytona.function import look_up, look_up_output
from pulumi_daytona.functions.results.snapshots import (
    DockerRegistryResult,
    RegistryPushAccessResult,
    SnapshotResult,
    WarmPoolResult,
)


def get_snapshot(snapshot: str) -> SnapshotResult:
    """Return a snapshot (get snapshot).

    Args:
        snapshot: The snapshot's name or id.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(SnapshotResult, "snapshots.get_snapshot", {"snapshot": snapshot})


def get_snapshot_output(snapshot: Input[str]) -> Output[SnapshotResult]:
    """Look up what ``get_snapshot`` does, as an output; its arguments may be outputs."""
    return look_up_output(SnapshotResult, "snapshots.get_snapshot", {"snapshot": snapshot})


def list_snapshots(*, source_sandbox_id: str | None = None) -> list[SnapshotResult]:
    """Return the snapshots of the organization, and those that everyone has (get all snapshots).

    Args:
        source_sandbox_id: Only those made from this sandbox, by id.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[SnapshotResult], "snapshots.list_snapshots", {"source_sandbox_id": source_sandbox_id})


def list_snapshots_output(*, source_sandbox_id: Input[str] | None = None) -> Output[list[SnapshotResult]]:
    """Look up what ``list_snapshots`` does, as an output; its arguments may be outputs."""
    return look_up_output(
        list[SnapshotResult], "snapshots.list_snapshots", {"source_sandbox_id": source_sandbox_id}
    )


def get_build_logs_url(sandbox: str) -> str:
    """Return where the log of a sandbox's build is read, with the API key (get build logs url).

    Args:
        sandbox: The sandbox's id or name.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(str, "snapshots.get_build_logs_url", {"sandbox": sandbox})


def get_build_logs_url_output(sandbox: Input[str]) -> Output[str]:
    """Look up what ``get_build_logs_url`` does, as an output; its arguments may be outputs."""
    return look_up_output(str, "snapshots.get_build_logs_url", {"sandbox": sandbox})


def get_snapshot_build_logs_url(snapshot: str) -> str:
    """Return where the log of a snapshot's build is read, with the API key (get snapshot build logs url).

    Args:
        snapshot: The snapshot's name or id.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(str, "snapshots.get_snapshot_build_logs_url", {"snapshot": snapshot})


def get_snapshot_build_logs_url_output(snapshot: Input[str]) -> Output[str]:
    """Look up what ``get_snapshot_build_logs_url`` does, as an output; its arguments may be outputs."""
    return look_up_output(str, "snapshots.get_snapshot_build_logs_url", {"snapshot": snapshot})


def get_docker_registry(registry_id: str) -> DockerRegistryResult:
    """Return a Docker registry, without its password (get registry).

    Args:
        registry_id: The registry's id.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(DockerRegistryResult, "snapshots.get_docker_registry", {"registry_id": registry_id})


def get_docker_registry_output(registry_id: Input[str]) -> Output[DockerRegistryResult]:
    """Look up what ``get_docker_registry`` does, as an output; its arguments may be outputs."""
    return look_up_output(DockerRegistryResult, "snapshots.get_docker_registry", {"registry_id": registry_id})


def list_docker_registries() -> list[DockerRegistryResult]:
    """Return the Docker registries of the organization, without their passwords (list registries).

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[DockerRegistryResult], "snapshots.list_docker_registries", {})


def list_docker_registries_output() -> Output[list[DockerRegistryResult]]:
    """Look up what ``list_docker_registries`` does, as an output; its arguments may be outputs."""
    return look_up_output(list[DockerRegistryResult], "snapshots.list_docker_registries", {})


def get_docker_registry_push_access(*, region_id: str | None = None) -> RegistryPushAccessResult:
    """Return credentials to push an image with, for a while (get transient push access). Every run makes
    others.

    What is secret in it comes in the clear: export what ``get_docker_registry_push_access_output`` returns.

    Args:
        region_id: To the registry of this region; by default to that of the organization's region.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(
        RegistryPushAccessResult, "snapshots.get_docker_registry_push_access", {"region_id": region_id}
    )


def get_docker_registry_push_access_output(
    *, region_id: Input[str] | None = None
) -> Output[RegistryPushAccessResult]:
    """Look up what ``get_docker_registry_push_access`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(
        RegistryPushAccessResult, "snapshots.get_docker_registry_push_access", {"region_id": region_id}
    )


def get_warm_pool(warm_pool_id: str) -> WarmPoolResult:
    """Return a warm pool (list warm pools). The environment of its sandboxes is a secret.

    What is secret in it comes in the clear: export what ``get_warm_pool_output`` returns.

    Args:
        warm_pool_id: The pool's id.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(WarmPoolResult, "snapshots.get_warm_pool", {"warm_pool_id": warm_pool_id})


def get_warm_pool_output(warm_pool_id: Input[str]) -> Output[WarmPoolResult]:
    """Look up what ``get_warm_pool`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(WarmPoolResult, "snapshots.get_warm_pool", {"warm_pool_id": warm_pool_id})


def list_warm_pools() -> list[WarmPoolResult]:
    """Return the warm pools of the organization (list warm pools). The environments of their sandboxes are
    secrets.

    What is secret in it comes in the clear: export what ``list_warm_pools_output`` returns.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[WarmPoolResult], "snapshots.list_warm_pools", {})


def list_warm_pools_output() -> Output[list[WarmPoolResult]]:
    """Look up what ``list_warm_pools`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(list[WarmPoolResult], "snapshots.list_warm_pools", {})
