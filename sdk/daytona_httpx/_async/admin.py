"""What the administrators of a self-hosted Daytona do: runners, and an organization's limits in a region.

The newest official client has none of this.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from daytona_httpx._async.group import AsyncGroup, Parts
from daytona_httpx.models.runner import CreateRunnerResponse, RunnerFull
from daytona_httpx.models.usage import RegionLimits, RegionQuota
from daytona_httpx.wire import fields, given


class AsyncAdmin(AsyncGroup):
    """Administrate a Daytona; every operation needs an administrator's key or token."""

    async def list_runners(self, region_id: str | None = None) -> list[RunnerFull]:
        """Return all runners, or those of a region (admin list runners)."""
        params = given(region_id=region_id)
        return await self._many(RunnerFull, "list runners", ("admin", "runners"), params=params)

    async def get_runner(self, runner_id: str) -> RunnerFull:
        """Return a runner with its key (admin get runner by id)."""
        return await self._one(RunnerFull, "get runner", "GET", ("admin", "runners", runner_id))

    async def create_runner(
        self,
        region_id: str,
        name: str,
        api_key: str,
        api_version: str,
        *,
        tags: Sequence[str] | None = None,
        domain: str | None = None,
        api_url: str | None = None,
        proxy_url: str | None = None,
        cpu: float | None = None,
        memory_gib: float | None = None,
        disk_gib: float | None = None,
    ) -> CreateRunnerResponse:
        """Make a runner (admin create runner).

        Args:
            region_id: In which region.
            name: Its name.
            api_key: The key that it is to use.
            api_version: ``0`` for a runner that is called, ``2`` for one that asks for jobs.
            tags: What it is told apart by.
            domain: Its host name; as what follows, for version 0.
            api_url: Where its own API is.
            proxy_url: Where its proxy is.
            cpu: How many CPUs it has.
            memory_gib: How much memory it has, in GiB.
            disk_gib: How much disk it has, in GiB.
        """
        body = given(region_id=region_id, name=name, api_key=api_key, api_version=api_version, tags=tags)
        body |= given(domain=domain, api_url=api_url, proxy_url=proxy_url)
        body |= given(cpu=cpu, memory_gib=memory_gib, disk_gib=disk_gib)
        path = ("admin", "runners")
        return await self._one(CreateRunnerResponse, "create runner", "POST", path, json=body)

    async def update_runner_scheduling(self, runner_id: str, unschedulable: bool) -> None:
        """Set whether a runner gets no new sandboxes (admin update runner scheduling)."""
        path, body = ("admin", "runners", runner_id, "scheduling"), {"unschedulable": unschedulable}
        await self._nothing("update runner scheduling", "PATCH", path, json=body)

    async def delete_runner(self, runner_id: str, force: bool | None = None) -> None:
        """Delete a runner, with its sandboxes when forced (admin delete runner)."""
        path = ("admin", "runners", runner_id)
        await self._delete("delete runner", path, params=given(force=force))

    async def get_region_quota(self, organization_id: str, region_id: str, sandbox_class: str) -> RegionQuota:
        """Return an organization's limits in a region (admin get organization region quota).

        Raises:
            DaytonaNotFoundError: It has none there.
        """
        path = (*_quota(organization_id, region_id), sandbox_class)
        return await self._one(RegionQuota, "get region quota", "GET", path)

    async def create_region_quota(
        self,
        organization_id: str,
        region_id: str,
        sandbox_class: str,
        *,
        total_cpu_quota: float,
        total_memory_quota: float,
        total_disk_quota: float,
        total_gpu_quota: float,
        **limits: Unpack[RegionLimits],
    ) -> RegionQuota:
        """Give an organization limits in a region (admin create organization region quota).

        Args:
            organization_id: The organization's id.
            region_id: The region's id.
            sandbox_class: For which kind of sandboxes, such as ``container``.
            total_cpu_quota: CPUs of all sandboxes together.
            total_memory_quota: Their memory in GiB.
            total_disk_quota: Their disk in GiB.
            total_gpu_quota: Their GPUs.
            limits: As in ``RegionLimits``.
        """
        body = _totals(total_cpu_quota, total_memory_quota, total_disk_quota, total_gpu_quota)
        body |= {"sandboxClass": sandbox_class, **fields(limits)}
        path = _quota(organization_id, region_id)
        return await self._one(RegionQuota, "create region quota", "POST", path, json=body)

    async def update_region_quota(
        self,
        organization_id: str,
        region_id: str,
        sandbox_class: str,
        *,
        total_cpu_quota: float | None,
        total_memory_quota: float | None,
        total_disk_quota: float | None,
        total_gpu_quota: float | None,
        **limits: Unpack[RegionLimits],
    ) -> None:
        """Change an organization's limits in a region (admin update organization region quota).

        The arguments are those of ``create_region_quota``; a total that is None stays.
        """
        body = _totals(total_cpu_quota, total_memory_quota, total_disk_quota, total_gpu_quota)
        body |= {"sandboxClass": sandbox_class, **fields(limits)}
        path = _quota(organization_id, region_id)
        await self._nothing("update region quota", "PATCH", path, json=body)

    async def delete_region_quota(self, organization_id: str, region_id: str, sandbox_class: str) -> None:
        """Take an organization's limits in a region away (admin delete organization region quota)."""
        await self._delete("delete region quota", (*_quota(organization_id, region_id), sandbox_class))


def _quota(organization_id: str, region_id: str) -> Parts:
    return ("admin", "organizations", organization_id, "quota", region_id)


def _totals(
    cpu: float | None, memory: float | None, disk: float | None, gpu: float | None
) -> dict[str, object]:
    return {
        "totalCpuQuota": cpu, "totalMemoryQuota": memory, "totalDiskQuota": disk, "totalGpuQuota": gpu
    }  # fmt: skip
