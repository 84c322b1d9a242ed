"""What components hand on to the sandboxes that they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

import pulumi
from daytona_httpx import Image
from pulumi import Input

from pulumi_daytona.resources.types import Resources, VolumeMount

Labels = Input[Mapping[str, Input[str]]]


class SandboxArgs(TypedDict, total=False):
    """Describe a sandbox in a component, by the inputs of ``Sandbox``; the component gives it its name."""

    snapshot: Input[str] | None
    image: Input[str] | Image | None
    dockerfile: Input[str] | None
    resources: Input[Resources] | None
    language: Input[str] | None
    user: Input[str] | None
    env: Input[Mapping[str, Input[str]]] | None
    secrets: Input[Mapping[str, Input[str]]] | None
    labels: Labels | None
    public: Input[bool] | None
    target: Input[str] | None
    volumes: Input[Sequence[Input[VolumeMount]]] | None
    auto_stop_interval: Input[int] | None
    auto_pause_interval: Input[int] | None
    auto_archive_interval: Input[int] | None
    auto_delete_interval: Input[int] | None
    ttl_minutes: Input[int] | None
    ephemeral: Input[bool] | None
    network_block_all: Input[bool] | None
    network_allow_list: Input[str | Sequence[Input[str]]] | None
    domain_allow_list: Input[str | Sequence[Input[str]]] | None
    outbound_proxy_url: Input[str] | None
    otel_endpoint_override: Input[str] | None
    linked_sandbox: Input[str] | None
    spot: Input[bool] | None
    kvm: Input[bool] | None
    queue_timeout: Input[int] | None
    state: Input[str] | None
    wait: Input[bool] | None
    create_timeout: Input[float] | None
    update_timeout: Input[float] | None
    delete_timeout: Input[float] | None


def labelled(args: SandboxArgs, marks: Mapping[str, Input[str]]) -> SandboxArgs:
    """Return the arguments with a component's labels added; where both name one, the program's wins."""
    given = args.get("labels")
    labels: Labels
    if given is None or isinstance(given, Mapping):
        labels = {**marks, **(given or {})}
    else:
        both = pulumi.Output.all(marks, given)
        labels = both.apply(lambda pair: {**pair[0], **(pair[1] or {})})
    return {**args, "labels": labels}


def mounted(args: SandboxArgs, mount: VolumeMount) -> SandboxArgs:
    """Return the arguments with a component's volume added."""
    given = args.get("volumes")
    volumes: Input[Sequence[Input[VolumeMount]]]
    if given is None or isinstance(given, Sequence):
        volumes = [*(given or ()), mount]
    else:
        both = pulumi.Output.all(given, mount)
        volumes = both.apply(lambda pair: [*(pair[0] or ()), pair[1]])
    return {**args, "volumes": volumes}
