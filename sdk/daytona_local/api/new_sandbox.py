"""Read what a new sandbox should be: every rule that the API has for it."""

from __future__ import annotations

import re
from typing import Any

from daytona_local.api import bodies
from daytona_local.api.networks import check_domains, check_networks
from daytona_local.build_plan import snapshot_ref
from daytona_local.errors import InvalidError
from daytona_local.records import Build, Sandbox, Snapshot, VolumeMount, new_id
from daytona_local.runtime.accounts import is_user
from daytona_local.services import Services
from daytona_local.settings import DEFAULT_SNAPSHOT
from daytona_local.volumes import check_subpath

MOST_ARCHIVE_MINUTES = 43200

_BAD_NAME = re.compile(r"<[^>]*>|[a-z][a-z0-9+.-]*://|www\.|[\x00-\x1f\x7f]", re.IGNORECASE)


def new_sandbox(body: dict[str, Any], parts: Services) -> Sandbox:
    """Return the record of a sandbox that is to be made.

    Raises:
        InvalidError: Something in the body can't be.
        NotFoundError: The region, a volume or a secret is not there.
    """
    sandbox = Sandbox(id=new_id(), name="")
    sandbox.name = sandbox_name(body) or sandbox.id
    sandbox.target = region_of(bodies.text(body, "target"), parts)
    _take_texts(sandbox, body)
    parts.account.secrets.check(sandbox.secrets)
    _take_origin(sandbox, body, parts)
    _take_intervals(sandbox, body, parts.settings.clock.now())
    check_networks(sandbox.network_allow_list)
    check_domains(sandbox.domain_allow_list)
    sandbox.volumes = _volumes(body, parts)
    _take_link(sandbox, body, parts)
    return sandbox


def plain_sandbox(parts: Services, snapshot: str, target: str) -> Sandbox:
    """Return the record of a sandbox of a snapshot, as a create that says nothing else would make it.

    Raises:
        RefusedError: It can't be made.
    """
    return new_sandbox({"snapshot": snapshot, "target": target}, parts)


def archive_minutes(value: int) -> int:
    """Return an auto-archive interval as it is kept: 0, and what is too long, is the longest."""
    if value < 0:
        raise InvalidError("Auto-archive interval must be non-negative")
    return MOST_ARCHIVE_MINUTES if value == 0 or value > MOST_ARCHIVE_MINUTES else value


def sandbox_name(body: dict[str, Any]) -> str | None:
    """Return the name of a body, None where there is none.

    Raises:
        InvalidError: It can't be one.
    """
    name = bodies.text(body, "name")
    if name and _BAD_NAME.search(name):
        raise InvalidError("name must not contain HTML tags, URLs, or control characters")
    return name


def region_of(target: str | None, parts: Services) -> str:
    """Return the region that something is to be made in, the organization's default where none is named.

    Raises:
        NotFoundError: There is no such region.
        InvalidError: No runner there takes anything new.
    """
    region = target or parts.account.organizations.own.default_region_id
    parts.account.regions.get(region)
    parts.account.runners.refuse_full(region)
    return region


def _take_texts(sandbox: Sandbox, body: dict[str, Any]) -> None:
    sandbox.labels = bodies.mapping(body, "labels") or {}
    sandbox.env = bodies.mapping(body, "env") or {}
    sandbox.public = bodies.flag(body, "public") or False
    sandbox.kvm = bodies.flag(body, "kvm") or False
    sandbox.spot = bodies.flag(body, "spot") or False
    sandbox.network_block_all = bodies.flag(body, "networkBlockAll") or False
    sandbox.network_allow_list = bodies.text(body, "networkAllowList")
    sandbox.domain_allow_list = bodies.text(body, "domainAllowList")
    sandbox.outbound_proxy_url = bodies.text(body, "outboundProxyUrl")
    sandbox.otel_endpoint_override = bodies.text(body, "otelEndpointOverride")
    sandbox.queue_timeout = bodies.integer(body, "queueTimeout", 1)
    sandbox.secrets = secrets_of(body)


def secrets_of(body: dict[str, Any]) -> list[dict[str, str]]:
    """Return the secrets of a body: a list of maps, each from a variable to the name of a secret.

    Raises:
        InvalidError: It is something else.
    """
    secrets = bodies.items(body, "secrets") or []
    for item in secrets:
        if not isinstance(item, dict) or not all(isinstance(value, str) for value in item.values()):
            raise InvalidError("secrets must be a list of objects from variable names to secret names")
    return secrets


def _take_origin(sandbox: Sandbox, body: dict[str, Any], parts: Services) -> None:
    build, user = build_of(body), _user(body)
    sizes = {name: bodies.integer(body, name, 0) or 0 for name in ("cpu", "memory", "disk", "gpu")}
    name = bodies.text(body, "snapshot")
    if build is not None:
        if name:
            raise InvalidError("Cannot specify a snapshot when using a build info entry")
        build.user = user
        _take_build(sandbox, build, sizes, parts)
        return
    if any(sizes.values()):
        raise InvalidError("Cannot specify Sandbox resources when using a snapshot")
    _take_snapshot(sandbox, usable_snapshot(name or DEFAULT_SNAPSHOT, parts), parts)
    sandbox.user = user or sandbox.user


