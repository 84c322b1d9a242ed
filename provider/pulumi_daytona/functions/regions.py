# Generated from the core's look-ups by `make generate`; do not edit.
"""Look up where sandboxes run: regions, their runners, and the jobs of those."""

from __future__ import annotations

from pulumi import Input, Output

from pulumi_daytona.function import look_up, look_up_output
from pulumi_daytona.functions.results.regions import (
    JobResult,
    RegionResult,
    RunnerFullResult,
    RunnerResult,
    RunnerSnapshotResult,
)


def get_region(region_id: str) -> RegionResult:
    """Return a region (get region by id).

    Args:
        region_id: The region's id.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(RegionResult, "regions.get_region", {"region_id": region_id})


def get_region_output(region_id: Input[str]) -> Output[RegionResult]:
    """Look up what ``get_region`` does, as an output; its arguments may be outputs."""
    return look_up_output(RegionResult, "regions.get_region", {"region_id": region_id})


def list_regions() -> list[RegionResult]:
    """Return the regions that the organization can use (list available regions).

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[RegionResult], "regions.list_regions", {})


def list_regions_output() -> Output[list[RegionResult]]:
    """Look up what ``list_regions`` does, as an output; its arguments may be outputs."""
    return look_up_output(list[RegionResult], "regions.list_regions", {})


def list_shared_regions() -> list[RegionResult]:
    """Return the regions that everyone can use (list shared regions).

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[RegionResult], "regions.list_shared_regions", {})


def list_shared_regions_output() -> Output[list[RegionResult]]:
    """Look up what ``list_shared_regions`` does, as an output; its arguments may be outputs."""
    return look_up_output(list[RegionResult], "regions.list_shared_regions", {})


def get_runner(runner_id: str) -> RunnerResult:
    """Return a runner (get runner by id).

    Args:
        runner_id: The runner's id.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(RunnerResult, "regions.get_runner", {"runner_id": runner_id})


def get_runner_output(runner_id: Input[str]) -> Output[RunnerResult]:
    """Look up what ``get_runner`` does, as an output; its arguments may be outputs."""
    return look_up_output(RunnerResult, "regions.get_runner", {"runner_id": runner_id})


def list_runners(*, region_id: str | None = None) -> list[RunnerResult]:
    """Return the runners of the organization's own regions (list runners).

    Args:
        region_id: Only those of this region.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[RunnerResult], "regions.list_runners", {"region_id": region_id})


def list_runners_output(*, region_id: Input[str] | None = None) -> Output[list[RunnerResult]]:
    """Look up what ``list_runners`` does, as an output; its arguments may be outputs."""
    return look_up_output(list[RunnerResult], "regions.list_runners", {"region_id": region_id})


def get_runner_full(runner_id: str) -> RunnerFullResult:
    """Return a runner with its key, a secret (get runner full by id).

    It needs the key of one of Daytona's services.

    What is secret in it comes in the clear: export what ``get_runner_full_output`` returns.

    Args:
        runner_id: The runner's id.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(RunnerFullResult, "regions.get_runner_full", {"runner_id": runner_id})


def get_runner_full_output(runner_id: Input[str]) -> Output[RunnerFullResult]:
    """Look up what ``get_runner_full`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(RunnerFullResult, "regions.get_runner_full", {"runner_id": runner_id})


def get_current_runner() -> RunnerFullResult:
    """Return the runner whose key is configured, with that key, a secret (get info for authenticated runner).

    It needs a runner's key.

    What is secret in it comes in the clear: export what ``get_current_runner_output`` returns.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(RunnerFullResult, "regions.get_current_runner", {})


def get_current_runner_output() -> Output[RunnerFullResult]:
    """Look up what ``get_current_runner`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(RunnerFullResult, "regions.get_current_runner", {})


def get_sandbox_runner(sandbox_id: str) -> RunnerFullResult:
    """Return the runner of a sandbox with its key, a secret (get runner by sandbox id).

    It needs the key of one of Daytona's services.

    What is secret in it comes in the clear: export what ``get_sandbox_runner_output`` returns.

    Args:
        sandbox_id: The sandbox's id.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(RunnerFullResult, "regions.get_sandbox_runner", {"sandbox_id": sandbox_id})


