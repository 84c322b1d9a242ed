"""Records as the API sends them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from daytona_local.records import Build, Sandbox, Snapshot, Volume
from daytona_local.runners import RUNNER_ID

DAEMON_VERSION = "0.190.0-local"


def moment(seconds: float | None) -> str | None:
    """Return a time as the API writes it."""
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def sandbox_json(sandbox: Sandbox, base_url: str) -> dict[str, Any]:
    """Return a sandbox with all that a get shows."""
    body = {
        **sandbox_item(sandbox, base_url),
        "env": sandbox.env,
        "kvm": sandbox.kvm,
        "volumes": [_volume_mount(mount.model_dump()) for mount in sandbox.volumes],
        "outboundProxyUrl": sandbox.outbound_proxy_url,
        "otelEndpointOverride": sandbox.otel_endpoint_override,
        "linkedSandboxId": sandbox.linked_sandbox_id,
    }
    if sandbox.backup_created_at is not None:
        body["backupCreatedAt"] = moment(sandbox.backup_created_at)
    if sandbox.build is not None:
        body["buildInfo"] = build_json(sandbox.build, sandbox)
    return body


def sandbox_item(sandbox: Sandbox, base_url: str) -> dict[str, Any]:
    """Return a sandbox as the lists show it: without env, volumes and build."""
    return {
        "id": sandbox.id,
        "organizationId": sandbox.organization_id,
        "name": sandbox.name,
        "target": sandbox.target,
        "snapshot": sandbox.snapshot,
        "user": sandbox.user,
        "cpu": sandbox.cpu,
        "gpu": sandbox.gpu,
        "gpuType": sandbox.gpu_type,
        "memory": sandbox.memory,
        "disk": sandbox.disk,
        "spot": sandbox.spot,
        "public": sandbox.public,
        "networkBlockAll": sandbox.network_block_all,
        "networkAllowList": sandbox.network_allow_list,
        "domainAllowList": sandbox.domain_allow_list,
        "labels": sandbox.labels,
        "state": sandbox.state,
        "desiredState": sandbox.desired_state,
        "errorReason": sandbox.error_reason,
        "recoverable": sandbox.recoverable,
        "backupState": sandbox.backup_state,
        "autoStopInterval": sandbox.auto_stop_minutes,
        "autoPauseInterval": sandbox.auto_pause_minutes,
        "autoArchiveInterval": sandbox.auto_archive_minutes,
        "autoDeleteInterval": sandbox.auto_delete_minutes,
        "autoDestroyAt": moment(sandbox.destroy_at),
        "queueTimeout": sandbox.queue_timeout,
        "sandboxClass": sandbox.sandbox_class,
        "createdAt": moment(sandbox.created_at),
        "updatedAt": moment(sandbox.updated_at),
        "lastActivityAt": moment(sandbox.last_activity_at),
        "daemonVersion": DAEMON_VERSION,
        "warmPoolId": sandbox.warm_pool_id,
        "runnerId": None if sandbox.state == "archived" else RUNNER_ID,
        "toolboxProxyUrl": f"{base_url}/toolbox",
    }


def snapshot_json(snapshot: Snapshot) -> dict[str, Any]:
    """Return a snapshot."""
    body = {
        "id": snapshot.id,
        "organizationId": snapshot.organization_id,
        "general": snapshot.general,
        "name": snapshot.name,
        "imageName": snapshot.image_name,
        "state": snapshot.state,
        "size": snapshot.size_gib,
        "entrypoint": snapshot.entrypoint,
        "cpu": snapshot.cpu,
        "gpu": snapshot.gpu,
        "mem": snapshot.memory,
        "disk": snapshot.disk,
        "errorReason": snapshot.error_reason,
        "createdAt": moment(snapshot.created_at),
        "updatedAt": moment(snapshot.updated_at),
        "lastUsedAt": moment(snapshot.last_used_at),
        "regionIds": ["us"],
        "sandboxClass": "container",
        "sourceSandboxId": snapshot.source_sandbox_id,
    }
    if snapshot.build is not None:
        body["buildInfo"] = build_json(snapshot.build, snapshot)
        body["ref"] = snapshot.build.snapshot_ref
    return body


def volume_json(volume: Volume) -> dict[str, Any]:
    """Return a volume."""
    return {
        "id": volume.id,
        "name": volume.name,
        "organizationId": volume.organization_id,
        "state": volume.state,
        "createdAt": moment(volume.created_at),
        "updatedAt": moment(volume.updated_at),
        "lastUsedAt": moment(volume.last_used_at),
        "errorReason": volume.error_reason,
    }


def build_json(build: Build, owner: Sandbox | Snapshot) -> dict[str, Any]:
    """Return what something was built from."""
    return {
        "dockerfileContent": build.dockerfile,
        "contextHashes": build.context_hashes or None,
        "createdAt": moment(owner.created_at),
        "updatedAt": moment(owner.updated_at),
        "snapshotRef": build.snapshot_ref,
    }


def _volume_mount(mount: dict[str, Any]) -> dict[str, Any]:
    body = {"volumeId": mount["volume_id"], "mountPath": mount["mount_path"]}
    return body | ({"subpath": mount["subpath"]} if mount["subpath"] else {})
