# Generated from the core's definitions by `make generate`; do not edit.
"""The ``Snapshot`` resource of Pulumi programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pulumi
from daytona_httpx import Image
from pulumi import Input, Output

from pulumi_daytona.resource import DaytonaResource
from pulumi_daytona.resources.types import Resources


class Snapshot(DaytonaResource, kind="Snapshot"):
    """Declare a snapshot, which sandboxes are made from (create snapshot).

    ``pulumi up`` returns when it is active. Other content is another snapshot: the text of a Dockerfile, or
    what is in the local files that it copies, whatever their times. A name that follows from who the resource
    is follows from its content too, so sandboxes that use the snapshot's name are replaced with it, and what
    a create that was cut short has left behind is found again.

    Attributes:
        organization_id: Id of its organization.
        name: Its name in Daytona, which sandboxes name it by.
        state: What it is now, for example ``active``.
        image_name: The image that it was made from; none when it was built.
        build_info: Of what it was built.
        entrypoint: What runs in its sandboxes.
        size: Its size in GiB.
        cpu: Cores of its sandboxes.
        gpu: GPUs of its sandboxes.
        gpu_type: The kind of them.
        mem: Memory of its sandboxes in GiB.
        disk: Disk of its sandboxes in GiB.
        region_ids: Where it is.
        sandbox_class: The kind of its sandboxes.
        source_sandbox_id: Id of the sandbox that it was taken of, if it was.
        ref: Its name in the registry.
        error_reason: Why it failed.
        created_at: When it was made.
        updated_at: When it last changed.
        last_used_at: When a sandbox was last made from it.
    """

    organization_id: Output[str | None]
    name: Output[str]
    state: Output[str]
    image_name: Output[str | None]
    build_info: Output[dict[str, Any] | None]
    entrypoint: Output[list[str] | None]
    size: Output[float | None]
    cpu: Output[int]
    gpu: Output[int]
    gpu_type: Output[str | None]
    mem: Output[int]
    disk: Output[int]
    region_ids: Output[list[str] | None]
    sandbox_class: Output[str | None]
    source_sandbox_id: Output[str | None]
    ref: Output[str | None]
    error_reason: Output[str | None]
    created_at: Output[str | None]
    updated_at: Output[str | None]
    last_used_at: Output[str | None]

    def __init__(
        self,
        resource_name: str,
        *,
        name: Input[str] | None = None,
        image: Input[str] | Image | None = None,
        dockerfile: Input[str] | None = None,
        entrypoint: Input[Sequence[Input[str]]] | None = None,
        resources: Input[Resources] | None = None,
        region_id: Input[str] | None = None,
        sandbox_class: Input[str] | None = None,
        state: Input[str] | None = None,
        adopt: Input[bool] | None = None,
        create_timeout: Input[float] | None = None,
        update_timeout: Input[float] | None = None,
        delete_timeout: Input[float] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a snapshot, which sandboxes are made from (create snapshot).

        Args:
            resource_name: The logical name in the program.
            name: The name in Daytona, unique in the organization; by default it follows from organization,
                project, stack, logical name and content, so that sandboxes which use it follow new content.
                Where the program fixes the name, give them the snapshot's id. A change replaces.
            image: An image's name with its tag, or an ``Image``, whose local files are compared by content. A
                change replaces.
            dockerfile: The text of a Dockerfile, instead of an image; for local files,
                ``Image.from_dockerfile``. A change replaces.
            entrypoint: What runs in its sandboxes; the image's own when left out. A change replaces.
            resources: Sizes of its sandboxes; cores and GiB. The API's default else. A change replaces.
            region_id: The region; the configured target by default, else the organization's. A change
                replaces.
            sandbox_class: The kind of its sandboxes, for example ``container``. A change replaces.
            state: active, or inactive: no sandboxes can be made from it. Left out, one that was deactivated
                as nobody used it is as it should be. Changes in place.
            adopt: Whether to take over one that exists already; from then on this stack owns it, and destroys
                it. Default False: that there is one is an error.
            create_timeout: Seconds until it is active, 0 for no limit. Default 1800.
            update_timeout: Seconds for an update, 0 for no limit. Default 600.
            delete_timeout: Seconds until it is gone, 0 for no limit. Default 300.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "name": name,
                "image": image,
                "dockerfile": dockerfile,
                "entrypoint": entrypoint,
                "resources": resources,
                "region_id": region_id,
                "sandbox_class": sandbox_class,
                "state": state,
                "adopt": adopt,
                "create_timeout": create_timeout,
                "update_timeout": update_timeout,
                "delete_timeout": delete_timeout,
            },
            opts,
        )
