"""The inputs of a sandbox, and how each behaves when it changes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from pulumi_daytona.core.images import CONTEXTS, COPIED, Context
from pulumi_daytona.core.models import InputModel, ResourceInputs, Seconds, Text, maybe_unknown
from pulumi_daytona.core.traits import Shown, doc, in_place, provider_only, replaces
from pulumi_daytona.core.unknown import UNKNOWN, has_unknown

MAX_ARCHIVE_MINUTES = 43200
"""What the API makes of an auto-archive interval of 0, and its maximum."""

Minutes = Annotated[int, Field(ge=0)]


def _joined(value: Any) -> Any:
    """Write a list of networks or domains as the API does: one text, separated by commas."""
    if has_unknown(value):
        return UNKNOWN
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, list | tuple):
        return value
    return ",".join(str(item).strip() for item in items if str(item).strip())


def _same_list(old: str, new: str) -> bool:
    return {item.strip() for item in old.split(",")} == {item.strip() for item in new.split(",")}


def _same_archive(old: int, new: int) -> bool:
    return (old or MAX_ARCHIVE_MINUTES) == (new or MAX_ARCHIVE_MINUTES)


def _same_delete(old: int, new: int) -> bool:
    return max(old, -1) == max(new, -1)


def _same_mounts(old: list[dict[str, str]], new: list[dict[str, str]]) -> bool:
    return {frozenset(mount.items()) for mount in old} == {frozenset(mount.items()) for mount in new}


def _same_sizes(old: dict[str, Any], new: dict[str, Any]) -> bool:
    return all(old.get(name) == value for name, value in new.items())


def _needs_new_machine(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """GPUs can't be changed, and a disk can't shrink."""
    gpu = any(name in new and new[name] != old.get(name) for name in ("gpu", "gpu_type"))
    return gpu or (new.get("disk", 0) < old.get("disk", 0) and "disk" in new)


CommaList = Annotated[Text, BeforeValidator(_joined)]
LISTED = Shown("Input[str | Sequence[Input[str]]]")


class Resources(InputModel):
    """Size a sandbox that is made from an image."""

    cpu: Annotated[Annotated[int, Field(ge=1)] | None, doc("Cores.")] = None
    memory: Annotated[Annotated[int, Field(ge=1)] | None, doc("Memory in GiB.")] = None
    disk: Annotated[
        Annotated[int, Field(ge=1)] | None,
        doc("Disk in GiB; it can grow, on a stopped sandbox, and never shrink."),
    ] = None
    gpu: Annotated[Annotated[int, Field(ge=0)] | None, doc("GPUs.")] = None
    gpu_type: Annotated[list[Text] | None, doc("The kinds of GPU that will do, the first choice first.")] = (
        None
    )


class VolumeMount(InputModel):
    """Mount a volume in a sandbox."""

    volume_id: Annotated[Text, doc("The volume's id.")]
    mount_path: Annotated[Text, doc("The absolute path in the sandbox.")]
    subpath: Annotated[
        Text | None, doc("The folder of the volume to mount; the whole volume when left out.")
    ] = None


class SandboxInputs(ResourceInputs):
    """Say what a sandbox should be. Intervals are minutes, timeouts seconds, memory and disk GiB."""

    owner: Annotated[Text | None, in_place(internal=True)] = None
    name: Annotated[
        Text | None,
        replaces(),
        doc(
            "The name in Daytona, unique in the organization; by default it follows from organization, "
            "project, stack and logical name."
        ),
    ] = None
    snapshot: Annotated[
        Text | None,
        replaces(""),
        doc("Name or id of the snapshot; the organization's default when nothing else is given."),
    ] = None
    image: Annotated[
        Text | None,
        replaces(""),
        doc("An image's name, or an ``Image``; instead of a snapshot."),
        Shown("Input[str] | Image"),
    ] = None
    dockerfile: Annotated[
        Text | None, replaces(""), doc("The text of a Dockerfile; instead of an image.")
    ] = None
    contexts: Annotated[list[Context] | None, CONTEXTS, COPIED] = None
    resources: Annotated[
        Resources | None,
        in_place(same=_same_sizes, replace_if=_needs_new_machine),
        doc("Sizes, with an image or a Dockerfile; cores and GiB. Other GPUs and a smaller disk replace."),
    ] = None
    language: Annotated[
        Literal["python", "typescript", "javascript"] | None,
        replaces("python"),
        doc("python (default), typescript or javascript: what ``code_run`` runs."),
    ] = None
    user: Annotated[Text | None, replaces(), doc("The user inside the sandbox.")] = None
    env: Annotated[
        dict[str, Text] | None, replaces({}, secret=True), doc("Environment variables; kept as a secret.")
    ] = None
    secrets: Annotated[
        dict[str, Text] | None,
        in_place({}),
        doc("Environment variable to name of a secret in Daytona's vault."),
    ] = None
    labels: Annotated[dict[str, Text] | None, in_place({}), doc("Labels to find the sandbox by.")] = None
    public: Annotated[
        bool | None, in_place(False), doc("Whether its preview links need no token. Default False.")
    ] = None
    target: Annotated[Text | None, replaces(), doc("The region.")] = None
    volumes: Annotated[
        list[Annotated[VolumeMount, maybe_unknown]] | None,
        replaces([], same=_same_mounts),
        doc("The volumes to mount, each at a path of its own."),
    ] = None
    auto_stop_interval: Annotated[
        Minutes | None,
        in_place(15),
        doc("Minutes without activity until it stops; 0 never. The API's default is 15."),
    ] = None
    auto_pause_interval: Annotated[
        Minutes | None,
        in_place(0),
        doc("Minutes until it pauses, where its class can; not with auto-stop."),
    ] = None
    auto_archive_interval: Annotated[
        Minutes | None,
        in_place(10080, same=_same_archive),
        doc("Minutes stopped until it is archived; 0 is the maximum. Default 7 days."),
    ] = None
    auto_delete_interval: Annotated[
        int | None,
        in_place(-1, same=_same_delete),
        doc("Minutes stopped until it is deleted; 0 at once, negative never (default)."),
    ] = None
    ttl_minutes: Annotated[
        Minutes | None,
        in_place(0),
        doc("Minutes until it is destroyed whatever its state; 0 never (default)."),
    ] = None
    ephemeral: Annotated[
        bool | None,
        in_place(False),
        doc("Whether it is deleted as soon as it stops; the same as ``auto_delete_interval=0``."),
    ] = None
    network_block_all: Annotated[
        bool | None, in_place(False), doc("Whether it has no network at all. Default False.")
    ] = None
    network_allow_list: Annotated[
        CommaList | None,
        in_place("", same=_same_list),
        doc("The IPv4 networks (at most 10) that it may reach."),
        LISTED,
    ] = None
    domain_allow_list: Annotated[
        CommaList | None, in_place("", same=_same_list), doc("The domains that it may reach."), LISTED
    ] = None
    outbound_proxy_url: Annotated[
        Text | None, replaces("", secret=True), doc("A proxy for its HTTP traffic; kept as a secret.")
    ] = None
    otel_endpoint_override: Annotated[Text | None, replaces(""), doc("Where its telemetry goes.")] = None
    linked_sandbox: Annotated[
        Text | None,
        replaces(""),
        doc("Id or name of a sandbox to share a local network with; needs ``ephemeral``."),
    ] = None
    spot: Annotated[
        bool | None, replaces(False), doc("Whether a sandbox with GPUs may be taken away at any time.")
    ] = None
    kvm: Annotated[bool | None, replaces(False), doc("Whether it can run virtual machines.")] = None
    queue_timeout: Annotated[
        Annotated[int, Field(ge=1)] | None, replaces(), doc("Seconds to wait for a place.")
    ] = None
    state: Annotated[
        Literal["started", "stopped", "archived"] | None,
        in_place(),
        doc("started, stopped or archived; left out, one that stopped by itself is as it should be."),
    ] = None
    adopt: Annotated[
        bool | None,
        provider_only(),
        doc(
            "Whether to take over the sandbox that has the name already and that no stack owns; from then on "
            "this stack owns it, and destroys it. Default False: the name being taken is an error."
        ),
    ] = None
    wait: Annotated[
        bool | None, provider_only(), doc("Whether to return only when it is usable. Default True.")
    ] = None
    create_timeout: Annotated[
        Seconds | None, provider_only(), doc("Seconds for a create, 0 for no limit. Default 300.")
    ] = None
    update_timeout: Annotated[
        Seconds | None, provider_only(), doc("Seconds for an update, 0 for no limit. Default 300.")
    ] = None
    delete_timeout: Annotated[
        Seconds | None, provider_only(), doc("Seconds for a delete, 0 for no limit. Default 120.")
    ] = None

    @property
    def dies_when_stopped(self) -> bool:
        """Tell whether stopping the sandbox deletes it."""
        return self.ephemeral is True or self.auto_delete_interval == 0
