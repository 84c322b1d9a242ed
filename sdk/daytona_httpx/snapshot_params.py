"""What callers hand over to make a snapshot."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from daytona_httpx.image import Image
from daytona_httpx.params import Resources, sizes_of


class CreateSnapshotParams(BaseModel):
    """Say what a snapshot should be.

    Attributes:
        name: Its name; one of a kind in the organization.
        image: The name of an image in a registry, or an image to build.
        resources: The sizes of the sandboxes that are made from it.
        entrypoint: What runs in them; the image's own when left out.
        region_id: The region; the client's target when left out, else the organization's default.
        sandbox_class: The kind of sandbox, for example ``container``.

    Example:
        >>> image = Image.base("python:3.12-slim").run_commands("echo built > /built.txt")
        >>> params = CreateSnapshotParams(name="with-a-file", image=image, resources=Resources(cpu=1))
        >>> daytona.snapshot.create(params).state
        'active'
        >>> daytona.snapshot.delete("with-a-file")
    """

    model_config = ConfigDict(arbitrary_types_allowed=True, defer_build=True, extra="forbid")

    name: str
    image: str | Image
    resources: Resources | None = None
    entrypoint: list[str] | None = None
    region_id: str | None = None
    sandbox_class: str | None = None


def snapshot_body(params: CreateSnapshotParams, target: str | None) -> dict[str, Any]:
    """Return the body of the create request; the parameters stay as they are.

    Raises:
        DaytonaValidationError: The image's text copies files that can't be sent.
    """
    body = {
        "name": params.name,
        **_source(params),
        **sizes_of(params.resources),
        "regionId": params.region_id or target,
        "sandboxClass": params.sandbox_class,
    }
    return {name: value for name, value in body.items() if value is not None}


def _source(params: CreateSnapshotParams) -> dict[str, Any]:
    """Return where it comes from; the API takes an entry point only beside the name of an image."""
    if isinstance(params.image, str):
        return {"imageName": params.image, "entrypoint": params.entrypoint}
    ending = Image().entrypoint(params.entrypoint).dockerfile() if params.entrypoint else ""
    return {"buildInfo": {"dockerfileContent": params.image.buildable() + ending}}
