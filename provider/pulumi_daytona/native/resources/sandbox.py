# Generated from the core by `make generate`; do not edit.
"""The ``Sandbox`` resource of Pulumi programs, by the native plugin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
from daytona_httpx import Image
from pulumi import Input, Output

from pulumi_daytona.native.resource import NativeResource
from pulumi_daytona.resources.types import Resources, VolumeMount


class Sandbox(
    NativeResource,
    kind="Sandbox",
    secrets=("env", "outbound_proxy_url"),
    shaped=("contexts", "resources", "volumes"),
):
    """Declare a sandbox: an isolated machine for agents, previews, evaluations, CI (create sandbox).

    ``pulumi up`` returns when it is usable.

    Attributes:
        organization_id: Id of its organization.
        name: Its name in Daytona.
        snapshot: The snapshot that it was made from; none when from an image.
        user: The user inside.
        env: Its environment variables.
        labels: Its labels, without the provider's marks.
        public: Whether its preview links need no token.
        target: Its region.
        cpu: Cores.
        gpu: GPUs.
        gpu_type: The kind of its GPUs.
        memory: Memory in GiB.
        disk: Disk in GiB.
        state: What it is now, for example ``started``.
        desired_state: What it is on its way to.
        error_reason: Why it failed.
        recoverable: Whether one that failed can be recovered.
        backup_state: How far its backup is.
        backup_created_at: When its last backup was made.
        auto_stop_interval: Minutes without activity until it stops; 0 never.
        auto_pause_interval: Minutes until it pauses; 0 never.
        auto_archive_interval: Minutes stopped until it is archived.
        auto_delete_interval: Minutes stopped until it is deleted; negative never.
        auto_destroy_at: When it is destroyed whatever its state.
        runner_domain: The host name of its runner.
        runner_id: The id of its runner; none while it is archived.
        volumes: Its volumes: volume_id, mount_path, subpath.
        build_info: Of what it was built, where it was made from an image.
        created_at: When it was made.
        updated_at: When it last changed.
        last_activity_at: When it was last used.
        network_block_all: Whether it has no network at all.
        network_allow_list: The networks that it may reach, with commas between.
        domain_allow_list: The domains that it may reach, with commas between.
        sandbox_class: Its kind, for example ``container``.
        daemon_version: The version of the toolbox inside.
        toolbox_proxy_url: Where its toolbox is reached.
        image: An image's name, or an ``Image``; instead of a snapshot.
        dockerfile: The text of a Dockerfile; instead of an image.
        resources: Sizes, with an image or a Dockerfile; cores and GiB. Other GPUs and a smaller disk replace.
        language: python (default), typescript or javascript: what ``code_run`` runs.
        secrets: Environment variable to name of a secret in Daytona's vault.
        ttl_minutes: Minutes until it is destroyed whatever its state; 0 never (default).
        ephemeral: Whether it is deleted as soon as it stops; the same as ``auto_delete_interval=0``.
        outbound_proxy_url: A proxy for its HTTP traffic; kept as a secret.
        otel_endpoint_override: Where its telemetry goes.
        linked_sandbox: Id or name of a sandbox to share a local network with; needs ``ephemeral``.
        spot: Whether a sandbox with GPUs may be taken away at any time.
        kvm: Whether it can run virtual machines.
        queue_timeout: Seconds to wait for a place.
        adopt: Whether to take over the sandbox that has the name already and that no stack owns; from then on
            this stack owns it, and destroys it. Default False: the name being taken is an error.
        wait: Whether to return only when it is usable. Default True.
        create_timeout: Seconds for a create, 0 for no limit. Default 300.
        update_timeout: Seconds for an update, 0 for no limit. Default 300.
        delete_timeout: Seconds for a delete, 0 for no limit. Default 120.
    """

    organization_id: Output[str]
    name: Output[str]
    snapshot: Output[str | None]
    user: Output[str]
    env: Output[dict[str, str]]
    labels: Output[dict[str, str]]
    public: Output[bool]
    target: Output[str]
    cpu: Output[int]
    gpu: Output[int]
    gpu_type: Output[str | None]
    memory: Output[int]
    disk: Output[int]
    state: Output[str]
    desired_state: Output[str | None]
    error_reason: Output[str | None]
    recoverable: Output[bool | None]
    backup_state: Output[str | None]
    backup_created_at: Output[str | None]
    auto_stop_interval: Output[int | None]
    auto_pause_interval: Output[int | None]
    auto_archive_interval: Output[int | None]
    auto_delete_interval: Output[int | None]
    auto_destroy_at: Output[str | None]
    runner_domain: Output[str | None]
    runner_id: Output[str | None]
    volumes: Output[list[dict[str, str]]]
    build_info: Output[dict[str, Any] | None]
    created_at: Output[str | None]
    updated_at: Output[str | None]
    last_activity_at: Output[str | None]
    network_block_all: Output[bool]
    network_allow_list: Output[str | None]
    domain_allow_list: Output[str | None]
    sandbox_class: Output[str | None]
    daemon_version: Output[str | None]
    toolbox_proxy_url: Output[str]
    image: Output[str | None]
    dockerfile: Output[str | None]
    resources: Output[dict[str, Any] | None]
    language: Output[str | None]
    secrets: Output[dict[str, str] | None]
    ttl_minutes: Output[int | None]
    ephemeral: Output[bool | None]
    outbound_proxy_url: Output[str | None]
    otel_endpoint_override: Output[str | None]
    linked_sandbox: Output[str | None]
    spot: Output[bool | None]
    kvm: Output[bool | None]
    queue_timeout: Output[int | None]
    adopt: Output[bool | None]
    wait: Output[bool | None]
    create_timeout: Output[float | None]
    update_timeout: Output[float | None]
    delete_timeout: Output[float | None]

    def __init__(
        self,
        resource_name: str,
        *,
        name: Input[str] | None = None,
        snapshot: Input[str] | None = None,
        image: Input[str] | Image | None = None,
        dockerfile: Input[str] | None = None,
        resources: Input[Resources] | None = None,
        language: Input[str] | None = None,
        user: Input[str] | None = None,
        env: Input[Mapping[str, Input[str]]] | None = None,
        secrets: Input[Mapping[str, Input[str]]] | None = None,
        labels: Input[Mapping[str, Input[str]]] | None = None,
        public: Input[bool] | None = None,
        target: Input[str] | None = None,
        volumes: Input[Sequence[Input[VolumeMount]]] | None = None,
        auto_stop_interval: Input[int] | None = None,
        auto_pause_interval: Input[int] | None = None,
        auto_archive_interval: Input[int] | None = None,
        auto_delete_interval: Input[int] | None = None,
        ttl_minutes: Input[int] | None = None,
        ephemeral: Input[bool] | None = None,
        network_block_all: Input[bool] | None = None,
        network_allow_list: Input[str | Sequence[Input[str]]] | None = None,
        domain_allow_list: Input[str | Sequence[Input[str]]] | None = None,
        outbound_proxy_url: Input[str] | None = None,
        otel_endpoint_override: Input[str] | None = None,
        linked_sandbox: Input[str] | None = None,
        spot: Input[bool] | None = None,
        kvm: Input[bool] | None = None,
        queue_timeout: Input[int] | None = None,
        state: Input[str] | None = None,
        adopt: Input[bool] | None = None,
        wait: Input[bool] | None = None,
        create_timeout: Input[float] | None = None,
        update_timeout: Input[float] | None = None,
        delete_timeout: Input[float] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare a sandbox: an isolated machine for agents, previews, evaluations, CI (create sandbox).

        Args:
            resource_name: The logical name in the program.
            name: The name in Daytona, unique in the organization; by default it follows from organization,
                project, stack and logical name. A change replaces.
            snapshot: Name or id of the snapshot; the organization's default when nothing else is given. A
                change replaces.
            image: An image's name, or an ``Image``; instead of a snapshot. A change replaces.
            dockerfile: The text of a Dockerfile; instead of an image. A change replaces.
            resources: Sizes, with an image or a Dockerfile; cores and GiB. Other GPUs and a smaller disk
                replace. Other changes are in place.
            language: python (default), typescript or javascript: what ``code_run`` runs. A change replaces.
            user: The user inside the sandbox. A change replaces.
            env: Environment variables; kept as a secret. A change replaces. Kept as a secret.
            secrets: Environment variable to name of a secret in Daytona's vault. Changes in place.
            labels: Labels to find the sandbox by. Changes in place.
            public: Whether its preview links need no token. Default False. Changes in place.
            target: The region. A change replaces.
            volumes: The volumes to mount, each at a path of its own. A change replaces.
            auto_stop_interval: Minutes without activity until it stops; 0 never. The API's default is 15.
                Changes in place.
            auto_pause_interval: Minutes until it pauses, where its class can; not with auto-stop. Changes in
                place.
            auto_archive_interval: Minutes stopped until it is archived; 0 is the maximum. Default 7 days.
                Changes in place.
            auto_delete_interval: Minutes stopped until it is deleted; 0 at once, negative never (default).
                Changes in place.
            ttl_minutes: Minutes until it is destroyed whatever its state; 0 never (default). Changes in
                place.
            ephemeral: Whether it is deleted as soon as it stops; the same as ``auto_delete_interval=0``.
                Changes in place.
            network_block_all: Whether it has no network at all. Default False. Changes in place.
            network_allow_list: The IPv4 networks (at most 10) that it may reach. Changes in place.
            domain_allow_list: The domains that it may reach. Changes in place.
            outbound_proxy_url: A proxy for its HTTP traffic; kept as a secret. A change replaces. Kept as a
                secret.
            otel_endpoint_override: Where its telemetry goes. A change replaces.
            linked_sandbox: Id or name of a sandbox to share a local network with; needs ``ephemeral``. A
                change replaces.
            spot: Whether a sandbox with GPUs may be taken away at any time. A change replaces.
            kvm: Whether it can run virtual machines. A change replaces.
            queue_timeout: Seconds to wait for a place. A change replaces.
            state: started, stopped or archived; left out, one that stopped by itself is as it should be.
                Changes in place.
            adopt: Whether to take over the sandbox that has the name already and that no stack owns; from
                then on this stack owns it, and destroys it. Default False: the name being taken is an error.
            wait: Whether to return only when it is usable. Default True.
            create_timeout: Seconds for a create, 0 for no limit. Default 300.
            update_timeout: Seconds for an update, 0 for no limit. Default 300.
            delete_timeout: Seconds for a delete, 0 for no limit. Default 120.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "name": name,
                "snapshot": snapshot,
                "image": image,
                "dockerfile": dockerfile,
                "resources": resources,
                "language": language,
                "user": user,
                "env": env,
                "secrets": secrets,
                "labels": labels,
                "public": public,
                "target": target,
                "volumes": volumes,
                "auto_stop_interval": auto_stop_interval,
                "auto_pause_interval": auto_pause_interval,
                "auto_archive_interval": auto_archive_interval,
                "auto_delete_interval": auto_delete_interval,
                "ttl_minutes": ttl_minutes,
                "ephemeral": ephemeral,
                "network_block_all": network_block_all,
                "network_allow_list": network_allow_list,
                "domain_allow_list": domain_allow_list,
                "outbound_proxy_url": outbound_proxy_url,
                "otel_endpoint_override": otel_endpoint_override,
                "linked_sandbox": linked_sandbox,
                "spot": spot,
                "kvm": kvm,
                "queue_timeout": queue_timeout,
                "state": state,
                "adopt": adopt,
                "wait": wait,
                "create_timeout": create_timeout,
                "update_timeout": update_timeout,
                "delete_timeout": delete_timeout,
            },
            opts,
        )
