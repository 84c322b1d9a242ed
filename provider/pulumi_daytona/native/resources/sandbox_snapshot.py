# Generated from the core by `make generate`; do not edit.
"""The ``SandboxSnapshot`` resource of Pulumi programs, by the native plugin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pulumi
from pulumi import Input, Output

from pulumi_daytona.native.resource import NativeResource


class SandboxSnapshot(NativeResource, kind="SandboxSnapshot"):
    """Declare a snapshot that is taken of a sandbox as it is (create sandbox snapshot).

    ``pulumi up`` returns when it is active. What happens in the sandbox later changes nothing: another
    sandbox, and changed triggers, take it anew. It stays when its sandbox is gone.

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
        sandbox_id: Id of the sandbox, which may run or not; another one is taken anew.
        triggers: Any values; when one changes the snapshot is taken anew.
        adopt: Whether to take over one that exists already; from then on this stack owns it, and destroys it.
            Default False: that there is one is an error.
        create_timeout: Seconds until it is active, 0 for no limit. Default 1800.
        delete_timeout: Seconds until it is gone, 0 for no limit. Default 300.
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
    sandbox_id: Output[str]
    triggers: Output[list[Any] | None]
    adopt: Output[bool | None]
    create_timeout: Output[float | None]
    delete_timeout: Output[float | None]

    def __init__(
        self,
        resource_name: str,
        *,
        sandbox_id: Input[str],
        name: Input[str] | None = None,
        triggers: Input[Sequence[Input[Any]]] | None = None,
        adopt: Input[bool] | None = None,
        create_timeout: Input[float] | None = None,
        delete_timeout: Input[float] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a snapshot that is taken of a sandbox as it is (create sandbox snapshot).

        Args:
            resource_name: The logical name in the program.
            sandbox_id: Id of the sandbox, which may run or not; another one is taken anew. A change replaces.
            name: The name in Daytona, unique in the organization; by default it follows from organization,
                project, stack, logical name, sandbox and triggers. A change replaces.
            triggers: Any values; when one changes the snapshot is taken anew. A change replaces.
            adopt: Whether to take over one that exists already; from then on this stack owns it, and destroys
                it. Default False: that there is one is an error.
            create_timeout: Seconds until it is active, 0 for no limit. Default 1800.
            delete_timeout: Seconds until it is gone, 0 for no limit. Default 300.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "sandbox_id": sandbox_id,
                "name": name,
                "triggers": triggers,
                "adopt": adopt,
                "create_timeout": create_timeout,
                "delete_timeout": delete_timeout,
            },
            opts,
        )
