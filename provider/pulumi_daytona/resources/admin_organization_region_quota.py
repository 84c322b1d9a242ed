# Generated from the core's definitions by `make generate`; do not edit.
"""The ``AdminOrganizationRegionQuota`` resource of Pulumi programs."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
from pulumi import Input, Output

from pulumi_daytona.resource import DaytonaResource


class AdminOrganizationRegionQuota(DaytonaResource, kind="AdminOrganizationRegionQuota"):
    """Declare the limits of an organization in a region (admin create organization region quota).

    Limits that were set before are replaced. It is for administrators of a self-hosted Daytona, and needs an
    administrator's key.

    Attributes:
        organization_id: Id of the organization.
        region_id: Id of the region.
        sandbox_class: For which kind of sandboxes.
    """

    organization_id: Output[str]
    region_id: Output[str]
    sandbox_class: Output[str]

    def __init__(
        self,
        resource_name: str,
        *,
        organization_id: Input[str],
        region_id: Input[str],
        sandbox_class: Input[str],
        total_cpu_quota: Input[float],
        total_memory_quota: Input[float],
        total_disk_quota: Input[float],
        total_gpu_quota: Input[float],
        allowed_gpu_types: Input[Sequence[Input[str]]] | None = None,
        max_cpu_per_sandbox: Input[float] | None = None,
        max_memory_per_sandbox: Input[float] | None = None,
        max_disk_per_sandbox: Input[float] | None = None,
        max_disk_per_non_ephemeral_sandbox: Input[float] | None = None,
        max_cpu_per_gpu: Input[float] | None = None,
        max_memory_per_gpu: Input[float] | None = None,
        max_disk_per_gpu: Input[float] | None = None,
        max_sandbox_lifespan: Input[float] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare the limits of an organization in a region (admin create organization region quota).

        Args:
            resource_name: The logical name in the program.
            organization_id: Id of the organization. A change replaces.
            region_id: Id of the region. A change replaces.
            sandbox_class: For which kind of sandboxes, such as ``container``. A change replaces.
            total_cpu_quota: Cores of all sandboxes together. Changes in place.
            total_memory_quota: GiB of memory of all together. Changes in place.
            total_disk_quota: GiB of disk of all together. Changes in place.
            total_gpu_quota: GPUs of all together. Changes in place.
            allowed_gpu_types: The kinds of GPU that are allowed. Changes in place.
            max_cpu_per_sandbox: Cores of one sandbox. Changes in place.
            max_memory_per_sandbox: GiB of memory of one. Changes in place.
            max_disk_per_sandbox: GiB of disk of one. Changes in place.
            max_disk_per_non_ephemeral_sandbox: GiB of disk of one that outlives its stop. Changes in place.
            max_cpu_per_gpu: Cores for each GPU. Changes in place.
            max_memory_per_gpu: GiB of memory for each GPU. Changes in place.
            max_disk_per_gpu: GiB of disk for each GPU. Changes in place.
            max_sandbox_lifespan: Minutes that one lives. Changes in place.
            opts: Pulumi's resource options.
        """
        super().__init__(
            resource_name,
            {
                "organization_id": organization_id,
                "region_id": region_id,
                "sandbox_class": sandbox_class,
                "total_cpu_quota": total_cpu_quota,
                "total_memory_quota": total_memory_quota,
                "total_disk_quota": total_disk_quota,
                "total_gpu_quota": total_gpu_quota,
                "allowed_gpu_types": allowed_gpu_types,
                "max_cpu_per_sandbox": max_cpu_per_sandbox,
                "max_memory_per_sandbox": max_memory_per_sandbox,
                "max_disk_per_sandbox": max_disk_per_sandbox,
                "max_disk_per_non_ephemeral_sandbox": max_disk_per_non_ephemeral_sandbox,
                "max_cpu_per_gpu": max_cpu_per_gpu,
                "max_memory_per_gpu": max_memory_per_gpu,
                "max_disk_per_gpu": max_disk_per_gpu,
                "max_sandbox_lifespan": max_sandbox_lifespan,
            },
            opts,
        )
