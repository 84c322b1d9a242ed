"""What a build begins with: the images behind each FROM, and the id that its result has."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from daytona_local.build_stage import GIVEN, argument_values
from daytona_local.build_steps import Dockerfile, Stage, parse
from daytona_local.build_words import BuildFailedError, plain
from daytona_local.images import Images
from daytona_local.records import Build, Image, ImageConfig, Snapshot
from daytona_local.settings import DEFAULT_SNAPSHOT, Settings
from daytona_local.tables import Table

_IMAGES = uuid.UUID("5d3a0c3e-6a39-4a5f-8d0f-0d2d5ae7f7a1")


@dataclass(frozen=True)
class Origin:
    """Hold what a stage begins with.

    Args:
        name: The image as the Dockerfile has it, its variables replaced.
        config: What that image says.
        image: Its record, None for the default's.
        stage: Which earlier stage it is, None for an image.
        note: What a log should say of it.
    """

    name: str
    config: ImageConfig
    image: Image | None = None
    stage: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Plan:
    """Hold what is built from what.

    Args:
        ref: The name of what is built, from its Dockerfile and its contexts.
        dockerfile: The Dockerfile.
        arguments: The values of the arguments before its first stage.
        origins: What its stages begin with.
    """

    ref: str
    dockerfile: Dockerfile
    arguments: Mapping[str, str]
    origins: list[Origin]

    @property
    def image_id(self) -> str:
        """Return the id of the result: the same for the same steps upon the same images."""
        upon = [origin.image.id if origin.image else "" for origin in self.origins]
        return str(uuid.uuid5(_IMAGES, "\n".join([self.ref, *upon])))


def snapshot_ref(build: Build) -> str:
    """Return the name of what is built: the same for the same Dockerfile and contexts."""
    text = "\0".join([build.dockerfile, *build.context_hashes])
    return f"daytona-{hashlib.sha256(text.encode(errors='replace')).hexdigest()}:daytona"


class Planning:
    """Make plans.

    Args:
        settings: The server's.
        snapshots: What a FROM may name.
        images: What they are.
    """

    def __init__(self, settings: Settings, snapshots: Table[Snapshot], images: Images) -> None:
        self._substitutes = settings.substitute_images
        self._snapshots = snapshots
        self._images = images

    def plan(self, build: Build) -> Plan:
        """Return the plan of a build.

        Raises:
            BuildFailedError: The Dockerfile can't be read, or there is no such image.
        """
        dockerfile = parse(build.dockerfile)
        arguments = argument_values(dockerfile.arguments)
        origins = list[Origin]()
        for number, stage in enumerate(dockerfile.stages):
            name = plain(stage.image, {**GIVEN, **arguments}, stage.origin.escape)
            earlier = find_stage(dockerfile.stages[:number], name)
            origins.append(
                self.origin(name) if earlier is None else Origin(name, ImageConfig(), stage=earlier)
            )
        return Plan(snapshot_ref(build), dockerfile, arguments, origins)

    def origin(self, name: str) -> Origin:
        """Return what an image's name stands for.

        Raises:
            BuildFailedError: Nothing.
        """
        if name == DEFAULT_SNAPSHOT:
            return Origin(name, ImageConfig())
        snapshot = self._snapshots.named(name) or self._snapshots.get(name)
        if snapshot is not None and snapshot.state == "active":
            return Origin(name, snapshot.image, self._images.get(snapshot.image_id))
        if snapshot is not None:
            raise BuildFailedError(f"the snapshot {name} is {snapshot.state}; only an active one can be used")
        if name and name != "scratch" and self._substitutes:
            return Origin(
                name, ImageConfig(), note=f"{DEFAULT_SNAPSHOT} stands for {name} (--substitute-images)"
            )
        raise BuildFailedError(
            f"there is no image {name!r} on this server: use {DEFAULT_SNAPSHOT} or an active snapshot, "
            f"or start it with --substitute-images, so that {DEFAULT_SNAPSHOT} stands for any other image"
        )


def find_stage(stages: list[Stage], name: str) -> int | None:
    """Return which of some stages is meant by a name or number, None for none."""
    for number, stage in enumerate(stages):
        if stage.name and stage.name == name.lower():
            return number
    return int(name) if name.isascii() and name.isdigit() and int(name) < len(stages) else None
