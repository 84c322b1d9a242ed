"""Read what a new snapshot should be: every rule that the API has for it."""

from __future__ import annotations

import re
from typing import Any

from daytona_local.api import bodies
from daytona_local.api.new_sandbox import build_of, region_of
from daytona_local.errors import InvalidError
from daytona_local.records import Snapshot
from daytona_local.services import Services

SIZES = ("cpu", "memory", "disk")
BUILT_ENTRYPOINT = ["sleep", "infinity"]
"""What the API says of every snapshot that is built, whatever its Dockerfile does."""

_NAME = re.compile(r"[A-Za-z0-9_.:-]+(/[A-Za-z0-9_.:-]+)*")
_DIGEST = re.compile(r".+@sha256:[0-9a-f]{64}")


def new_snapshot(body: dict[str, Any], parts: Services) -> Snapshot:
    """Return the record of a snapshot that is to be made.

    Raises:
        InvalidError: Something in the body can't be.
        ForbiddenError: The organization is suspended.
        NotFoundError: There is no such region.
    """
    admit_one(parts)
    region = region_of(bodies.text(body, "regionId"), parts)
    snapshot = Snapshot(name=snapshot_name(body))
    _take_source(snapshot, body)
    if bodies.integer(body, "gpu", 0):
        raise InvalidError("GPU request 1 exceeds maximum allowed per sandbox (0): this server has none")
    for name in SIZES:
        size = bodies.integer(body, name, 0)
        if size:
            parts.account.quotas.check_size(name, size, region)
            setattr(snapshot, name, size)
    return snapshot


def admit_one(parts: Services) -> None:
    """Refuse one more snapshot than there may be; the server's own don't count.

    Raises:
        InvalidError: There may not be more.
        ForbiddenError: The organization is suspended.
    """
    own = [snapshot for snapshot in parts.snapshots if not snapshot.general]
    parts.account.quotas.admit_one(len(own), "snapshot")


def snapshot_name(body: dict[str, Any]) -> str:
    """Return the name of a body.

    Raises:
        InvalidError: It is none.
    """
    name = bodies.text(body, "name")
    if name is None:
        raise InvalidError("name must be a string")
    if not _NAME.fullmatch(name):
        raise InvalidError(
            "Invalid snapshot name format. May contain letters, digits, dots, colons, and dashes"
        )
    return name


def _take_source(snapshot: Snapshot, body: dict[str, Any]) -> None:
    image, entrypoint = bodies.text(body, "imageName"), _entrypoint(body)
    build = build_of(body)
    if build is None:
        if not image:
            raise InvalidError("Either an image name or build info must be specified")
        _check_image(image)
        snapshot.image_name, snapshot.entrypoint = image, entrypoint
        return
    if image:
        raise InvalidError("Cannot specify an image name when using a build info entry")
    if entrypoint:
        raise InvalidError("Cannot specify an entrypoint when using a build info entry")
    snapshot.build, snapshot.entrypoint = build, [*BUILT_ENTRYPOINT]


def _entrypoint(body: dict[str, Any]) -> list[str] | None:
    words = bodies.items(body, "entrypoint")
    if words and not all(isinstance(word, str) for word in words):
        raise InvalidError("each value in entrypoint must be a string")
    return words or None


def _check_image(name: str) -> None:
    if _DIGEST.fullmatch(name):
        return
    _, colon, tag = name.rpartition("/")[2].partition(":")
    if not colon or not tag:
        raise InvalidError("Image name must include a tag (for example, ubuntu:22.04) or a digest")
    if tag == "latest":
        raise InvalidError('Images with tag ":latest" are not allowed')
