# Generated from the core's definitions by `make generate`; do not edit.
"""The shapes of nested inputs, for programs that like to be helped by their editor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, TypedDict

from pulumi import Input


class Resources(TypedDict):
    """Size a sandbox that is made from an image.

    Args:
        cpu: Cores.
        memory: Memory in GiB.
        disk: Disk in GiB; it can grow, on a stopped sandbox, and never shrink.
        gpu: GPUs.
        gpu_type: The kinds of GPU that will do, the first choice first.
    """

    cpu: NotRequired[Input[int]]
    memory: NotRequired[Input[int]]
    disk: NotRequired[Input[int]]
    gpu: NotRequired[Input[int]]
    gpu_type: NotRequired[Input[Sequence[Input[str]]]]


class VolumeMount(TypedDict):
    """Mount a volume in a sandbox.

    Args:
        volume_id: The volume's id.
        mount_path: The absolute path in the sandbox.
        subpath: The folder of the volume to mount; the whole volume when left out.
    """

    volume_id: Input[str]
    mount_path: Input[str]
    subpath: NotRequired[Input[str]]
