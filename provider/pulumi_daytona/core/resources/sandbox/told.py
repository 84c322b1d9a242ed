"""What the API tells of a sandbox, in the shape of inputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from daytona_httpx import AsyncSandbox

from pulumi_daytona.core.ownership import LANGUAGE, user_labels

USER: Final = "daytona"
"""The user of a sandbox whose snapshot names no other."""


@dataclass(frozen=True)
class Defaults:
    """Say what a sandbox gets that asks for nothing; None is not known.

    Args:
        snapshot: The name of the snapshot.
        region: The id of the region.
    """

    snapshot: str | None = None
    region: str | None = None


def told_inputs(sandbox: AsyncSandbox, defaults: Defaults | None = None) -> dict[str, Any]:
    """Return all that the API tells of a sandbox in the shape of inputs, the values of secrets too.

    Args:
        sandbox: The sandbox, read in full.
        defaults: What is told as None; nothing by default.
    """
    known = defaults or Defaults()
    return {**_source(sandbox, known), **_settings(sandbox, known), **_lifetime(sandbox)}


def _source(sandbox: AsyncSandbox, defaults: Defaults) -> dict[str, Any]:
    build = sandbox.build_info
    if build is None or not build.dockerfile_content:
        return {"snapshot": None if sandbox.snapshot == defaults.snapshot else sandbox.snapshot}
    sizes = {name: getattr(sandbox, name) for name in ("cpu", "memory", "disk", "gpu")}
    sizes["gpu_type"] = [sandbox.gpu_type] if sandbox.gpu_type else None
    return {
        "dockerfile": build.dockerfile_content,
        "resources": {name: size for name, size in sizes.items() if size},
    }


def _settings(sandbox: AsyncSandbox, defaults: Defaults) -> dict[str, Any]:
    labels = sandbox.labels or {}
    same_name = (
        "name", "env", "public", "network_block_all", "network_allow_list", "domain_allow_list",
        "outbound_proxy_url", "otel_endpoint_override", "spot", "kvm", "queue_timeout",
    )  # fmt: skip
    mounts = [
        mount.model_dump(exclude_none=True, exclude=set(mount.model_extra or ()))
        for mount in sandbox.volumes or ()
    ]
    return {
        **{name: getattr(sandbox, name) for name in same_name},
        "language": labels.get(LANGUAGE),
        "user": None if sandbox.user == USER else sandbox.user,
        "labels": {key: str(value) for key, value in user_labels(labels).items()},
        "target": None if sandbox.target == defaults.region else sandbox.target or None,
        "volumes": mounts,
        "linked_sandbox": sandbox.linked_sandbox_id,
    }


def _lifetime(sandbox: AsyncSandbox) -> dict[str, Any]:
    names = ("auto_stop_interval", "auto_pause_interval", "auto_archive_interval")
    values = {name: getattr(sandbox, name) for name in names}
    if sandbox.auto_delete_interval == 0:
        return {**values, "ephemeral": True}
    return {**values, "auto_delete_interval": sandbox.auto_delete_interval}
