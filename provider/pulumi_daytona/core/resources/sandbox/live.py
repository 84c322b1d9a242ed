"""What a live sandbox looks like in the state: the attributes that a program can read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from daytona_httpx import AsyncSandbox

from pulumi_daytona.core.definition import Live, State
from pulumi_daytona.core.models import OutputModel
from pulumi_daytona.core.ownership import user_labels
from pulumi_daytona.core.traits import Change, doc


class SandboxOutputs(OutputModel):
    """Tell what can be read of a sandbox."""

    organization_id: Annotated[str, doc("Id of its organization.")]
    name: Annotated[str, doc("Its name in Daytona.")]
    snapshot: Annotated[str | None, doc("The snapshot that it was made from; none when from an image.")]
    user: Annotated[str, doc("The user inside.")]
    env: Annotated[dict[str, str], doc("Its environment variables.")]
    labels: Annotated[dict[str, str], doc("Its labels, without the provider's marks.")]
    public: Annotated[bool, doc("Whether its preview links need no token.")]
    target: Annotated[str, doc("Its region.")]
    cpu: Annotated[int, doc("Cores.")]
    gpu: Annotated[int, doc("GPUs.")]
    gpu_type: Annotated[str | None, doc("The kind of its GPUs.")]
    memory: Annotated[int, doc("Memory in GiB.")]
    disk: Annotated[int, doc("Disk in GiB.")]
    state: Annotated[str, doc("What it is now, for example ``started``.")]
    desired_state: Annotated[str | None, doc("What it is on its way to.")]
    error_reason: Annotated[str | None, doc("Why it failed.")]
    recoverable: Annotated[bool | None, doc("Whether one that failed can be recovered.")]
    backup_state: Annotated[str | None, doc("How far its backup is.")]
    backup_created_at: Annotated[str | None, doc("When its last backup was made.")]
    auto_stop_interval: Annotated[int | None, doc("Minutes without activity until it stops; 0 never.")]
    auto_pause_interval: Annotated[int | None, doc("Minutes until it pauses; 0 never.")]
    auto_archive_interval: Annotated[int | None, doc("Minutes stopped until it is archived.")]
    auto_delete_interval: Annotated[int | None, doc("Minutes stopped until it is deleted; negative never.")]
    auto_destroy_at: Annotated[str | None, doc("When it is destroyed whatever its state.")]
    runner_domain: Annotated[str | None, doc("The host name of its runner.")]
    runner_id: Annotated[str | None, doc("The id of its runner; none while it is archived.")]
    volumes: Annotated[list[dict[str, str]], doc("Its volumes: volume_id, mount_path, subpath.")]
    build_info: Annotated[
        dict[str, Any] | None, doc("Of what it was built, where it was made from an image.")
    ]
    created_at: Annotated[str | None, doc("When it was made.")]
    updated_at: Annotated[str | None, doc("When it last changed.")]
    last_activity_at: Annotated[str | None, doc("When it was last used.")]
    network_block_all: Annotated[bool, doc("Whether it has no network at all.")]
    network_allow_list: Annotated[str | None, doc("The networks that it may reach, with commas between.")]
    domain_allow_list: Annotated[str | None, doc("The domains that it may reach, with commas between.")]
    sandbox_class: Annotated[str | None, doc("Its kind, for example ``container``.")]
    daemon_version: Annotated[str | None, doc("The version of the toolbox inside.")]
    toolbox_proxy_url: Annotated[str, doc("Where its toolbox is reached.")]


FAILED_STATES = frozenset({"error", "build_failed"})


def live(sandbox: AsyncSandbox, labels: Mapping[str, str] | None = None, before: State | None = None) -> Live:
    """Return a sandbox as the state keeps it.

    Args:
        sandbox: The sandbox, freshly read.
        labels: The labels that the program declares; what a client or the provider added isn't shown.
        before: The state so far, where nothing was changed since by this provider.
    """
    attributes = SandboxOutputs.of(sandbox, labels=user_labels(sandbox.labels or {}, labels))
    sizes = {
        name: attributes[name] for name in ("cpu", "memory", "disk", "gpu") if attributes[name] is not None
    }
    if attributes["gpu_type"]:
        sizes["gpu_type"] = [attributes["gpu_type"]]
    # An ephemeral sandbox is one that is deleted when it stops: the API knows only the interval.
    shaped = {"resources": sizes, "ephemeral": sandbox.auto_delete_interval == 0}
    return Live(sandbox.id, attributes, shaped | _time_to_live(before or {}, attributes))


def _time_to_live(before: State, attributes: Mapping[str, Any]) -> dict[str, int]:
    """Return the minutes that stand for another end than the one known: the API tells only when it is."""
    known, ends = before.get("auto_destroy_at"), attributes["auto_destroy_at"]
    minutes = before.get("ttl_minutes")
    if minutes is None or known == ends:
        return {}
    if ends is None:
        return {"ttl_minutes": 0}
    begun, counted = (known, minutes) if known else (attributes["created_at"], 0)
    moved = datetime.fromisoformat(ends) - datetime.fromisoformat(begun)
    return {"ttl_minutes": counted + round(moved.total_seconds() / 60)}


def sandbox_faults(state: State) -> dict[str, Change]:
    """Say what a failed sandbox needs: a recovery where the API offers one, else another sandbox."""
    if state.get("state") not in FAILED_STATES:
        return {}
    return {"state": Change.UPDATE if state.get("recoverable") else Change.REPLACE}
