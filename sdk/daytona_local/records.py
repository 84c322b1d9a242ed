"""What the server keeps: plain records, without SQL and without HTTP."""

from __future__ import annotations

import secrets
import uuid
from typing import Any, ClassVar

from pydantic import BaseModel, Field

from daytona_local.settings import DEFAULT_USER, ORGANIZATION_ID, TARGET


def new_id() -> str:
    """Return an id as the API's are."""
    return str(uuid.uuid4())


class Record(BaseModel):
    """Hold one thing that is kept; times are seconds since 1970."""

    kind: ClassVar[str]

    id: str = Field(default_factory=new_id)
    organization_id: str = ORGANIZATION_ID
    created_at: float = 0.0
    updated_at: float = 0.0

    @property
    def key(self) -> str | None:
        """Return the name that no other record of the kind may have, None where names are free."""
        return None


class VolumeMount(BaseModel):
    """Say where a volume is mounted."""

    volume_id: str
    mount_path: str
    subpath: str | None = None


class Build(BaseModel):
    """Hold what an image is built from, and the user that was asked for, whatever the image says."""

    dockerfile: str
    context_hashes: list[str] = []
    snapshot_ref: str = ""
    user: str | None = None


class ImageConfig(BaseModel):
    """Hold what an image says of the sandboxes that begin with it."""

    env: dict[str, str] = {}
    workdir: str | None = None
    user: str | None = None
    entrypoint: list[str] | None = None
    cmd: list[str] | None = None

    @property
    def command(self) -> list[str]:
        """Return what is run when a sandbox starts."""
        return [*(self.entrypoint or []), *(self.cmd or [])]


class Pending(BaseModel):
    """Hold where a change of state leads, so that a server that was killed can go on with it.

    Args:
        state: The state after it.
        sizes: Those of a resize.
        copy_id: The sandbox or image that is made.
        name: The name of the snapshot that is made.
    """

    state: str
    sizes: dict[str, int] = {}
    copy_id: str = ""
    name: str = ""


class Sandbox(Record):
    """Hold a sandbox; minutes for intervals, GiB for memory and disk."""

    kind = "sandbox"

    name: str
    snapshot: str | None = None
    user: str = DEFAULT_USER
    env: dict[str, Any] = {}
    labels: Any = {}
    public: bool = False
    target: str = TARGET
    sandbox_class: str = "container"
    cpu: int = 1
    gpu: int = 0
    gpu_type: str | None = None
    memory: int = 1
    disk: int = 3
    kvm: bool = False
    spot: bool = False
    network_block_all: bool = False
    network_allow_list: str | None = None
    domain_allow_list: str | None = None
    outbound_proxy_url: str | None = None
    otel_endpoint_override: str | None = None
    volumes: list[VolumeMount] = []
    secrets: list[dict[str, str]] = []
    build: Build | None = None
    image_id: str | None = None
    image: ImageConfig = ImageConfig()
    linked_sandbox_id: str | None = None
    parent_id: str | None = None
    queue_timeout: int | None = None
    warm_pool_id: str | None = None

    state: str = "creating"
    desired_state: str = "started"
    error_reason: str | None = None
    recoverable: bool = False
    backup_state: str = "None"
    backup_created_at: float | None = None
    pending: Pending | None = None

    auto_stop_minutes: int = 15
    auto_pause_minutes: int = 0
    auto_archive_minutes: int = 10080
    auto_delete_minutes: int = -1
    destroy_at: float | None = None
    last_activity_at: float = 0.0
    stopped_at: float | None = None
    history: list[tuple[str, float]] = []
    """The states that it has been in, each with its beginning, the newest last."""

    auth_token: str = Field(default_factory=lambda: secrets.token_urlsafe(24))
    signing_key: str = Field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def key(self) -> str | None:
        """Return its name."""
        return self.name

    @property
    def is_hidden(self) -> bool:
        """Tell whether clients no longer see it: it is gone, or could not be removed after its delete."""
        return self.state == "destroyed" or (self.state == "error" and self.desired_state == "destroyed")

    @property
    def ephemeral(self) -> bool:
        """Tell whether a stop deletes it."""
        return self.auto_delete_minutes == 0


class Snapshot(Record):
    """Hold what sandboxes are made from."""

    kind = "snapshot"

    name: str
    image_name: str = ""
    general: bool = False
    state: str = "active"
    size_gib: float | None = None
    entrypoint: list[str] | None = None
    cpu: int = 1
    gpu: int = 0
    memory: int = 1
    disk: int = 3
    image_id: str | None = None
    image: ImageConfig = ImageConfig()
    error_reason: str | None = None
    build: Build | None = None
    source_sandbox_id: str | None = None
    last_used_at: float | None = None

    @property
    def key(self) -> str | None:
        """Return its name."""
        return self.name

    @property
    def user(self) -> str | None:
        """Return the user of its sandboxes, None for the default."""
        return self.image.user


class Image(Record):
    """Hold what sandboxes begin with.

    Args:
        ref: What it was built from, empty for a copy of a sandbox.
        files_id: What the runtime keeps its files under, None for those that every sandbox has.
        config: What it says of its sandboxes.
        size_bytes: How much of the disk its files take.
        last_used_at: When it was made, or a sandbox was last made from it.
    """

    kind = "image"

    ref: str = ""
    files_id: str | None = None
    config: ImageConfig = ImageConfig()
    size_bytes: int = 0
    last_used_at: float = 0.0

    @property
    def size_gib(self) -> float:
        """Return how much of the disk its files take, in GiB."""
        return round(self.size_bytes / 1024**3, 3)


class Volume(Record):
    """Hold a volume: a folder that sandboxes mount."""

    kind = "volume"

    name: str
    state: str = "ready"
    error_reason: str | None = None
    last_used_at: float | None = None

    @property
    def key(self) -> str | None:
        """Return its name."""
        return self.name
