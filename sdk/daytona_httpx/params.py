"""What callers hand over: how to make a sandbox, its sizes, and its mounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from daytona_httpx.errors import DaytonaValidationError
from daytona_httpx.image import Image
from daytona_httpx.image_context import ImageContext

LANGUAGE_LABEL = "code-toolbox-language"


class CodeLanguage(StrEnum):
    """Name the languages that ``code_run`` runs.

    Example:
        >>> CreateSandboxFromSnapshotParams(language=CodeLanguage.JAVASCRIPT).language.value
        'javascript'
    """

    PYTHON = "python"
    TYPESCRIPT = "typescript"
    JAVASCRIPT = "javascript"


class GpuType(StrEnum):
    """Name the kinds of GPU; a newer one is asked for by its text.

    Example:
        >>> Resources(gpu=1, gpu_type=[GpuType.H100, GpuType.H200]).gpu_type[0].value
        'H100'
    """

    H100 = "H100"
    H200 = "H200"
    B200 = "B200"
    B300 = "B300"
    RTX_PRO_6000 = "RTX-PRO-6000"
    RTX_4090 = "RTX-4090"
    RTX_5090 = "RTX-5090"
    MI355X = "MI355X"


class SandboxClass(StrEnum):
    """Name the kinds of sandbox.

    Example:
        >>> {snapshot.sandbox_class for snapshot in daytona.snapshot.list().items} <= {*SandboxClass, None}
        True
    """

    CONTAINER = "container"
    LINUX_VM = "linux-vm"
    WINDOWS = "windows"
    ANDROID = "android"


@dataclass
class Resources:
    """Size a sandbox.

    Args:
        cpu: Cores.
        memory: GiB.
        disk: GiB.
        gpu: GPUs.
        gpu_type: The kinds of GPU that will do, the first choice first.

    Example:
        >>> image = Image.base("python:3.12-slim")
        >>> params = CreateSandboxFromImageParams(image=image, resources=Resources(cpu=2, memory=2, disk=3))
        >>> sandbox = daytona.create(params)
        >>> sandbox.cpu, sandbox.memory, sandbox.disk
        (2, 2, 3)
        >>> sandbox.delete()
    """

    cpu: int | None = None
    memory: int | None = None
    disk: int | None = None
    gpu: int | None = None
    gpu_type: str | Sequence[str] | None = None


@dataclass
class VolumeMount:
    """Mount a volume.

    Args:
        volume_id: The volume's id.
        mount_path: The absolute path in the sandbox.
        subpath: The folder of the volume; all of it when left out.

    Example:
        >>> volume = daytona.volume.get("for-docs")
        >>> mount = VolumeMount(volume_id=volume.id, mount_path="/home/daytona/shared", subpath="inner")
        >>> sandbox = daytona.create(CreateSandboxFromSnapshotParams(volumes=[mount]))
        >>> sandbox.fs.upload_file(b"kept", "/home/daytona/shared/a.txt")
        >>> sandbox.delete()
    """

    volume_id: str
    mount_path: str
    subpath: str | None = None


class CreateSandboxBaseParams(BaseModel):
    """Say what a sandbox should be; intervals are minutes (see the API's create operation).

    Example:
        >>> settings = CreateSandboxBaseParams(labels={"team": "a"}, auto_stop_interval=30)
        >>> CreateSandboxFromSnapshotParams(**settings.model_dump(exclude_unset=True)).labels
        {'team': 'a'}
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, defer_build=True, extra="forbid")

    name: str | None = None
    language: CodeLanguage | str | None = None
    os_user: str | None = None
    env_vars: dict[str, str] | None = Field(default=None, repr=False)
    labels: dict[str, str] | None = None
    public: bool | None = None
    auto_stop_interval: int | None = None
    auto_pause_interval: int | None = None
    auto_archive_interval: int | None = None
    auto_delete_interval: int | None = None
    ttl_minutes: int | None = None
    queue_timeout: int | None = None
    volumes: list[VolumeMount] | None = None
    secrets: dict[str, str] | None = None
    network_block_all: bool | None = None
    kvm: bool | None = None
    network_allow_list: str | None = None
    domain_allow_list: str | None = None
    outbound_proxy_url: str | None = None
    otel_endpoint_override: str | None = None
    ephemeral: bool | None = None
    spot: bool | None = None
    linked_sandbox: str | None = None
    target: str | None = None


class CreateSandboxFromSnapshotParams(CreateSandboxBaseParams):
    r"""Make a sandbox from a snapshot, the organization's default when none is named.

    Example:
        >>> params = CreateSandboxFromSnapshotParams(env_vars={"GREETING": "hi"}, auto_stop_interval=30)
        >>> sandbox = daytona.create(params)
        >>> sandbox.process.exec("echo $GREETING").result
        'hi\n'
        >>> sandbox.delete()
    """

    snapshot: str | None = None


