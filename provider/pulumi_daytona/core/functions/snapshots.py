"""Look up what sandboxes are made from: snapshots, their builds, registries and warm pools."""

from __future__ import annotations

from daytona_httpx import AsyncDaytona, DockerRegistry, Snapshot, WarmPool
from daytona_httpx.models.docker_registry import RegistryPushAccessDto

from pulumi_daytona.core.functions.arguments import SANDBOX
from pulumi_daytona.core.functions.gather import LARGEST_PAGE, only
from pulumi_daytona.core.functions.look_up import Argument, Given, LookUp

_SNAPSHOT = Argument("snapshot", str, "The snapshot's name or id.")


async def every_snapshot(client: AsyncDaytona, given: Given) -> list[Snapshot]:
    """Return the snapshots on all pages."""
    found: list[Snapshot] = []
    number = 1
    while True:
        page = await client.snapshot.list(number, LARGEST_PAGE, **given)
        found += page.items
        if number >= page.total_pages or not page.items:
            return found
        number += 1


async def _build_logs_url(client: AsyncDaytona, given: Given) -> str:
    return await (await client.get(given["sandbox"])).get_build_logs_url()


async def _warm_pool(client: AsyncDaytona, given: Given) -> WarmPool:
    return await only(client.warm_pool.list(), "warm pool", lambda pool: pool.id == given["warm_pool_id"])


LOOK_UPS = (
    LookUp(
        "get_snapshot",
        "Return a snapshot.",
        "getSnapshot",
        Snapshot,
        lambda client, given: client.snapshot.get(given["snapshot"]),
        (_SNAPSHOT,),
    ),
    LookUp(
        "list_snapshots",
        "Return the snapshots of the organization, and those that everyone has.",
        "getAllSnapshots",
        list[Snapshot],
        every_snapshot,
        (Argument("source_sandbox_id", str, "Only those made from this sandbox, by id.", None),),
    ),
    LookUp(
        "get_build_logs_url",
        "Return where the log of a sandbox's build is read, with the API key.",
        "getBuildLogsUrl",
        str,
        _build_logs_url,
        (SANDBOX,),
    ),
    LookUp(
        "get_snapshot_build_logs_url",
        "Return where the log of a snapshot's build is read, with the API key.",
        "getSnapshotBuildLogsUrl",
        str,
        lambda client, given: client.snapshot.get_build_logs_url(given["snapshot"]),
        (_SNAPSHOT,),
    ),
    LookUp(
        "get_docker_registry",
        "Return a Docker registry, without its password.",
        "getRegistry",
        DockerRegistry,
        lambda client, given: client.docker_registries.get(**given),
        (Argument("registry_id", str, "The registry's id."),),
    ),
    LookUp(
        "list_docker_registries",
        "Return the Docker registries of the organization, without their passwords.",
        "listRegistries",
        list[DockerRegistry],
        lambda client, _: client.docker_registries.list(),
    ),
    LookUp(
        "get_docker_registry_push_access",
        "Return credentials to push an image with, for a while. Every run makes others.",
        "getTransientPushAccess",
        RegistryPushAccessDto,
        lambda client, given: client.docker_registries.get_push_access(**given),
        (
            Argument(
                "region_id",
                str,
                "To the registry of this region; by default to that of the organization's region.",
                None,
            ),
        ),
    ),
    LookUp(
        "get_warm_pool",
        "Return a warm pool. The environment of its sandboxes is a secret.",
        "listWarmPools",
        WarmPool,
        _warm_pool,
        (Argument("warm_pool_id", str, "The pool's id."),),
    ),
    LookUp(
        "list_warm_pools",
        "Return the warm pools of the organization. The environments of their sandboxes are secrets.",
        "listWarmPools",
        list[WarmPool],
        lambda client, _: client.warm_pool.list(),
    ),
)