def get_sandbox_runner_output(sandbox_id: Input[str]) -> Output[RunnerFullResult]:
    """Look up what ``get_sandbox_runner`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(RunnerFullResult, "regions.get_sandbox_runner", {"sandbox_id": sandbox_id})


def list_snapshot_runners(ref: str) -> list[RunnerSnapshotResult]:
    """Return the runners that have a snapshot (get runners by snapshot ref).

    It needs the key of one of Daytona's services.

    Args:
        ref: The snapshot's ref.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[RunnerSnapshotResult], "regions.list_snapshot_runners", {"ref": ref})


def list_snapshot_runners_output(ref: Input[str]) -> Output[list[RunnerSnapshotResult]]:
    """Look up what ``list_snapshot_runners`` does, as an output; its arguments may be outputs."""
    return look_up_output(list[RunnerSnapshotResult], "regions.list_snapshot_runners", {"ref": ref})


def get_admin_runner(runner_id: str) -> RunnerFullResult:
    """Return any runner of a Daytona with its key, a secret (admin get runner by id).

    It needs an administrator's key.

    What is secret in it comes in the clear: export what ``get_admin_runner_output`` returns.

    Args:
        runner_id: The runner's id.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(RunnerFullResult, "regions.get_admin_runner", {"runner_id": runner_id})


def get_admin_runner_output(runner_id: Input[str]) -> Output[RunnerFullResult]:
    """Look up what ``get_admin_runner`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(RunnerFullResult, "regions.get_admin_runner", {"runner_id": runner_id})


def list_admin_runners(*, region_id: str | None = None) -> list[RunnerFullResult]:
    """Return all runners of a Daytona with their keys, which are secrets (admin list runners).

    It needs an administrator's key.

    What is secret in it comes in the clear: export what ``list_admin_runners_output`` returns.

    Args:
        region_id: Only those of this region.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[RunnerFullResult], "regions.list_admin_runners", {"region_id": region_id})


def list_admin_runners_output(*, region_id: Input[str] | None = None) -> Output[list[RunnerFullResult]]:
    """Look up what ``list_admin_runners`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(list[RunnerFullResult], "regions.list_admin_runners", {"region_id": region_id})


def get_job(job_id: str) -> JobResult:
    """Return a job of a runner (get job). What it is to work with is a secret.

    It needs a runner's key.

    What is secret in it comes in the clear: export what ``get_job_output`` returns.

    Args:
        job_id: The job's id.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(JobResult, "regions.get_job", {"job_id": job_id})


def get_job_output(job_id: Input[str]) -> Output[JobResult]:
    """Look up what ``get_job`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(JobResult, "regions.get_job", {"job_id": job_id})


def list_jobs(*, status: str | None = None, limit: int = 1000) -> list[JobResult]:
    """Return the jobs of a runner (list jobs). What they are to work with is a secret.

    It needs a runner's key.

    What is secret in it comes in the clear: export what ``list_jobs_output`` returns.

    Args:
        status: Only those ``PENDING``, ``IN_PROGRESS``, ``COMPLETED`` or ``FAILED``.
        limit: How many at most, 1000 by default.

    Raises:
        ProviderError: An argument can't be, the API refused, or it can't be reached.
    """
    return look_up(list[JobResult], "regions.list_jobs", {"status": status, "limit": limit})


def list_jobs_output(
    *, status: Input[str] | None = None, limit: Input[int] = 1000
) -> Output[list[JobResult]]:
    """Look up what ``list_jobs`` does, as an output; its arguments may be outputs.

    It is a secret where there is one in it.
    """
    return look_up_output(list[JobResult], "regions.list_jobs", {"status": status, "limit": limit})