class CreateSandboxFromImageParams(CreateSandboxBaseParams):
    r"""Make a sandbox from an image, by name or built, with sizes of its own.

    Example:
        >>> image = Image.base("python:3.12-slim").run_commands("echo built > /built.txt")
        >>> sandbox = daytona.create(CreateSandboxFromImageParams(image=image))
        >>> sandbox.fs.download_file("/built.txt")
        b'built\n'
        >>> sandbox.delete()
    """

    image: str | Image
    resources: Resources | None = None


CreateParams = CreateSandboxFromSnapshotParams | CreateSandboxFromImageParams


_SAME_NAME = {
    "name": "name", "os_user": "user", "public": "public", "target": "target", "kvm": "kvm", "spot": "spot",
    "auto_stop_interval": "autoStopInterval", "auto_pause_interval": "autoPauseInterval",
    "auto_archive_interval": "autoArchiveInterval", "ttl_minutes": "ttlMinutes",
    "queue_timeout": "queueTimeout", "network_block_all": "networkBlockAll",
    "network_allow_list": "networkAllowList", "domain_allow_list": "domainAllowList",
    "outbound_proxy_url": "outboundProxyUrl", "otel_endpoint_override": "otelEndpointOverride",
    "linked_sandbox": "linkedSandbox",
}  # fmt: skip


def create_body(params: CreateParams, target: str | None) -> dict[str, Any]:
    """Return the body of the create request; the parameters stay as they are.

    Raises:
        DaytonaValidationError: The parameters contradict each other.
    """
    _validate(params)
    body = {wire: getattr(params, name) for name, wire in _SAME_NAME.items()}
    language = CodeLanguage(params.language or CodeLanguage.PYTHON).value
    body["labels"] = {LANGUAGE_LABEL: language, **(params.labels or {})}
    body["env"] = dict(params.env_vars or {})
    body["target"] = params.target or target
    body["volumes"] = [_mount(mount) for mount in params.volumes or ()]
    body["autoDeleteInterval"] = 0 if params.ephemeral else params.auto_delete_interval
    body["secrets"] = [{name: secret} for name, secret in params.secrets.items()] if params.secrets else None
    body |= (
        _from_image(params)
        if isinstance(params, CreateSandboxFromImageParams)
        else {"snapshot": params.snapshot}
    )
    return {name: value for name, value in body.items() if value is not None}


def contexts_of(params: CreateParams) -> list[ImageContext]:
    """Return the local files that must be sent before the create request."""
    image = getattr(params, "image", None)
    return image.contexts if isinstance(image, Image) else []


def _validate(params: CreateParams) -> None:
    for name in ("auto_stop_interval", "auto_pause_interval", "auto_archive_interval", "ttl_minutes"):
        if (getattr(params, name) or 0) < 0:
            raise DaytonaValidationError(f"{name} must be a non-negative integer")
    if params.auto_stop_interval and params.auto_pause_interval:
        raise DaytonaValidationError(
            "at most one of auto_stop_interval and auto_pause_interval may be above 0"
        )
    if params.auto_pause_interval and (params.ephemeral or params.auto_delete_interval == 0):
        raise DaytonaValidationError("an ephemeral sandbox can't pause: leave auto_pause_interval out")
    if params.queue_timeout is not None and params.queue_timeout < 1:
        raise DaytonaValidationError("queue_timeout must be at least 1")
    if params.language is not None and params.language not in [language.value for language in CodeLanguage]:
        raise DaytonaValidationError(
            f"language must be python, typescript or javascript, not {params.language!r}"
        )


def _mount(mount: VolumeMount) -> dict[str, str]:
    body = {"volumeId": mount.volume_id, "mountPath": mount.mount_path}
    return {**body, "subpath": mount.subpath} if mount.subpath else body


def sizes_of(resources: Resources | None) -> dict[str, Any]:
    """Return the fields of a request that size something; those that are left out are None."""
    sizes = resources or Resources()
    gpu_types = [sizes.gpu_type] if isinstance(sizes.gpu_type, str) else sizes.gpu_type
    return {
        "cpu": sizes.cpu,
        "memory": sizes.memory,
        "disk": sizes.disk,
        "gpu": sizes.gpu,
        "gpuType": None if gpu_types is None else [*gpu_types],
    }


def _from_image(params: CreateSandboxFromImageParams) -> dict[str, Any]:
    image = params.image if isinstance(params.image, Image) else Image.base(params.image)
    return {**sizes_of(params.resources), "buildInfo": {"dockerfileContent": image.buildable()}}
