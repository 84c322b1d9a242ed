"""Look up where sandboxes run: regions, their runners, and the jobs of those."""

from __future__ import annotations

from daytona_httpx import AsyncDaytona, Job, Region, Runner
from daytona_httpx.models.runner import RunnerFull, RunnerSnapshotDto

from pulumi_daytona.core.functions.arguments import (
    ADMINISTRATOR,
    IN_REGION,
    MOST,
    REGION_ID,
    RUNNER,
    RUNNER_ID,
    SANDBOX_ID,
    SERVICE,
)
from pulumi_daytona.core.functions.gather import LARGEST_PAGE, first
from pulumi_daytona.core.functions.look_up import Argument, Given, LookUp


async def _jobs(client: AsyncDaytona, given: Given) -> list[Job]:
    most = given["limit"]
    return await first(client.jobs.list(given.get("status"), min(most, LARGEST_PAGE)), most)


LOOK_UPS = (
    LookUp(
        "get_region",
        "Return a region.",
        "getRegionById",
        Region,
        lambda client, given: client.regions.get(**given),
        (REGION_ID,),
    ),
    LookUp(
        "list_regions",
        "Return the regions that the organization can use.",
        "listAvailableRegions",
        list[Region],
        lambda client, _: client.regions.list(),
    ),
    LookUp(
        "list_shared_regions",
        "Return the regions that everyone can use.",
        "listSharedRegions",
        list[Region],
        lambda client, _: client.regions.list_shared(),
    ),
    LookUp(
        "get_runner",
        "Return a runner.",
        "getRunnerById",
        Runner,
        lambda client, given: client.runners.get(**given),
        (RUNNER_ID,),
    ),
    LookUp(
        "list_runners",
        "Return the runners of the organization's own regions.",
        "listRunners",
        list[Runner],
        lambda client, given: client.runners.list(**given),
        (IN_REGION,),
    ),
    LookUp(
        "get_runner_full",
        "Return a runner with its key, a secret.",
        "getRunnerFullById",
        RunnerFull,
        lambda client, given: client.runners.get_full(**given),
        (RUNNER_ID,),
        needs=SERVICE,
    ),
    LookUp(
        "get_current_runner",
        "Return the runner whose key is configured, with that key, a secret.",
        "getInfoForAuthenticatedRunner",
        RunnerFull,
        lambda client, _: client.runners.get_me(),
        needs=RUNNER,
    ),
    LookUp(
        "get_sandbox_runner",
        "Return the runner of a sandbox with its key, a secret.",
        "getRunnerBySandboxId",
        RunnerFull,
        lambda client, given: client.runners.get_by_sandbox(**given),
        (SANDBOX_ID,),
        needs=SERVICE,
    ),
    LookUp(
        "list_snapshot_runners",
        "Return the runners that have a snapshot.",
        "getRunnersBySnapshotRef",
        list[RunnerSnapshotDto],
        lambda client, given: client.runners.list_by_snapshot_ref(**given),
        (Argument("ref", str, "The snapshot's ref."),),
        needs=SERVICE,
    ),
    LookUp(
        "get_admin_runner",
        "Return any runner of a Daytona with its key, a secret.",
        "adminGetRunnerById",
        RunnerFull,
        lambda client, given: client.admin.get_runner(**given),
        (RUNNER_ID,),
        needs=ADMINISTRATOR,
    ),
    LookUp(
        "list_admin_runners",
        "Return all runners of a Daytona with their keys, which are secrets.",
        "adminListRunners",
        list[RunnerFull],
        lambda client, given: client.admin.list_runners(**given),
        (IN_REGION,),
        needs=ADMINISTRATOR,
    ),
    LookUp(
        "get_job",
        "Return a job of a runner. What it is to work with is a secret.",
        "getJob",
        Job,
        lambda client, given: client.jobs.get(**given),
        (Argument("job_id", str, "The job's id."),),
        needs=RUNNER,
    ),
    LookUp(
        "list_jobs",
        "Return the jobs of a runner. What they are to work with is a secret.",
        "listJobs",
        list[Job],
        _jobs,
        (
            Argument(
                "status", str, "Only those ``PENDING``, ``IN_PROGRESS``, ``COMPLETED`` or ``FAILED``.", None
            ),
            MOST,
        ),
        needs=RUNNER,
    ),
)