def build_of(body: dict[str, Any]) -> Build | None:
    """Return what a body says is to be built, None where it says nothing of that.

    Raises:
        InvalidError: It can't be.
    """
    given = bodies.mapping(body, "buildInfo") or {}
    dockerfile = bodies.text(given, "dockerfileContent")
    if not dockerfile:
        return None
    hashes = [str(item) for item in bodies.items(given, "contextHashes") or []]
    build = Build(dockerfile=dockerfile, context_hashes=hashes)
    build.snapshot_ref = snapshot_ref(build)
    return build


def _user(body: dict[str, Any]) -> str | None:
    user = bodies.text(body, "user")
    if user and not is_user(user):
        raise InvalidError("user must be a plain name, or a number below 65534")
    return user or None


def _take_build(sandbox: Sandbox, build: Build, sizes: dict[str, int], parts: Services) -> None:
    if sizes["gpu"]:
        raise InvalidError("GPU request 1 exceeds maximum allowed per sandbox (0): this server has none")
    for name in ("cpu", "memory", "disk"):
        if sizes[name]:
            parts.account.quotas.check_size(name, sizes[name], sandbox.target)
            setattr(sandbox, name, sizes[name])
    sandbox.build, sandbox.state = build, "pending_build"
    image = parts.builds.built(build)
    sandbox.user = build.user or sandbox.user
    if image is not None:  # the same was built before
        sandbox.state, sandbox.image_id, sandbox.image = "creating", image.id, image.config
        sandbox.user = build.user or image.config.user or sandbox.user
        parts.images.use(image)


def usable_snapshot(id_or_name: str, parts: Services) -> Snapshot:
    """Return a snapshot that sandboxes can be made from, by id or name.

    Raises:
        InvalidError: There is none, or it isn't ready.
    """
    snapshot = parts.snapshots.get(id_or_name) or parts.snapshots.named(id_or_name)
    if snapshot is None:
        raise InvalidError(f"Snapshot {id_or_name} not found. Did you add it through the Daytona Dashboard?")
    if snapshot.state != "active":
        raise InvalidError(f"Snapshot {id_or_name} is {snapshot.state}")
    return snapshot


def _take_snapshot(sandbox: Sandbox, snapshot: Snapshot, parts: Services) -> None:
    sandbox.snapshot = snapshot.name
    sandbox.cpu, sandbox.memory, sandbox.disk = snapshot.cpu, snapshot.memory, snapshot.disk
    sandbox.image_id, sandbox.image = snapshot.image_id, snapshot.image
    sandbox.user = snapshot.user or sandbox.user
    parts.snapshots.note(snapshot, last_used_at=parts.settings.clock.now())


def _take_intervals(sandbox: Sandbox, body: dict[str, Any], now: float) -> None:
    stop, pause = bodies.integer(body, "autoStopInterval"), bodies.integer(body, "autoPauseInterval")
    if stop is not None and stop < 0:
        raise InvalidError("Auto-stop interval must be non-negative")
    if pause is not None and pause < 0:
        raise InvalidError("Auto-pause interval must be non-negative")
    if stop and pause:
        raise InvalidError("Auto-stop and auto-pause intervals cannot both be set")
    sandbox.auto_pause_minutes = pause or 0
    sandbox.auto_stop_minutes = stop if stop is not None else (0 if pause else sandbox.auto_stop_minutes)
    archive = bodies.integer(body, "autoArchiveInterval")
    if archive is not None:
        sandbox.auto_archive_minutes = archive_minutes(archive)
    delete = bodies.integer(body, "autoDeleteInterval")
    if delete is not None:
        sandbox.auto_delete_minutes = delete
    ttl = bodies.integer(body, "ttlMinutes", 0)
    sandbox.destroy_at = now + ttl * 60 if ttl else None


def _volumes(body: dict[str, Any], parts: Services) -> list[VolumeMount]:
    mounts = []
    for item in bodies.items(body, "volumes") or []:
        if not isinstance(item, dict):
            raise InvalidError("each value in volumes must be an object")
        volume = parts.volumes.check(bodies.text(item, "volumeId") or "")
        path = bodies.text(item, "mountPath") or ""
        if not path.startswith("/"):
            raise InvalidError("mountPath must be an absolute path")
        subpath = bodies.text(item, "subpath")
        check_subpath(subpath or "")
        mounts.append(VolumeMount(volume_id=volume.id, mount_path=path, subpath=subpath))
    paths = [mount.mount_path.rstrip("/") for mount in mounts]
    if len(set(paths)) != len(paths):
        raise InvalidError("volumes must not be mounted at the same path")
    return mounts


def _take_link(sandbox: Sandbox, body: dict[str, Any], parts: Services) -> None:
    linked = bodies.text(body, "linkedSandbox")
    if not linked:
        return
    if not sandbox.ephemeral:
        raise InvalidError("Linked sandboxes must be ephemeral (set autoDeleteInterval to 0)")
    sandbox.linked_sandbox_id = parts.lifecycle.find(linked).id
