"""Translate a sandbox's inputs into the client's parameters."""

from __future__ import annotations

from typing import Any

from daytona_httpx import (
    CreateSandboxFromImageParams,
    CreateSandboxFromSnapshotParams,
    Resources,
    VolumeMount,
)

from pulumi_daytona.core.images import image_of
from pulumi_daytona.core.resources.sandbox.inputs import SandboxInputs

Params = CreateSandboxFromImageParams | CreateSandboxFromSnapshotParams

_SAME_NAME = (
    "language", "public", "target", "auto_stop_interval", "auto_pause_interval", "auto_archive_interval",
    "secrets", "network_block_all", "network_allow_list", "domain_allow_list",
    "outbound_proxy_url", "otel_endpoint_override", "linked_sandbox", "spot", "kvm", "queue_timeout",
)  # fmt: skip


def create_params(
    inputs: SandboxInputs, name: str, labels: dict[str, str], lifetime_minutes: int = 0
) -> Params:
    """Return the parameters of the create request for these inputs.

    Args:
        inputs: What the sandbox should be.
        name: Its name.
        labels: All its labels.
        lifetime_minutes: The time to live of one whose program gives it none; 0 is none.
    """
    common: dict[str, Any] = {key: getattr(inputs, key) for key in _SAME_NAME}
    common |= {
        "name": name,
        "labels": labels,
        "os_user": inputs.user,
        "env_vars": inputs.env,
        "auto_delete_interval": auto_delete_minutes(inputs),
        "ttl_minutes": inputs.ttl_minutes or lifetime_minutes or None,
        "volumes": [VolumeMount(**mount.plain()) for mount in inputs.volumes or ()] or None,
    }
    if inputs.image is None and inputs.dockerfile is None:
        return CreateSandboxFromSnapshotParams(snapshot=inputs.snapshot, **common)
    source = inputs.image or image_of(inputs.dockerfile or "", inputs.contexts)
    return CreateSandboxFromImageParams(image=source, resources=_resources(inputs), **common)


def auto_delete_minutes(inputs: SandboxInputs) -> int | None:
    """Return the auto-delete interval that is asked for; ephemeral is an interval of 0."""
    return 0 if inputs.ephemeral else inputs.auto_delete_interval


def _resources(inputs: SandboxInputs) -> Resources | None:
    return Resources(**inputs.resources.plain()) if inputs.resources else None
