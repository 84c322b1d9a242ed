"""The inputs and outputs of a snapshot, and the rules over them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pulumi_daytona.core.definition import Failure
from pulumi_daytona.core.images import CONTEXTS, COPIED, Context, dockerfile_rule
from pulumi_daytona.core.models import OutputModel, ResourceInputs, Seconds, Text
from pulumi_daytona.core.ownership import digest_of
from pulumi_daytona.core.resources.sandbox.inputs import Resources
from pulumi_daytona.core.traits import Shown, doc, in_place, provider_only, replaces
from pulumi_daytona.core.values import ADOPT

CONTENT = ("image", "dockerfile", "contexts", "entrypoint", "resources", "region_id", "sandbox_class")
"""What a snapshot is made of: another of these is another snapshot."""

_NAME = re.compile(r"[A-Za-z0-9.:-]+")
_TAGGED = re.compile(
    r"[^\s:@]+(:\d+/[^\s:@]+)?(:[A-Za-z0-9_][\w.-]*(@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})"
)


class SnapshotInputs(ResourceInputs):
    """Say what a snapshot should be. Timeouts are seconds, memory and disk GiB."""

    name: Annotated[
        Text | None,
        replaces(),
        doc(
            "The name in Daytona, unique in the organization; by default it follows from organization, "
            "project, stack, logical name and content, so that sandboxes which use it follow new content. "
            "Where the program fixes the name, give them the snapshot's id."
        ),
    ] = None
    image: Annotated[
        Text | None,
        replaces(""),
        doc("An image's name with its tag, or an ``Image``, whose local files are compared by content."),
        Shown("Input[str] | Image"),
    ] = None
    dockerfile: Annotated[
        Text | None,
        replaces(""),
        doc("The text of a Dockerfile, instead of an image; for local files, ``Image.from_dockerfile``."),
    ] = None
    contexts: Annotated[list[Context] | None, CONTEXTS, COPIED] = None
    entrypoint: Annotated[
        list[Text] | None, replaces([]), doc("What runs in its sandboxes; the image's own when left out.")
    ] = None
    resources: Annotated[
        Resources | None, replaces({}), doc("Sizes of its sandboxes; cores and GiB. The API's default else.")
    ] = None
    region_id: Annotated[
        Text | None, replaces(), doc("The region; the configured target by default, else the organization's.")
    ] = None
    sandbox_class: Annotated[
        Text | None, replaces(), doc("The kind of its sandboxes, for example ``container``.")
    ] = None
    state: Annotated[
        Literal["active", "inactive"] | None,
        in_place(),
        doc(
            "active, or inactive: no sandboxes can be made from it. Left out, one that was deactivated as "
            "nobody used it is as it should be."
        ),
    ] = None
    adopt: Annotated[bool | None, provider_only(), doc(ADOPT)] = None
    create_timeout: Annotated[
        Seconds | None, provider_only(), doc("Seconds until it is active, 0 for no limit. Default 1800.")
    ] = None
    update_timeout: Annotated[
        Seconds | None, provider_only(), doc("Seconds for an update, 0 for no limit. Default 600.")
    ] = None
    delete_timeout: Annotated[
        Seconds | None, provider_only(), doc("Seconds until it is gone, 0 for no limit. Default 300.")
    ] = None

    def digest(self) -> str:
        """Return a short digest of what the snapshot is made of; places of local files are no part of it."""
        given = {name: value for name, value in self.plain().items() if name in CONTENT}
        hashes = sorted((each["archive_path"], each["sha256"]) for each in given.pop("contexts", ()))
        return digest_of({**given, "hashes": hashes})[:8]


class SnapshotOutputs(OutputModel):
    """Tell what can be read of a snapshot."""

    organization_id: Annotated[str | None, doc("Id of its organization.")]
    name: Annotated[str, doc("Its name in Daytona, which sandboxes name it by.")]
    state: Annotated[str, doc("What it is now, for example ``active``.")]
    image_name: Annotated[str | None, doc("The image that it was made from; none when it was built.")]
    build_info: Annotated[dict[str, Any] | None, doc("Of what it was built.")]
    entrypoint: Annotated[list[str] | None, doc("What runs in its sandboxes.")]
    size: Annotated[float | None, doc("Its size in GiB.")]
    cpu: Annotated[int, doc("Cores of its sandboxes.")]
    gpu: Annotated[int, doc("GPUs of its sandboxes.")]
    gpu_type: Annotated[str | None, doc("The kind of them.")]
    mem: Annotated[int, doc("Memory of its sandboxes in GiB.")]
    disk: Annotated[int, doc("Disk of its sandboxes in GiB.")]
    region_ids: Annotated[list[str] | None, doc("Where it is.")]
    sandbox_class: Annotated[str | None, doc("The kind of its sandboxes.")]
    source_sandbox_id: Annotated[str | None, doc("Id of the sandbox that it was taken of, if it was.")]
    ref: Annotated[str | None, doc("Its name in the registry.")]
    error_reason: Annotated[str | None, doc("Why it failed.")]
    created_at: Annotated[str | None, doc("When it was made.")]
    updated_at: Annotated[str | None, doc("When it last changed.")]
    last_used_at: Annotated[str | None, doc("When a sandbox was last made from it.")]


def name_rule(name: Any) -> Iterator[Failure]:
    """Yield what the API refuses of a name; one that isn't known yet passes."""
    if isinstance(name, str) and not _NAME.fullmatch(name):
        yield Failure("name", "needs letters, digits, dots, colons and dashes only")


def snapshot_rules(inputs: SnapshotInputs) -> Iterator[Failure]:
    """Yield what contradicts in a snapshot's inputs, or what the API is known to refuse."""
    if (inputs.image is None) == (inputs.dockerfile is None):
        yield Failure("image", "set exactly one of image and dockerfile")
    yield from name_rule(inputs.name)
    if isinstance(inputs.image, str):
        if not _TAGGED.fullmatch(inputs.image):
            yield Failure(
                "image", f"needs an image with its tag, such as python:3.12-slim, got {inputs.image!r}"
            )
        elif inputs.image.endswith(":latest"):
            yield Failure("image", "the tag latest is not allowed; name a version")
    yield from dockerfile_rule(inputs.dockerfile, inputs.contexts)
